using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0502–GM0504: what is allowed, and often not what was meant.</summary>
internal sealed partial class BindingDiagnostics
{
    public void LooksLikeVariance(Span span, double sd) => LooksLike(span, sd, "variance");

    public void LooksLikePrecision(Span span, double sd) => LooksLike(span, sd, "precision");

    public void FlatPrior(Span span, string variable, string proper) =>
        Warning("GM0503", span, $"a flat prior does not integrate to 1, and the posterior of `{variable}` may not either", $"where little is known, a wide proper prior says so: `{proper}`");

    public void ExchangeableComponents(Span span, string remedy) =>
        Warning("GM0504", span, "the components of this mixture can be exchanged: no data tell which is which", remedy);

    private void LooksLike(Span span, double sd, string quantity) =>
        Warning("GM0502", span, $"this is the standard deviation, and {Number(sd)} looks like a {quantity}", $"write `{quantity}: {Number(sd)}` if it is one, and `sd: {Number(sd)}` if it is not");
}
