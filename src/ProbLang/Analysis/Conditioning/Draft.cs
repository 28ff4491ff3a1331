using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Values given for a variable, by the data or by the model itself; NaN where missing.</summary>
internal sealed record GivenArray(int[] Shape, double[] Values, Func<int, Location?> Place, bool IsFromData)
{
    /// <summary>Where it is ragged, how long its rows are.</summary>
    public RowLengths? Rows { get; init; }

    /// <summary>The place of a row where it has one of its own.</summary>
    public Func<int, int, Location?>? RowPlace { get; init; }
}

/// <summary>What is known of a variable while its model is being conditioned.</summary>
internal sealed class VariableDraft(VariableState state)
{
    public VariableState State => state;

    /// <summary>The statement that defines a cell, as an index into the definitions; -1 where none does.</summary>
    public int[] Owner { get; } = Filled(state.Count);

    /// <summary>The iteration of that statement.</summary>
    public int[] Iteration { get; } = new int[state.Count];

    /// <summary>Given for cells that are computed, to be checked; null where there are none.</summary>
    public GivenArray? Given { get; set; }

    /// <summary>The shape that the statements make, where the data give elements beyond it; else null.</summary>
    public int[]? Defined { get; init; }

    /// <summary>The lengths that the statements make, where the data give elements beyond them; else null.</summary>
    public RowLengths? DefinedRows { get; set; }

    /// <summary>Whether the data give elements beyond what the statements define.</summary>
    public bool IsExtended => Defined is not null || DefinedRows is not null;

    /// <summary>Whether a statement reads an element beyond those that statements define.</summary>
    public bool IsReadBeyond { get; private set; }

    public void NoteRead(int cell)
    {
        if (DefinedRows is { } rows)
        {
            IsReadBeyond |= !rows.Contains(cell);
            return;
        }
        for (var d = State.Shape.Length - 1; d >= 0 && !IsReadBeyond; d--)
        {
            IsReadBeyond = cell % State.Shape[d] >= Defined![d];
            cell /= State.Shape[d];
        }
    }

    public bool HasKnownCells => Array.Exists(state.Values, v => !double.IsNaN(v));

    private static int[] Filled(int count)
    {
        var owners = new int[count];
        Blockwise.Fill(owners, -1);
        return owners;
    }
}

/// <summary>A model that is being conditioned: what the stages of conditioning share and fill in.</summary>
internal sealed class Draft
{
    private readonly Dictionary<Variable, VariableDraft> _variables = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _broken = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, List<int>> _definitionsOf = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(string, Location?, string)> _reported = [];
    private long _elements;

    /// <summary>A cell's value, role, owner and iteration, the target of its statement, and what conditioning needs beside while it lasts.</summary>
    private const int BytesOfCell = 64;

    public Draft(ModelGraph graph, DataSet data, bool isSimulation = false, InvertedModel? inverted = null)
    {
        Inverted = inverted;
        Graph = graph;
        IsSimulation = isSimulation;
        Random = new RandomVariables(graph.Definitions);
        for (var d = 0; d < graph.Definitions.Length; d++)
        {
            if (_definitionsOf.TryGetValue(graph.Definitions[d].Variable, out var others)) others.Add(d);
            else _definitionsOf.Add(graph.Definitions[d].Variable, [d]);
        }
        var arrays = new Dictionary<string, DataArray>();
        foreach (var (name, array) in data.Arrays) arrays[Nfkc.Normalize(name)] = array;
        Data = data with { Arrays = arrays };
        Nets = new NetSizes(this);
        Code = new ExpressionCode(graph.Source, Storage) { Plans = net => Nets[net] };
        Definitions = [.. graph.Definitions.Select(d => new DefinitionState(d))];
    }

    public ModelGraph Graph { get; }

    /// <summary>The graph as the modeller wrote it.</summary>
    public ModelGraph Written { get => field ?? Graph; init; }

    /// <summary>Whether all that is random will be drawn anew, so that no value of it decides anything.</summary>
    public bool IsSimulation { get; }

    /// <summary>What has been solved to make the graph; null where it is as written.</summary>
    public InvertedModel? Inverted { get; }

    public RandomVariables Random { get; }

    /// <summary>What an engine that follows gradients cannot take.</summary>
    public List<Diagnostic> Objections { get; } = [];

