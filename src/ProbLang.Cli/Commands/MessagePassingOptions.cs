using System.Collections.Immutable;
using System.CommandLine;
using ProbLang.Inference;
using ProbLang.InferNet;

namespace ProbLang.Cli.Commands;

/// <summary>The options of the engines that pass messages, and these engines.</summary>
internal sealed class MessagePassingOptions
{
    public static readonly ImmutableArray<string> Names = ["ep", "vmp", "gibbs"];

    private readonly Option<int?> _iterations = new("--iterations") { Description = "Of message passing: at most how many iterations. Default: what the engine needs.", HelpName = "N" };
    private readonly Option<double?> _tolerance = new("--tolerance") { Description = "Of message passing: it ends when nothing changes by more. Default: 1e-8.", HelpName = "X" };

    public MessagePassingOptions(Command command)
    {
        command.Options.Add(_iterations);
        command.Options.Add(_tolerance);
    }

    /// <summary>An option on the command line that only has a meaning for message passing; null where there is none.</summary>
    public string? Asked(ParseResult parsed) => ((Option[])[_iterations, _tolerance]).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>The engine of a name, with the options of the command line.</summary>
    public MessagePassing Read(ParseResult parsed, string name, ulong seed) => Named(name) with
    {
        Seed = seed,
        Iterations = parsed.GetValue(_iterations) is null or >= 1 ? parsed.GetValue(_iterations) : throw new UsageException("--iterations is at least 1"),
        Tolerance = parsed.GetValue(_tolerance) is not { } tolerance ? 1e-8 : tolerance >= 0 ? tolerance : throw new UsageException("--tolerance is at least 0"),
    };

    /// <summary>All of them, the preferred one first, with the options of the command line.</summary>
    public ImmutableArray<MessagePassing> ReadAll(ParseResult parsed, ulong seed) => [.. Names.Select(name => Read(parsed, name, seed))];

    /// <summary>All of them, as they are by default.</summary>
    public static ImmutableArray<MessagePassing> All => [.. Names.Select(Named)];

    public static MessagePassing Named(string name) => name switch
    {
        "ep" => new ExpectationPropagation(),
        "vmp" => new VariationalMessagePassing(),
        _ => new GibbsSampling(),
    };
}
