namespace ProbLang.Numerics;

/// <summary>Scalar special functions in double precision.</summary>
public static class SpecialFunctions
{
#pragma warning disable CS1591
    public static double Log1p(double x) => global::MathNet.Numerics.SpecialFunctions.Log1p(x);
    public static double Expm1(double x) => global::MathNet.Numerics.SpecialFunctions.Expm1(x);
    public static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
    public static double Logit(double p) => Math.Log(p) - Log1p(-p);
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));
    public static double LogGamma(double x) => global::MathNet.Numerics.SpecialFunctions.GammaLn(x);
    public static double Digamma(double x) => global::MathNet.Numerics.SpecialFunctions.DiGamma(x);
    public static double Trigamma(double x) => throw new NotSupportedException($"trigamma({x})");
    public static double Erf(double x) => global::MathNet.Numerics.SpecialFunctions.Erf(x);
    public static double Phi(double x) => 0.5 * global::MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2));
    public static double InversePhi(double p) => -Math.Sqrt(2) * global::MathNet.Numerics.SpecialFunctions.ErfcInv(2 * p);
    public static double LogPhi(double x) => Math.Log(Phi(x));
    public static double Remainder(double x, double y) => x - y * Math.Floor(x / y);
#pragma warning restore CS1591
}
