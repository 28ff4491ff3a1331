using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary>The options of the no-U-turn sampler.</summary>
internal sealed class SamplerOptions
{
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The seed; the same one gives the same draws, and the same random starts. Default: a random one, printed where it matters.", HelpName = "N" };
    private readonly Option<int> _chains = Number("--chains", "How many chains.", 4);
    private readonly Option<int> _warmup = Number("--warmup", "Iterations of each chain that adapt and are not kept.", 1000);
    private readonly Option<int> _draws = Number("--draws", "Draws of each chain that are kept.", 1000);
    private readonly Option<int?> _threads = new("--threads") { Description = "How many threads run chains. Default: one for each processor.", HelpName = "N" };
    private readonly Option<double?> _targetAccept = new("--target-accept") { Description = "What the step size aims for, between 0 and 1; nearer to 1 means smaller steps. Default: 0.8, or 0.95 for a hierarchy in non-centred form.", HelpName = "P" };
    private readonly Option<int> _maxDepth = Number("--max-depth", "A trajectory doubles at most this often.", 10);
    private readonly Option<string> _metric = new("--metric") { Description = "The mass matrix.", HelpName = "auto|diag|dense", DefaultValueFactory = _ => "auto" };

    public SamplerOptions(Command command)
    {
        _metric.AcceptOnlyFromAmong("auto", "diag", "dense");
        command.Options.Add(_seed);
        foreach (var option in ThatAskForDraws) command.Options.Add(option);
    }

    /// <summary>A seed does no harm to an engine without draws; the others would have no effect there.</summary>
    private Option[] ThatAskForDraws => [_chains, _warmup, _draws, _threads, _targetAccept, _maxDepth, _metric];

    /// <summary>An option on the command line that only has a meaning for draws; null where there is none.</summary>
    public string? Asked(ParseResult parsed) => ThatAskForDraws.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    public Nuts Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed) ?? (ulong)Random.Shared.NextInt64(1, 1L << 32),
        Chains = InRange(parsed, _chains, 1, 10_000),
        Warmup = InRange(parsed, _warmup, 0, int.MaxValue),
        Draws = InRange(parsed, _draws, 1, int.MaxValue),
        Threads = parsed.GetValue(_threads) is null ? null : InRange(parsed, _threads, 1, 10_000),
        TargetAccept = parsed.GetValue(_targetAccept) is null or > 0 and < 1 ? parsed.GetValue(_targetAccept) : throw new UsageException("--target-accept is between 0 and 1"),
        MaxDepth = InRange(parsed, _maxDepth, 1, 20),
        Metric = parsed.GetValue(_metric) switch { "diag" => MetricKind.Diagonal, "dense" => MetricKind.Dense, _ => MetricKind.Auto },
    };

    private static int InRange(ParseResult parsed, Option<int> option, int least, int most) => InRange(option.Name, parsed.GetValue(option), least, most);

    private static int InRange(ParseResult parsed, Option<int?> option, int least, int most) => InRange(option.Name, parsed.GetValue(option)!.Value, least, most);

    private static int InRange(string name, int value, int least, int most) =>
        value >= least && value <= most ? value : throw new UsageException(most == int.MaxValue ? $"{name} is at least {least}" : $"{name} is from {least} to {most}");

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
