using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Programs;

/// <summary>Whether a distribution's support has bounds, and which of its arguments decide them.</summary>
/// <param name="IsBounded">Whether there is a bound on either side.</param>
/// <param name="Lower">The lower bound, where that is the same for all arguments.</param>
/// <param name="Arguments">The arguments that the bounds depend on.</param>
internal sealed record SupportProbe(bool IsBounded, double? Lower, IReadOnlyList<Bound> Arguments)
{
    public static SupportProbe Of(CatalogDistribution catalog)
    {
        if (catalog.Distribution is not ScalarDistribution scalar) return new SupportProbe(false, null, []);
        // The bounds are asked for with a stand-in for each argument; those that come back decide.
        var table = new TermTable();
        var parameters = scalar.Forms[catalog.Form].Parameters;
        var stands = new Term[parameters.Length];
        for (var i = 0; i < stands.Length; i++)
            stands[i] = catalog.Arguments[i] is not null ? Term.Load(table, new Buffer(parameters[i].Name, 1, BufferKind.Work), 0.0)
                : parameters[i].Name == "lower" ? double.NegativeInfinity : double.PositiveInfinity;
        var bounds = scalar.Bounds<Term>(catalog.Form, stands);
        var hasLower = bounds.HasLower && !bounds.Lower.IsConstant(double.NegativeInfinity);
        var hasUpper = bounds.HasUpper && !bounds.Upper.IsConstant(double.PositiveInfinity);
        var deciding = new List<Bound>();
        for (var i = 0; i < stands.Length; i++)
            if (hasLower && Uses(bounds.Lower, stands[i]) || hasUpper && Uses(bounds.Upper, stands[i])) deciding.Add(catalog.Arguments[i]!);
        return new SupportProbe(hasLower || hasUpper, hasLower && bounds.Lower.Kind == TermKind.Constant ? bounds.Lower.Value : null, deciding);
    }

    private static bool Uses(Term term, Term part) => part.Kind != TermKind.Constant && (ReferenceEquals(term, part) || Array.Exists(term.Arguments, a => Uses(a, part)));
}
