using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Latent normal vectors whose elements stand centred or not.</summary>
internal sealed partial class Lowering
{
    private readonly Dictionary<LatentBlock, Buffer> _vectors = [];

    /// <summary>
    /// Each element of mean + L z is normal given those before it: with scale L[i, i], about mean[i] and what they add. So each has a choice of
    /// its own, as scalars have, and vectors of which data inform a part stand centred in that part.
    /// </summary>
    private (Term Raw, Term Centred, Term Location, Term Scale)[] VectorChoices(LatentBlock block, Bindings environment, Term[] batch, Term at)
    {
        var (catalog, inner) = Unwrap(block.Definition.Definition.Distribution!, batch);
        var p = ArrayParameters(catalog, environment, inner);
        var n = block.VectorSize;
        var factor = (MatrixForm)catalog.Form == MatrixForm.Cholesky ? p[1] : Call(new CholeskyRoutine(n), p[1])[0];
        var (choices, z) = (new (Term Raw, Term Centred, Term Location, Term Scale)[n], new Term[n]);
        for (var i = 0; i < n; i++)
        {
            var place = at * (double)n + (double)i;
            var raw = Term.Load(_table, _position, place + (double)block.Offset);
            var centred = _isNonCentred ? 0.0 : Term.Load(_table, _coordinates.Centering!, place + (double)block.ChoiceOffset);
            var location = Term.AsReal(p[0][(double)i]);
            for (var j = 0; j < i; j++) location += factor[(double)i, (double)j] * z[j];
            var scale = factor[(double)i, (double)i];
            choices[i] = (raw, centred, location, scale);
            z[i] = Distance(choices[i]);
        }
        return choices;
    }

    /// <summary>How many scales an element is from its location.</summary>
    private static Term Distance((Term Raw, Term Centred, Term Location, Term Scale) c) => Term.Where(c.Centred, (c.Raw - c.Location) / c.Scale, c.Raw);

    /// <summary>The log density of a vector in its coordinates.</summary>
    private Term VectorDensity(LatentBlock block, Bindings environment, Term[] batch, Term at)
    {
        Term sum = -0.5 * block.VectorSize * Math.Log(2 * Math.PI);
        foreach (var choice in VectorChoices(block, environment, batch, at))
            sum += -0.5 * Square(Distance(choice)) - choice.Centred * RealMath.Log(choice.Scale);
        return sum;
    }

    /// <summary>The cells of vectors with a choice, in the order of their block.</summary>
    private Buffer VectorsOf(LatentBlock block)
    {
        if (_vectors.TryGetValue(block, out var known)) return known;
        var variable = block.Definition.Definition.Variable;
        var roles = _model[variable].Roles;
        var cells = new Buffer($"{variable.Name}_cells", block.Cells.Length, BufferKind.Work);
        _vectors.Add(block, cells);
        AtTop(() => ForEachCell(block.Definition, 1, c => roles[c] == Role.Latent, (environment, batch, at) =>
        {
            var choices = VectorChoices(block, environment, batch, at);
            for (var i = 0; i < choices.Length; i++)
            {
                var (raw, centred, location, scale) = choices[i];
                Effect(cells, at * (double)choices.Length + (double)i, Term.Where(centred, raw, location + scale * raw));
            }
        }));
        return cells;
    }
}
