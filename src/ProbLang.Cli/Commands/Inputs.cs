using System.CommandLine;
using ProbLang.Text;

namespace ProbLang.Cli.Commands;

/// <summary>What most commands start from: a model file, data files, and single values.</summary>
internal sealed class Inputs
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The model, a .gm file." };

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "A data file: .json, .csv or .tsv. May be repeated; later files win.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _given = new("--given")
    {
        Description = "One value: x=1.5, x=[1, null, 3] or x[3]=1.5. May be repeated; wins over files.",
        HelpName = "NAME=VALUE",
    };

    public Inputs(Command command)
    {
        command.Arguments.Add(_model);
        command.Options.Add(_data);
        command.Options.Add(_given);
    }

    public string ModelPath(ParseResult parsed) => parsed.GetValue(_model)!;

    /// <summary>Whether any data were named.</summary>
    public bool HasData(ParseResult parsed) => parsed.GetValue(_data) is { Length: > 0 } || parsed.GetValue(_given) is { Length: > 0 };

    public Data ReadData(ParseResult parsed)
    {
        var data = Data.Empty;
        foreach (var path in parsed.GetValue(_data) ?? []) data = data.With(Data.Load(Existing(path)));
        foreach (var assignment in parsed.GetValue(_given) ?? []) data = data.With(Assignment(assignment, "--given"));
        return data;
    }

    /// <summary>The model, with its mistakes and warnings written out; null where it has mistakes.</summary>
    public Model? Compile(ParseResult parsed, Terminal terminal)
    {
        var compilation = Model.CompileFile(Existing(ModelPath(parsed)), Options);
        Write(compilation.Diagnostics, terminal);
        return compilation.Success ? compilation.Model : null;
    }

    /// <summary>The model with its data; null, with the mistakes written out, where they do not fit.</summary>
    public Problem? Condition(ParseResult parsed, Terminal terminal)
    {
        if (Compile(parsed, terminal) is not { } model) return null;
        var fits = model.TryCondition(ReadData(parsed), out var problem, out var diagnostics);
        Write(diagnostics, terminal);
        return fits ? problem : null;
    }

    public static void Write(IEnumerable<Diagnostic> diagnostics, Terminal terminal)
    {
        foreach (var diagnostic in diagnostics) terminal.Error.WriteLine(diagnostic);
    }

    /// <summary>Models import from the working directory as well as from their own folders.</summary>
    public static CompileOptions Options => new() { ImportRoots = [Directory.GetCurrentDirectory()] };

    public static string Existing(string path) =>
        Directory.Exists(path) ? throw new UsageException($"`{path}` is a folder, not a file") :
        File.Exists(path) ? path : throw new UsageException($"there is no file `{path}`");

    /// <summary>What an option says of one variable.</summary>
    public static Data Assignment(string assignment, string option)
    {
        try
        {
            return Data.Given(assignment, option);
        }
        catch (FormatException mistake)
        {
            throw new UsageException(mistake.Message);
        }
    }
}