    public List<FactorState> Factors { get; } = [];

    public List<ConditionState> Conditions { get; } = [];

    /// <summary>The statements that define a variable, as indices into the definitions.</summary>
    public IReadOnlyList<int> DefinitionsOf(Variable variable) => _definitionsOf.TryGetValue(variable, out var definitions) ? definitions : [];

    /// <summary>By names that are compared as the model's are.</summary>
    public DataSet Data { get; private set; }

    /// <summary>The labels of each category in the order of their codes, for those that are known.</summary>
    public Dictionary<Category, ImmutableArray<string>> Levels { get; } = [];

    public ExpressionCode Code { get; }

    /// <summary>The nets with their sizes, found when they are asked for.</summary>
    public NetSizes Nets { get; }

    public DefinitionState[] Definitions { get; }

    /// <summary>Sizes that the data do not give but the shapes of their arrays tell.</summary>
    public Dictionary<Variable, int> InferredSizes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Those of them that nothing tells but what they were where the model was learned.</summary>
    public HashSet<string> DefaultedSizes { get; } = [];

    /// <summary>The iterations of all statements, each after those it depends on.</summary>
    public List<DefinitionRun> Order { get; } = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public bool HasErrors => _diagnostics.Exists(d => d.Severity == Severity.Error);

    /// <summary>What the model is where it has no density.</summary>
    public ModelClass? Class { get; set; }

    /// <summary>Whether there are errors, all of one kind.</summary>
    public bool ErrorsAreOf(string id) => HasErrors && _diagnostics.TrueForAll(d => d.Severity != Severity.Error || d.Id == id);

    public VariableDraft this[Variable variable] => _variables[variable];

    public VariableDraft? Find(Variable variable) => _variables.GetValueOrDefault(variable);

    public VariableState? State(Variable variable) => Find(variable)?.State;

    /// <summary>Counts the cells of a variable before they are there.</summary>
    public void Make(int cells, string what, Location place)
    {
        Budget.Current.Elements(_elements += cells, what, place);
        Budget.Current.Take((double)cells * BytesOfCell, what, place);
    }

    /// <summary>Counts the iterations of a statement.</summary>
    public static void Lay(int iterations, int plates, string what, Location place)
    {
        CheckElements(iterations, what, place);
        Budget.Current.Take(iterations * (1.0 + plates) * sizeof(int), what, place);
    }

    /// <summary>Whether there may be so many iterations.</summary>
    public static void CheckElements(double iterations, string what, Location place) => Budget.Current.Elements(iterations, what, place);

    public void Add(VariableDraft variable) => _variables[variable.State.Variable] = variable;

    /// <summary>Takes an array in the place of the one of its name.</summary>
    public void Replace(DataArray array) => Data = Data.With(new DataSet(new Dictionary<string, DataArray> { [array.Name] = array }));

    /// <summary>Notes that a variable has a mistake, so that what follows from it is not reported too.</summary>
    public void Break(Variable variable) => _broken.Add(variable);

    public bool IsBroken(Variable variable) => _broken.Contains(variable);

    public bool IsBroken(Definition definition) => IsBroken(definition.Variable) || Uses.Of(definition).Any(IsBroken);

    public Location Locate(Span span) => Graph.Source.Locate(span);

    public void Report(Diagnostic diagnostic)
    {
        if (_reported.Add((diagnostic.Id, diagnostic.Location, diagnostic.Message))) _diagnostics.Add(diagnostic);
    }

    /// <summary>Runs a step for a variable; a mistake found in it is reported and breaks the variable.</summary>
    public void Attempt(Variable variable, Action step)
    {
        try
        {
            step();
        }
        catch (DiagnosticException mistake)
        {
            Report(mistake.Diagnostic);
            Break(variable);
        }
    }

    private Tensor Storage(Variable variable)
    {
        if (State(variable) is { } state) return new Tensor(state.Shape, state.Values) { Rows = state.Rows };
        // A variable that is only being laid out can be read where the data give it.
        if (Data.Arrays.TryGetValue(variable.Name, out var array) && array.Shape.Length == variable.Rank) return new Tensor(array.Shape, Givens.Of(array).Values) { Rows = array.Rows };
        throw new DiagnosticException(DataDiagnostics.SizeDependsOnItself(variable.Name, Locate(variable.Span)));
    }
}
