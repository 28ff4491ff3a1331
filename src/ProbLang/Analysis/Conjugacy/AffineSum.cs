using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>A sum that is being made, of numbers and multiples of continuous unknowns.</summary>
internal sealed class AffineSum
{
    private readonly List<LinearTerm> _terms = [];
    private double _constant;
    private Dependence? _other;

    /// <summary>Adds a summand; null stands for one that is no such thing.</summary>
    public void Add(Dependence? part)
    {
        switch (part)
        {
            case KnownForm known:
                _constant += known.Value;
                break;
            case AffineForm affine:
                _constant += affine.Constant;
                _terms.AddRange(affine.Terms);
                break;
            default:
                _other ??= part ?? new InvolvedForm(default);
                break;
        }
    }

    /// <summary>The sum divided by a number of parts.</summary>
    public Dependence ToDependence(Span span, int parts = 1)
    {
        if (_other is not null) return _other is InvolvedForm { Span.Length: > 0 } ? _other : new InvolvedForm(span);
        _terms.Sort((a, b) => a.Cell.CompareTo(b.Cell));
        var merged = ImmutableArray.CreateBuilder<LinearTerm>(_terms.Count);
        for (var i = 0; i < _terms.Count;)
        {
            var (cell, coefficient) = (_terms[i].Cell, 0.0);
            for (; i < _terms.Count && _terms[i].Cell == cell; i++) coefficient += _terms[i].Coefficient;
            if (coefficient != 0) merged.Add(new LinearTerm(cell, coefficient / parts));
        }
        return merged.Count == 0 ? new KnownForm(_constant / parts) : new AffineForm(_constant / parts, merged.ToImmutable());
    }
}
