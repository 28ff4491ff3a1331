using System.Globalization;
using System.Text;
using ProbLang.Networks;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Networks;

/// <summary>The front door for networks.</summary>
public class BayesianNetworkTests
{
    private const string Rain = """
        network "The lawn" {
          property author "A. Nonymous";
          property version 1.0;
        }
        variable rain-today { type discrete [ 2 ] { yes, no }; property position = (1, 2); }
        variable wet { type discrete [ 3 ] { dry, damp, soaked }; }
        probability ( wet | rain-today ) {
          (no) 0.9, 0.1, 0;
          (yes) 1e-1, 0.30, .6;
        }
        probability ( rain-today ) { table 0.25, 0.75; }
        """;

    [Fact]
    public void A_network_is_written_as_a_person_would() => Assert.Equal("""
        /// The Bayesian network The lawn: 2 variables, 1 arc, 5 free parameters.
        /// author: A. Nonymous
        /// version 1.0

        /// `rain-today` in the network.
        rain_today: category("yes", "no") ~ Categorical([0.25, 0.75])
        wet: category("dry", "damp", "soaked") ~ Categorical([[0.1, 0.3, 0.6], [0.9, 0.1, 0]][rain_today])

        """, BayesianNetwork.Import(Rain).Text);

    /// <summary>Without commas and bars, in quotes, with the first label's probabilities first: JavaBayes. Or with `default` for a variable without parents: aGrUM.</summary>
    [Theory]
    [InlineData("""
        network "Rain" { //2 variables and 2 probability distributions
        }
        variable  "rain" { //2 values
        	type discrete[2] {  "yes"  "no" };
        	property "position = (54, 35)" ;
        }
        variable  "wet" { //3 values
        	type discrete[3] {  "dry"  "damp"  "soaked" };
        }
        probability (  "rain" ) { //1 variable(s) and 2 values
        	table 0.25 0.75 ;
        }
        probability (  "wet"  "rain" ) { //2 variable(s) and 6 values
        	table 0.1 0.9 0.3 0.1 0.6 0.0 ;
        }
        """)]
    [InlineData("""
        network "Rain" {
          property software aGrUM;
        }
        variable rain { type discrete[2] {yes, no}; }
        variable wet { type discrete[3] {dry, damp, soaked}; }
        probability (rain) {
           default 0.25 0.75;
        }
        probability (wet | rain) {
           (yes) 0.1 0.3 0.6;
           (no) 0.9 0.1 0;
        }
        """)]
    public void The_files_of_other_programs_are_read(string bif)
    {
        var imported = BayesianNetwork.Import(bif);
        Assert.Empty(imported.Diagnostics);
        Assert.EndsWith("""

            rain: category("yes", "no") ~ Categorical([0.25, 0.75])
            wet: category("dry", "damp", "soaked") ~ Categorical([[0.1, 0.3, 0.6], [0.9, 0.1, 0]][rain])

            """, imported.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_few_decimals_are_divided_by_their_sum_and_the_warning_can_be_silenced()
    {
        const string bif = "variable a { type discrete [ 3 ] { x, y, z }; } probability ( a ) { table 0.333, 0.333, 0.333; }";
        var imported = BayesianNetwork.Import(bif, "thirds.bif");
        var warning = Assert.Single(imported.Diagnostics);
        Assert.Equal(("GM0729", Severity.Warning, "thirds.bif"), (warning.Id, warning.Severity, warning.Location?.Path));
        Assert.Contains("0.3333333333333333", imported.Text, StringComparison.Ordinal);
        Assert.Empty(Model.Compile(imported.Text!).Diagnostics);
        var silent = BayesianNetwork.Import(bif, silenced: ["GM0729"]);
        Assert.Empty(silent.Diagnostics);
        Assert.Equal(imported.Text, silent.Text);
        Assert.Throws<ArgumentException>(() => BayesianNetwork.Import(bif, silenced: ["GM0728"]));
    }

    [Fact]
    public void No_number_of_warnings_hides_a_mistake()
    {
        var rounded = Enumerable.Range(0, 60).Select(i => $"variable v{i} {{ type discrete [ 3 ] {{ x, y, z }}; }}\nprobability ( v{i} ) {{ table 0.333, 0.333, 0.333; }}\n");
        var imported = BayesianNetwork.Import(string.Concat(rounded) + "variable w { type discrete [ 2 ] { x, y }; }\nprobability ( w ) { table 0.3, 0.6; }\n");
        Assert.Null(imported.Text);
        Assert.Equal(50, imported.Diagnostics.Length);
        Assert.Equal("GM0728", Assert.Single(imported.Diagnostics, d => d.Severity == Severity.Error).Id);
    }

    /// <summary>What a model takes as 1 stays as it is written.</summary>
    [Theory]
    [InlineData("0.3333333, 0.3333333, 0.3333333", "[0.3333333, 0.3333333, 0.3333333]", 0)]
    [InlineData("0.2, 0.3, 0.5001", null, 1)]
    [InlineData("0.2, 0.3, 0.502", null, 1)]
    public void Only_what_a_model_would_not_take_is_changed(string row, string? kept, int warnings)
    {
        var imported = BayesianNetwork.Import($"variable a {{ type discrete [ 3 ] {{ x, y, z }}; }} probability ( a ) {{ table {row}; }}");
        Assert.Equal(warnings, imported.Diagnostics.Length);
        Assert.NotNull(imported.Text);
        if (kept is not null) Assert.Contains(kept, imported.Text, StringComparison.Ordinal);
        Assert.Empty(Model.Compile(imported.Text).Diagnostics);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var text = new string(' ', BifReader.MaximumBytes + 1);
        Assert.Equal("GM0702", Assert.Single(BayesianNetwork.Import(text).Diagnostics).Id);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Equal("GM0702", Assert.Single(BayesianNetwork.ImportFile(path).Diagnostics).Id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_network_whose_model_would_be_too_long_is_refused()
    {
        var labels = string.Join(", ", Enumerable.Range(0, 150));
        var bif = new StringBuilder();
        for (var i = 0; i < 31; i++)
            bif.Append(CultureInfo.InvariantCulture, $"variable v{i} {{ type discrete [ 150 ] {{ {labels} }}; }}\nprobability ( v{i}{(i == 0 ? "" : " | v0")} ) {{ default 1{string.Concat(Enumerable.Repeat(", 0", 149))}; }}\n");
        var imported = BayesianNetwork.Import(bif.ToString());
        Assert.Equal("GM0736", Assert.Single(imported.Diagnostics).Id);
        Assert.Null(imported.Text);
    }

    [Fact]
    public void The_remarks_on_rows_go_where_the_model_would_be_too_long_with_them()
    {
        var bif = new StringBuilder();
        for (var i = 0; i < 13; i++) bif.Append(CultureInfo.InvariantCulture, $"variable v{i} {{ type discrete [ 2 ] {{ {new string('x', 200)}, no }}; }}\nprobability ( v{i} | {string.Join(", ", Enumerable.Range(0, i).Select(p => $"v{p}"))} ) {{ default 0.25, 0.75; }}\n");
        var imported = BayesianNetwork.Import(bif.ToString());
        Assert.Empty(imported.Diagnostics);
        Assert.DoesNotContain("//", imported.Text!.Split("\n\n", 2)[1], StringComparison.Ordinal);
        Assert.True(Model.Compile(imported.Text).Success);
    }

    [Fact]
    public void A_null_is_the_hosts_mistake() => Assert.Throws<ArgumentNullException>(() => BayesianNetwork.Import(null!));

    [Fact]
    public void A_file_that_is_not_UTF_8_is_a_mistake()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes("variable größe { type discrete [ 1 ] { x }; }"));
            Assert.Equal("GM0102", Assert.Single(BayesianNetwork.ImportFile(path).Diagnostics).Id);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
