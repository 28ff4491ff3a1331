namespace ProbLang.Numerics;

/// <summary>A function under an integral sign. A structure, so that quadrature inside a density allocates nothing.</summary>
internal interface IIntegrand
{
    /// <summary>The value at a place.</summary>
    double At(double x);
}
