using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Inference;

/// <summary>Checks what a draw is given against what its distribution allows, under the present setting: what the data alone do not decide was not checked with them.</summary>
internal sealed class ParameterCheck
{
    /// <summary>By how much a computed parameter may be beyond what is allowed, by rounding.</summary>
    private const double Rounding = 1e-12;

    private readonly List<(Parameter Parameter, string Distribution, Bound Argument, Func<Tensor> Value)> _arguments = [];
    private readonly Evaluator _evaluator;

    public ParameterCheck(Evaluator evaluator, BoundDistribution distribution)
    {
        _evaluator = evaluator;
        Collect(distribution);
    }

    /// <summary>Whether there is nothing to check.</summary>
    public bool IsEmpty => _arguments.Count == 0;

    /// <summary>Checks what a draw of the batch is given; whether some of it is beyond what is allowed, but only by rounding.</summary>
    /// <exception cref="DiagnosticException">Something is not as it must be.</exception>
    public bool Run(int e)
    {
        var isRounded = false;
        foreach (var (parameter, distribution, argument, evaluate) in _arguments)
        {
            var own = Own(evaluate(), parameter.Rank, e);
            if (parameter.Domain == Domain.Probability && own.Values is [var p] && !parameter.Domain.Holds(p) && p is >= -Rounding and <= 1 + Rounding) isRounded = true;
            else DomainCheck.Check(parameter.Domain, new KnownArgument(parameter.Name, distribution, own, "", _ => null, _evaluator.Model.Graph.Source.Locate(argument.Span)));
        }
        return isRounded;
    }

    private void Collect(BoundDistribution distribution)
    {
        // Of a choice or a mixture what is not taken need make no sense.
        if (distribution is CatalogDistribution catalog)
        {
            var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
            for (var k = 0; k < parameters.Length; k++)
                if (catalog.Arguments[k] is { } argument && parameters[k].Domain is not (Domain.Real or Domain.RealVector)) _arguments.Add((parameters[k], catalog.Distribution.Name, argument, _evaluator.Code.Array(argument)));
        }
        else if (distribution is RepeatedDistribution repeated) Collect(repeated.Base);
        else if (distribution is TruncatedDistribution truncated) Collect(truncated.Base);
    }

    /// <summary>The part of an argument that a draw of the batch has.</summary>
    private static Tensor Own(Tensor value, int rank, int e)
    {
        if (value.Rank == rank) return value;
        var shape = value.Shape[^rank..];
        var size = Tensor.CountOf(shape);
        var at = value.Values.Length == size ? 0 : e * size % value.Values.Length;
        return new Tensor(shape, value.Values.AsSpan(at, size).ToArray());
    }
}
