using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Which of what a row draws depends directly on which, through what is computed of it.</summary>
internal sealed class RowDependence
{
    private readonly ulong[] _parents;
    private readonly ulong _ofFactors;

    public RowDependence(RowTemplate template)
    {
        var drawn = template.Variables.Where(v => v.IsDrawn).ToArray();
        _parents = Array.ConvertAll(drawn, v => v.Draws.Aggregate(0UL, (bits, d) => bits | Reached(Uses.Of(d.Definition))));
        for (var v = 0; v < drawn.Length; v++) _parents[v] &= ~(1UL << v);
        _ofFactors = template.Factors.Aggregate(0UL, (bits, f) => bits | Reached(Uses.Of(template.Model.Factors[f].Factor)));

        ulong Reached(IEnumerable<Variable> uses)
        {
            var (bits, seen, open) = (0UL, new HashSet<Variable>(ReferenceEqualityComparer.Instance), new Stack<Variable>(uses));
            while (open.TryPop(out var variable))
            {
                if (!seen.Add(variable)) continue;
                if (Array.FindIndex(drawn, d => d.Variable == variable) is >= 0 and var number) bits |= 1UL << number;
                else if (template.IsOfRow(variable))
                    foreach (var part in template.Model.Graph.DefinitionsOf(variable).SelectMany(Uses.Of)) open.Push(part);
            }
            return bits;
        }
    }

    /// <summary>What of the missing variables something given, or a factor, depends on, all as bits.</summary>
    public ulong Relevant(ulong given, ulong missing)
    {
        var relevant = _ofFactors & missing;
        for (var v = 0; v < _parents.Length; v++)
            if ((given >> v & 1) != 0) relevant |= _parents[v] & missing;
        for (var before = 0UL; before != relevant;)
        {
            before = relevant;
            for (var v = 0; v < _parents.Length; v++)
                if ((relevant >> v & 1) != 0) relevant |= _parents[v] & missing;
        }
        return relevant;
    }

    /// <summary>What a variable depends on directly.</summary>
    public ulong ParentsOf(int variable) => _parents[variable];
}
