using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Cli.Commands;
using ProbLang.Inference;

namespace ProbLang.Cli.Repl;

/// <summary>What <c>:infer</c> takes: names, and the options of the engine.</summary>
internal static class InferArguments
{
    /// <summary>The option that names an engine.</summary>
    public const string Engine = "--engine";

    private static readonly ImmutableArray<string> s_counts = ["--chains", "--warmup", "--draws"];

    /// <summary>All options, each of which takes a word.</summary>
    public static ImmutableArray<string> Options { get; } = [Engine, .. s_counts];

    public static (string[] Names, Inference.Engine? Engine) Read(string rest, SessionOptions options)
    {
        var words = rest.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var names = new List<string>();
        string? engine = null;
        var nuts = options.Nuts with { Seed = options.Seed };
        var usual = nuts;
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal)) names.AddRange(words[i].Split(',', StringSplitOptions.RemoveEmptyEntries) is var parts && words[i].Contains('[', StringComparison.Ordinal) ? [words[i]] : parts);
            else if (words[i] == Engine) engine = i + 1 < words.Length ? words[++i] : throw new UsageException("--engine takes the name of an engine");
            else if (s_counts.Contains(words[i])) nuts = With(nuts, words[i], i + 1 < words.Length ? words[++i] : "");
            else throw new UsageException($"`:infer` has no option `{words[i]}`: there are --engine, {string.Join(", ", s_counts)}");
        }
        if (engine is not (null or "auto" or "nuts") && nuts != usual) throw new UsageException($"chains and draws are of the engine `nuts`, not of `{engine}`");
        return ([.. names], engine is null or "auto" ? nuts == usual ? null : nuts : Named(engine, nuts));
    }

    private static Nuts With(Nuts nuts, string option, string value)
    {
        var least = option == "--warmup" ? 0 : 1;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < least) throw new UsageException($"{option} takes a whole number from {least}, not `{value}`");
        return option switch { "--chains" => nuts with { Chains = count }, "--warmup" => nuts with { Warmup = count }, _ => nuts with { Draws = count } };
    }

    private static Inference.Engine Named(string name, Nuts nuts) => name switch
    {
        "exact" => new Exact(),
        "nuts" => nuts,
        "laplace" => new Laplace { Seed = nuts.Seed },
        _ when MessagePassingOptions.Names.Contains(name) => MessagePassingOptions.Named(name) with { Seed = nuts.Seed!.Value },
        _ => throw new UsageException($"there is no engine `{name}`: there are auto, {string.Join(", ", EngineOptions.Names)}"),
    };
}
