using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Checks the parameters of a statement that the data determine against their domains.</summary>
internal sealed class DomainCheck(Draft draft, VariableState variable, DefinitionState state)
{
    private static readonly Parameter Weights = new("weights", Domain.Simplex, Rank: 1);

    private static readonly Parameter Step = new("step", Domain.Positive);
    private static readonly Parameter Probability = new("p", Domain.Probability);

    public void Run(BoundDistribution distribution) => Run(distribution, []);

    /// <param name="distribution">All of the statement's, or a part.</param>
    /// <param name="ranges">Of the mixtures around the part.</param>
    private void Run(BoundDistribution distribution, IReadOnlyList<Plate> ranges)
    {
        switch (distribution)
        {
            case ChoiceDistribution:
                // Which of the two holds is not known, and the parameters of the other may be anything.
                return;
            case RoundedDistribution rounded:
                Check(Step, "rounded", rounded.Step, ranges);
                break;
            case ZeroDistribution zero:
                Check(Probability, zero.Name, zero.Probability, ranges);
                break;
            case MixtureDistribution mixture:
                Check(Weights, "Mixture", mixture.Weights, ranges);
                break;
            case MixtureComprehension mixture:
                CheckCount(mixture, ranges);
                Check(Weights, "Mixture", mixture.Weights, ranges);
                ranges = [.. ranges, new Plate(mixture.Loop, mixture.Lower, mixture.Upper)];
                break;
            case CatalogDistribution catalog:
                for (var k = 0; k < catalog.Arguments.Length; k++)
                    if (catalog.Arguments[k] is { } argument) Check(catalog.Distribution.Forms[catalog.Form].Parameters[k], catalog.Distribution.Name, argument, ranges);
                if (catalog.Distribution is ArrayDistribution array) CheckInfima(array, catalog, ranges);
                break;
        }
        foreach (var inside in Parts.Inside(distribution)) Run(inside, ranges);
    }

    private void CheckCount(MixtureComprehension mixture, IReadOnlyList<Plate> ranges)
    {
        var (lower, upper) = (draft.Code.Scalar(mixture.Lower), draft.Code.Scalar(mixture.Upper));
        for (var i = 0; i < state.Count; i++)
        {
            var where = Where(i);
            Iterations.Set(draft.Code, state, i);
            Iterations.ForEach(draft.Code, ranges, () =>
            {
                if (draft.Code.Extent(lower(), upper(), mixture.Span).Count == 0) throw new DiagnosticException(DataDiagnostics.NoComponents(where, draft.Locate(mixture.Span)));
            });
        }
    }

    private void Check(Parameter parameter, string distribution, Bound argument, IReadOnlyList<Plate> ranges)
    {
        if (parameter.Domain is Domain.Real or Domain.RealVector || !Uses.Of([argument]).All(IsKnown)) return;
        var evaluate = draft.Code.Array(argument);
        for (var i = 0; i < state.Count; i++)
        {
            var where = Where(i);
            Iterations.Set(draft.Code, state, i);
            Iterations.ForEach(draft.Code, ranges, () => Check(parameter.Domain,
                new KnownArgument(parameter.Name, distribution, evaluate(), where, cell => DataPlace.Of(draft, argument, cell), draft.Locate(argument.Span))));
            if (!ReadsLoops(argument)) return;
        }
    }

    private void CheckInfima(ArrayDistribution array, CatalogDistribution catalog, IReadOnlyList<Plate> ranges)
    {
        var parameters = array.Forms[catalog.Form].Parameters;
        for (var k = 0; k < parameters.Length; k++)
        {
            var argument = catalog.Arguments[k]!;
            if (parameters[k].Domain != Domain.Positive || !Uses.Of([argument]).All(IsKnown)) continue;
            var (at, parameter) = (k, parameters[k].Name);
            var all = catalog.Arguments.Select(a => draft.Code.Array(a!)).ToArray();
            for (var i = 0; i < state.Count; i++)
            {
                var where = Where(i);
                Iterations.Set(draft.Code, state, i);
                Iterations.ForEach(draft.Code, ranges, () =>
                {
                    var values = Array.ConvertAll(all, a => a());
                    var infimum = array.Infimum(at, Array.ConvertAll(values, v => v.Shape));
                    var cell = Array.FindIndex(values[at].Values, v => v <= infimum);
                    if (cell >= 0) throw new DiagnosticException(DataDiagnostics.OutsideDomain(
                        parameter, array.Name, values[at].Values[cell], $"above {DataDiagnostics.Show(infimum)}", where, DataPlace.Of(draft, argument, cell), draft.Locate(argument.Span)));
                });
                if (!catalog.Arguments.Any(a => ReadsLoops(a!))) break;
            }
        }
    }

    public static void Check(Domain domain, KnownArgument known)
    {
        if (domain == Domain.PositiveDefinite) MatrixCheck.Covariance(known);
        else if (domain == Domain.CholeskyFactor) MatrixCheck.Cholesky(known);
        else CheckElements(domain, known);
    }

    /// <summary>Inputs, and what the data give whole or determine.</summary>
    private bool IsKnown(Variable used) => used.IsInput || Array.TrueForAll(draft[used].State.Values, x => !double.IsNaN(x));

    private static void CheckElements(Domain domain, KnownArgument known)
    {
        var values = known.Value.Values;
        for (var cell = 0; cell < values.Length; cell++)
            if (!domain.Holds(values[cell]))
                throw new DiagnosticException(DataDiagnostics.OutsideDomain(known.Parameter, known.Distribution, values[cell], Describe(domain), known.Where, known.Place(cell), known.Statement));
        if (domain is not (Domain.Simplex or Domain.IncreasingVector) || known.Value.Shape[^1] == 0) return;
        var size = known.Value.Shape[^1];
        if (domain == Domain.IncreasingVector)
        {
            for (var cell = 1; cell < values.Length; cell++)
                if (cell % size != 0 && !(values[cell - 1] < values[cell]))
                    throw new DiagnosticException(DataDiagnostics.OutsideDomain(
                        known.Parameter, known.Distribution, values[cell], "above the one before it", known.Where, known.Place(cell), known.Statement));
            return;
        }
        for (var from = 0; from < values.Length; from += size)
        {
            var sum = 0.0;
            foreach (var x in values.AsSpan(from, size)) sum += x;
            if (Math.Abs(sum - 1) > Domains.Tolerance)
                throw new DiagnosticException(DataDiagnostics.SumNotOne(known.Parameter, known.Distribution, sum, known.Where, known.Place(from), known.Statement));
        }
    }

    private string Where(int iteration) => state.BlockSize == 1 ? $" for `{ShapeText.Element(variable.Variable.Name, variable.Shape, state.Targets[iteration])}`" : "";

    private static bool ReadsLoops(Bound e) => e is LoopValue || Parts.Of(e).Any(ReadsLoops);

    private static string Describe(Domain domain) => domain switch
    {
        Domain.Positive or Domain.PositiveVector => "positive",
        Domain.NonNegative or Domain.Simplex => "at least 0",
        Domain.Probability => "from 0 to 1",
        Domain.Integer => "a whole number",
        _ => "a whole number from 0",
    };
}
