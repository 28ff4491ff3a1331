using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary>The engines with their options. An option that the engine does not have is a mistake.</summary>
internal sealed class EngineOptions(Command command)
{
    /// <summary>The engines of this version, by what they are called.</summary>
    public static string[] Names => ["exact", "nuts", "laplace", .. MessagePassingOptions.Names];

    private readonly SamplerOptions _sampler = new(command);
    private readonly MessagePassingOptions _messages = new(command);

    /// <summary>An option on the command line that asks for draws; null where none does.</summary>
    public string? AsksForDraws(ParseResult parsed) => _sampler.Asked(parsed);

    /// <summary>An option on the command line that asks for message passing; null where none does.</summary>
    public string? AsksForMessages(ParseResult parsed) => _messages.Asked(parsed);

    /// <summary>The one engine of a name, or one that takes what suits the problem.</summary>
    public Engine Read(ParseResult parsed, string name)
    {
        var (draws, messages, nuts) = (AsksForDraws(parsed), AsksForMessages(parsed), _sampler.Read(parsed));
        if (draws is not null && messages is not null) throw new UsageException($"{draws} asks for draws, and {messages} for message passing");
        if (name == "auto") return new Auto { Nuts = nuts, Engines = _messages.ReadAll(parsed, nuts.Seed!.Value) };
        Check([name], draws, messages);
        return Named(parsed, name, nuts);
    }

    /// <summary>Several engines, each with its options.</summary>
    public Engine[] Read(ParseResult parsed, string[] names)
    {
        Check(names, AsksForDraws(parsed), AsksForMessages(parsed));
        var nuts = _sampler.Read(parsed);
        return [.. names.Select(name => Named(parsed, name, nuts))];
    }

    private Engine Named(ParseResult parsed, string name, Nuts nuts) => name switch
    {
        "exact" => new Exact(),
        "nuts" => nuts,
        "laplace" => new Laplace { Seed = nuts.Seed },
        "map" => new MaximumAPosteriori { Seed = nuts.Seed!.Value },
        _ => _messages.Read(parsed, name, nuts.Seed!.Value),
    };

    private static void Check(string[] names, string? draws, string? messages)
    {
        var all = string.Join(", ", names.Select(n => $"`{n}`"));
        if (draws is not null && !names.Contains("nuts"))
            throw new UsageException(names is ["gibbs"] ? $"{draws} is an option of the engine `nuts`; `gibbs` has --iterations" : $"{draws} asks for draws, which {Engine(names)} {all} {Do(names)} not make");
        if (messages is not null && !names.Any(n => MessagePassingOptions.Names.Contains(n)))
            throw new UsageException($"{messages} is for message passing, which {Engine(names)} {all} {Do(names)} not do");
    }

    private static string Engine(string[] names) => names.Length == 1 ? "the engine" : "the engines";

    private static string Do(string[] names) => names.Length == 1 ? "does" : "do";
}
