using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <summary>What the argument of a command is, for completion.</summary>
internal enum ArgumentKind { None, Name, Assignment, Given, Inference, Expression, File, Command }

/// <summary>A command of a session: what stands behind a colon.</summary>
/// <param name="Name">Its name, without the colon.</param>
/// <param name="Arguments">What it takes, as the help shows it.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Kind">What its argument is.</param>
/// <param name="Run">Does it; what it takes is the rest of the line.</param>
internal sealed record SessionCommand(string Name, string Arguments, string Summary, ArgumentKind Kind, Action<Conversation, string, CancellationToken> Run)
{
    /// <summary>Other names for it.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public string Usage => Arguments.Length == 0 ? $":{Name}" : $":{Name} {Arguments}";

    /// <summary>In the order of the help.</summary>
    public static ImmutableArray<SessionCommand> All { get; } =
    [
        new("given", "[NAME=VALUE …]", "gives values, as in `:given y=3 x[2]=1.5`; `y=` takes one back; alone, lists them", ArgumentKind.Assignment, (c, rest, stop) => c.Give(rest, stop)),
        new("forget", "NAME …", "takes values back", ArgumentKind.Given, (c, rest, stop) => c.Forget(rest, stop)),
        new("data", "[FILE]", "reads a data file: .json, .csv or .tsv; alone, lists the files", ArgumentKind.File, (c, rest, stop) => c.ReadData(rest, stop)),
        new("load", "FILE", "reads a model in place of the one here; what is given stays where it fits", ArgumentKind.File, (c, rest, stop) => c.Load(rest, stop)),
        new("save", "[FILE]", "writes the model; a file that is not of this session only with `:save!`", ArgumentKind.File, (c, rest, _) => c.Save(rest, overwrite: false)),
        new("save!", "FILE", "writes the model, in place of what is there", ArgumentKind.File, (c, rest, _) => c.Save(rest, overwrite: true)),
        new("infer", "[NAME …] [--engine NAME] [--chains N] [--warmup N] [--draws N]", "the posterior of all that is not given, or of what is named", ArgumentKind.Inference, (c, rest, stop) => c.Infer(rest, stop)),
        new("sample", "[N]", "draws every random variable, N times", ArgumentKind.None, (c, rest, stop) => c.Sample(rest, stop)),
        new("fit", "[FILE]", "learns parameters and nets from what is given, and goes on with them; FILE keeps them", ArgumentKind.File, (c, rest, stop) => c.Fit(rest, stop)),
        new("plot", "EXPRESSION", "a picture of a distribution", ArgumentKind.Expression, (c, rest, stop) => c.Plot(rest, stop)),
        new("explain", "", "what the model is, and which engine takes it", ArgumentKind.None, (c, rest, stop) => c.Explain(rest, stop)),
        new("graph", "[FILE]", "what depends on what; a FILE .svg, .dot, .mmd or .txt gets it", ArgumentKind.File, (c, rest, stop) => c.Graph(rest, overwrite: false, stop)),
        new("graph!", "FILE", "the same, in place of what is there", ArgumentKind.File, (c, rest, stop) => c.Graph(rest, overwrite: true, stop)),
        new("model", "", "the statements", ArgumentKind.None, (c, rest, _) => c.List(rest)) { Aliases = ["list"] },
        new("drop", "NAME …", "takes away the statements that define names", ArgumentKind.Name, (c, rest, stop) => c.Drop(rest, stop)),
        new("undo", "", "takes the last change back", ArgumentKind.None, (c, rest, _) => c.Undo(rest)),
        new("redo", "", "makes it again", ArgumentKind.None, (c, rest, _) => c.Redo(rest)),
        new("seed", "[N]", "the seed of draws; alone, says which it is", ArgumentKind.None, (c, rest, _) => c.SetSeed(rest)),
        new("clear", "", "forgets the model and what is given", ArgumentKind.None, (c, rest, _) => c.Clear(rest)),
        new("help", "[COMMAND | NAME]", "this, or what there is to know of a command, a distribution or a function", ArgumentKind.Command, (c, rest, _) => c.Help(rest)),
        new("quit", "", "ends the session", ArgumentKind.None, (c, rest, _) => c.Quit(rest)) { Aliases = ["exit"] },
    ];

    /// <summary>The name of the command that a word is meant as, without its colon; null where it is none.</summary>
    public static string? NameWithoutColon(string word) => word == "?" ? "help" : All.SelectMany(c => c.Aliases.Prepend(c.Name)).FirstOrDefault(n => n == word);

    /// <summary>The command of a name, or of the beginning of one that no other has.</summary>
    /// <exception cref="UsageException">There is none, or more than one.</exception>
    public static SessionCommand Find(string name)
    {
        if (All.FirstOrDefault(c => c.Name == name || c.Aliases.Contains(name)) is { } same) return same;
        var begun = All.Where(c => name.Length > 0 && (c.Name.StartsWith(name, StringComparison.Ordinal) && !c.Name.EndsWith('!') || c.Aliases.Any(a => a.StartsWith(name, StringComparison.Ordinal)))).ToArray();
        if (begun is [var one]) return one;
        if (begun.Length > 1) throw new UsageException($"`:{name}` may be {string.Join(", ", begun.Select(c => $":{(c.Name.StartsWith(name, StringComparison.Ordinal) ? c.Name : c.Aliases[0])}"))}");
        var nearest = Spelling.Nearest(name, All.SelectMany(c => c.Aliases.Prepend(c.Name)));
        throw new UsageException($"there is no command `:{name}`: {(nearest is null ? ":help lists them" : $"did you mean `:{nearest}`?")}");
    }
}
