namespace ProbLang.FactorGraphs;

/// <summary>Numbers the elements of all variables that are unknown or defined, those of one variable one after the other.</summary>
internal sealed class FactorElements
{
    private readonly Dictionary<FactorVariable, int> _first = [];
    private readonly List<int> _firsts = [];
    private readonly List<FactorVariable> _variables = [];

    public FactorElements(FactorGraph graph, RangeIndices indices)
    {
        Indices = indices;
        var defined = FactorStatements.Of(graph).OfType<DefineStatement>().Select(d => d.Target.Variable).ToHashSet();
        foreach (var variable in graph.Variables.Where(v => v.Data is null || defined.Contains(v)))
        {
            _first.Add(variable, Count);
            _firsts.Add(Count);
            _variables.Add(variable);
            Count += indices.LayoutOf(variable).Count;
        }
    }

    /// <summary>The iterations that references are followed in.</summary>
    public RangeIndices Indices { get; }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The number of a variable's first element.</summary>
    public int FirstOf(FactorVariable variable) => _first[variable];

    /// <summary>The variable that an element is of.</summary>
    public FactorVariable VariableOf(int element) => _variables[Place(element)];

    /// <summary>For each element what a function says of its variable.</summary>
    public bool[] Where(Func<FactorVariable, bool> predicate)
    {
        var result = new bool[Count];
        for (var v = 0; v < _variables.Count; v++) result.AsSpan(_firsts[v], (v + 1 < _firsts.Count ? _firsts[v + 1] : Count) - _firsts[v]).Fill(predicate(_variables[v]));
        return result;
    }

    /// <summary>An element as the modeller writes it, indices from 1.</summary>
    public string NameOf(int element)
    {
        var variable = VariableOf(element);
        if (variable.Ranges.IsEmpty || variable is { Text: not null, TextOfElement: null }) return $"`{variable.Text ?? variable.Name}`";
        var (layout, wanted, index) = (Indices.LayoutOf(variable), element - _first[variable], new int[variable.Ranges.Length]);
        Find(0, 0);
        return $"`{variable.TextOfElement?.Invoke(index) ?? $"{variable.Name}[{string.Join(", ", index.Select(i => i + 1))}]"}`";

        bool Find(int dimension, int place)
        {
            if (dimension == index.Length) return place == wanted;
            var length = layout.Length(dimension, place);
            for (index[dimension] = 0; index[dimension] < length; index[dimension]++)
                if (Find(dimension + 1, layout.Inner(dimension, place, index[dimension]))) return true;
            return false;
        }
    }

    private int Place(int element) => _firsts.BinarySearch(element) is >= 0 and var exact ? LastOf(exact) : ~_firsts.BinarySearch(element) - 1;

    /// <summary>Variables without elements start where the next one does.</summary>
    private int LastOf(int place)
    {
        while (place + 1 < _firsts.Count && _firsts[place + 1] == _firsts[place]) place++;
        return place;
    }
}
