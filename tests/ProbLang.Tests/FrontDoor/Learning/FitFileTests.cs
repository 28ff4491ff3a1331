using ProbLang.Inference;
using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

public sealed class FitFileTests : IDisposable
{
    private const string Simple = "input N: count\ninput x[N]\nparam a\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(a * x[i], s) }";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".fit");

    public void Dispose() => File.Delete(_path);

    private static Fit Learned() => Likelihood(Simple, new { x = new[] { 1.0, 2, 3, 4 }, y = new[] { 1.1, 1.9, 3.2, 3.9 } });

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        var fit = Learned();
        fit.Save(_path, "1.2.3");
        var read = Fit.Load(_path);
        Assert.Equal(fit.Estimates(0.8), read.Estimates(0.8));
        Assert.Equal(fit.Covariance.ToArray(), read.Covariance.ToArray());
        Assert.Equal((fit.LogLikelihood, fit.Parameters, fit.Observations, fit.Ended, fit.Converged, fit.Engine, fit.Objective, fit.Integral), (read.LogLikelihood, read.Parameters, read.Observations, read.Ended, read.Converged, read.Engine, read.Objective, read.Integral));
        Assert.Equal(fit.Warnings, read.Warnings);
        Assert.Equal(Simple, read.Source.Content);
        foreach (var form in Enum.GetValues<SummaryForm>())
        {
            using var one = new StringWriter();
            using var other = new StringWriter();
            fit.Write(one, form);
            read.Write(other, form);
            Assert.Equal(one.ToString(), other.ToString());
        }
    }

    [Fact]
    public void Other_engines_take_the_values_and_the_data_win_over_them()
    {
        Learned().Save(_path);
        var (fit, model) = (Fit.Load(_path), Model.Compile(Simple).Model);
        var problem = model.Condition(fit.Data.With(Data.Of(new { x = new[] { 10.0, 20 } })));
        Assert.Empty(problem.Parameters);
        Assert.Equal(2, problem.Sample(1, 1, TestContext.Current.CancellationToken).Draw(0, "y").Length);
        Assert.Equal(0.5, model.Condition(fit.Data.With(Data.Of(new { x = new[] { 10.0 }, s = 0.5 }))).Conditioned.Variables.First(v => v.Variable.Name == "s").Values[0]);
    }

    [Fact]
    public void Labels_keep_their_codes_and_one_that_was_not_there_is_a_mistake()
    {
        const string Regions = "input region[N]: category\ninput N: count\nparam b[size(levels(region))]\nfor i in 1..N { y[i] ~ Normal(b[region[i]], 1) }";
        Likelihood(Regions, new { region = new[] { "east", "north", "west" }, y = new[] { 1.0, 2, 3 } }).Save(_path);
        var (fit, model) = (Fit.Load(_path), Model.Compile(Regions).Model);
        Assert.Equal("b[west]", fit.Layout.ElementNames[2]);
        var west = model.Condition(fit.Data.With(Data.Of(new { region = new[] { "west" } })));
        Assert.Equal(3, west.Conditioned.Variables.First(v => v.Variable.Name == "region").Values[0]);
        Assert.False(model.TryCondition(fit.Data.With(Data.Of(new { region = new[] { "south" } })), out _, out var mistakes));
        Assert.Equal("GM0342", mistakes[0].Id);
    }

    [Fact]
    public void Comments_make_no_other_model_and_formulas_do()
    {
        var fit = Learned();
        Assert.Null(fit.Objection(Model.Compile("// another day\n" + Simple.Replace("{ y", "{\n  y", StringComparison.Ordinal)).Model));
        var objection = fit.Objection(Model.Compile(Simple.Replace("a * x[i]", "a + x[i]", StringComparison.Ordinal)).Model)!;
        Assert.Equal("GM0552", objection.Id);
        Assert.Contains("a * x[i]", objection.Message, StringComparison.Ordinal);
        Assert.Contains("a + x[i]", objection.Message, StringComparison.Ordinal);
        Assert.Contains("`random z: real`", fit.Objection(Model.Compile(Simple + "\nz ~ Normal(a, 1)").Model)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_damaged_is_a_mistake_and_never_a_crash()
    {
        Learned().Save(_path);
        var bytes = File.ReadAllBytes(_path);
        for (var length = 0; length < bytes.Length; length += 13)
        {
            File.WriteAllBytes(_path, bytes[..length]);
            Assert.Equal("GM0550", Assert.Throws<DataException>(() => Fit.Load(_path)).Diagnostics[0].Id);
        }
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x15;
            File.WriteAllBytes(_path, damaged);
            try
            {
                Fit.Load(_path);
            }
            catch (DataException mistake)
            {
                Assert.StartsWith("GM055", mistake.Diagnostics[0].Id, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Ragged_and_given_elements_come_back()
    {
        const string Ragged = "input n[2]: count\nparam m[2, n]\nfor i in 1..2 { for j in 1..n[i] { y[i, j] ~ Normal(m[i, j], 1) } }";
        var data = new { n = new[] { 1, 2 }, y = new[] { new[] { 1.5 }, new[] { 2.5, 3.5 } } };
        Likelihood(Ragged, data).Save(_path);
        var problem = Model.Compile(Ragged).Model.Condition(Fit.Load(_path).Data.With(Data.Of(data)));
        Assert.Empty(problem.Parameters);
        Assert.Equal(-1.5 * Math.Log(2 * Math.PI), problem.Infer(new Exact(), TestContext.Current.CancellationToken).LogEvidence!.Value, 9);
    }
}
