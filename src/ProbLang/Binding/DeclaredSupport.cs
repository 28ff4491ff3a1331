using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Binding;

/// <summary>Whether what a distribution can give is within the type that its variable is declared with, as far as constants decide.</summary>
internal static class DeclaredSupport
{
    /// <summary>Reports values that the type excludes: a type never cuts a distribution, <c>truncated</c> does.</summary>
    public static bool Fits(Variable variable, BoundDistribution distribution, BindingDiagnostics report)
    {
        if (!IsOf(variable.Structure, distribution))
        {
            report.NotOfStructure(variable.Name, variable.DeclaredType!, distribution.Span, Remedy(variable.Structure));
            return false;
        }
        var (lower, upper) = Of(distribution);
        if (variable.Category is not null && (lower < 1 || double.IsPositiveInfinity(upper)))
        {
            report.NotOfCategory(variable.Name, variable.DeclaredType!, distribution.Span);
            return false;
        }
        if (variable.Lower is ConstantValue { Value: var least } && lower < least)
        {
            report.OutsideDeclaredType(variable.Name, variable.DeclaredType!, $"below {Text(least)}", $"({Text(least)}, )", distribution.Span);
            return false;
        }
        if (variable.Upper is ConstantValue { Value: var most } && upper > most)
        {
            report.OutsideDeclaredType(variable.Name, variable.DeclaredType!, $"above {Text(most)}", $"( , {Text(most)})", distribution.Span);
            return false;
        }
        return true;
    }

    /// <summary>Whether all that a distribution gives are vectors or matrices of a kind.</summary>
    private static bool IsOf(Structure structure, BoundDistribution distribution) => structure == Structure.None || distribution switch
    {
        CatalogDistribution { Distribution: ArrayDistribution array } => IsOf(structure, array.Constraint),
        RepeatedDistribution repeated => IsOf(structure, repeated.Base),
        MixtureDistribution mixture => mixture.Components.All(c => IsOf(structure, c)),
        MixtureComprehension mixture => IsOf(structure, mixture.Component),
        _ => false,
    };

    private static bool IsOf(Structure structure, EventConstraint constraint) => constraint switch
    {
        EventConstraint.Simplex => structure == Structure.Simplex,
        _ => false,
    };

    private static string Remedy(Structure structure) => structure switch
    {
        Structure.Simplex => "`Dirichlet` gives parts of a whole; `softmax` computes them from real numbers",
        Structure.Ordered => "write `… ^ K ordered` to order independent draws, or define it with `=` by `cumsum` of positive steps",
        Structure.Unit => "divide a vector by its length: `x = z / sqrt(sum(z ^ 2))`",
        Structure.Covariance => "`Wishart` and `InverseWishart` give covariance matrices",
        Structure.Correlation => "`LKJ` gives correlation matrices",
        Structure.Cholesky => "`LKJCholesky` gives the Cholesky factor of a correlation matrix",
        _ => throw new UnreachableException(structure.ToString()),
    };

    /// <summary>The ends of the support, NaN where they are not constant.</summary>
    private static (double Lower, double Upper) Of(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution scalar } catalog => Of(scalar, catalog),
        RepeatedDistribution repeated => Of(repeated.Base),
        TruncatedDistribution truncated => (End(truncated.Lower, Of(truncated.Base).Lower), End(truncated.Upper, Of(truncated.Base).Upper)),
        ChoiceDistribution choice => (Math.Min(Of(choice.Then).Lower, Of(choice.Else).Lower), Math.Max(Of(choice.Then).Upper, Of(choice.Else).Upper)),
        MixtureDistribution mixture => (mixture.Components.Min(c => Of(c).Lower), mixture.Components.Max(c => Of(c).Upper)),
        MixtureComprehension mixture => Of(mixture.Component),
        _ => (double.NaN, double.NaN),
    };

    private static (double, double) Of(ScalarDistribution scalar, CatalogDistribution catalog)
    {
        var parameters = scalar.Forms[catalog.Form].Parameters;
        var p = new Real[parameters.Length];
        for (var i = 0; i < p.Length; i++)
            p[i] = catalog.Arguments[i] switch
            {
                ConstantValue constant => constant.Value,
                null => parameters[i].Name == "lower" ? double.NegativeInfinity : double.PositiveInfinity,
                _ => double.NaN,
            };
        var bounds = scalar.Bounds<Real>(catalog.Form, p);
        return (bounds.HasLower ? bounds.Lower : double.NegativeInfinity, bounds.HasUpper ? bounds.Upper : double.PositiveInfinity);
    }

    private static double End(Bound? written, double otherwise) => written switch
    {
        null => otherwise,
        ConstantValue constant => constant.Value,
        _ => double.NaN,
    };

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
