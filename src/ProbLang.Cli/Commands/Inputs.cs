using System.Collections.Immutable;
using System.CommandLine;
using ProbLang.Text;

namespace ProbLang.Cli.Commands;

/// <summary>What most commands start from: a model file, data files, and single values.</summary>
internal sealed class Inputs
{
    private readonly Argument<string?> _model = new("MODEL") { Description = "The model, a .gm file." };

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

    private readonly Option<string[]> _silence = Silence();

    private readonly Option<string?> _fit = new("--fit") { Description = "Values of parameters, from a file that `fit --save` wrote; data win over them.", HelpName = "FILE" };

    /// <param name="command">The command that takes them.</param>
    /// <param name="takesFit">Whether parameters may come from a fit.</param>
    /// <param name="modelIsOptional">Whether there need not be a model.</param>
    public Inputs(Command command, bool takesFit = false, bool modelIsOptional = false)
    {
        Command = command;
        if (modelIsOptional) _model.Arity = ArgumentArity.ZeroOrOne;
        if (takesFit) command.Options.Add(_fit);
        command.Options.Add(_silence);
        command.Arguments.Add(_model);
        command.Options.Add(_data);
        command.Options.Add(_given);
    }

    public Command Command { get; }

    /// <summary>The model's file; null where none is named, which only an optional one need not be.</summary>
    public string? OptionalModelPath(ParseResult parsed) => parsed.GetValue(_model);

    public string[] DataPaths(ParseResult parsed) => parsed.GetValue(_data) ?? [];

    public string[] Givens(ParseResult parsed) => parsed.GetValue(_given) ?? [];

    public ImmutableArray<string> Silenced(ParseResult parsed) => [.. parsed.GetValue(_silence) ?? []];

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
        var compilation = Model.CompileFile(Existing(ModelPath(parsed)), OptionsOf(parsed.GetValue(_silence)));
        Write(compilation.Diagnostics, terminal);
        return compilation.Success ? compilation.Model : null;
    }

    /// <summary>As <see cref="Condition"/>, with a word on what the data do not tell of the unknowns.</summary>
    public Problem? ConditionToInfer(ParseResult parsed, Terminal terminal)
    {
        var problem = Condition(parsed, terminal);
        if (problem is not null) Write(problem.InferenceWarnings, terminal);
        return problem;
    }

    /// <summary>The model with its data; null, with the mistakes written out, where they do not fit.</summary>
    public Problem? Condition(ParseResult parsed, Terminal terminal) => Compile(parsed, terminal) is { } model ? Condition(parsed, terminal, model, data => data) : null;

    /// <summary>A model with its data, with more put to what was learned and given.</summary>
    public Problem? Condition(ParseResult parsed, Terminal terminal, Model model, Func<Data, Data> complete)
    {
        var learned = parsed.GetResult(_fit) is null || parsed.GetValue(_fit) is not { } path ? null : Fit.Load(Existing(path));
        if (learned?.Objection(model) is { } objection)
        {
            Write([objection], terminal);
            return null;
        }
        var data = ReadData(parsed);
        var fits = model.TryCondition(complete(learned is null ? data : learned.Data.With(data)), out var problem, out var diagnostics);
        Write(diagnostics, terminal);
        return fits ? problem : null;
    }

    public static void Write(IEnumerable<Diagnostic> diagnostics, Terminal terminal)
    {
        foreach (var diagnostic in diagnostics) terminal.Error.WriteLine(diagnostic);
    }

    /// <summary>Models import from the working directory as well as from their own folders.</summary>
    public static CompileOptions OptionsOf(string[]? silenced) => new() { ImportRoots = [Directory.GetCurrentDirectory()], Silenced = [.. silenced ?? []] };

    /// <summary>The option that leaves warnings out.</summary>
    public static Option<string[]> Silence()
    {
        var option = new Option<string[]>("--silence") { Description = "A warning that is not printed, by its id. May be repeated.", HelpName = "ID" };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (WarningCatalog.Objection(token.Value) is { } objection) result.AddError($"--silence: {objection}");
        });
        return option;
    }

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
