using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class SessionGrowthTests
{
    private static Session Of(params string[] entries)
    {
        var session = Session.New();
        foreach (var entry in entries)
        {
            var change = session.Add(entry);
            Assert.True(change.Session is not null, string.Join("\n", change.Diagnostics));
            session = change.Session;
        }
        return session;
    }

    private static string[] Replaced(Session session, string entry)
    {
        var change = session.Add(entry);
        Assert.True(change.Session is not null, string.Join("\n", change.Diagnostics));
        return [.. change.Replaced.Select(s => s.Text)];
    }

    [Fact]
    public void Statements_one_by_one_make_the_model_of_the_whole_text()
    {
        const string Text = "input N: count\nmu ~ Normal(0, 5)\nfor i in 1..N {\n  y[i] ~ Normal(mu, 1)\n}\n";
        var session = Of("input N: count", "mu ~ Normal(0, 5)", "for i in 1..N {\n  y[i] ~ Normal(mu, 1)\n}");
        Assert.Equal(Text, session.Text);
        Assert.Equal(Model.Compile(Text).Model.PrintGraph(), session.Model!.PrintGraph());
        Assert.Equal(Text, Of(Text).Text);
        Assert.Equal(["N", "mu", "y"], session.Statements.SelectMany(s => s.Names));
    }

    [Fact]
    public void A_text_of_several_statements_is_bound_as_a_whole()
    {
        Assert.Equal(2, Of("y ~ Normal(mu, 1)\nmu ~ Normal(0, 1)").Statements.Length);
        var change = Session.New().Add("y ~ Normal(mu, 1)");
        Assert.Null(change.Session);
        Assert.Equal("GM0201", Assert.Single(change.Diagnostics).Id);
    }

    [Fact]
    public void A_redefinition_stands_in_the_place_of_the_old_statement()
    {
        var session = Of("mu ~ Normal(0, 5)", "y ~ Normal(mu, 1)");
        Assert.Equal(["mu ~ Normal(0, 5)"], Replaced(session, "mu ~ Cauchy(0, 1)"));
        Assert.Equal("mu ~ Cauchy(0, 1)\ny ~ Normal(mu, 1)\n", session.Add("mu ~ Cauchy(0, 1)").Session!.Text);
        Assert.Equal("input mu\ny ~ Normal(mu, 1)\n", session.Add("input mu").Session!.Text);
        Assert.Equal("mu = 3\ny ~ Normal(mu, 1)\n", Of("input mu", "y ~ Normal(mu, 1)", "mu = 3").Text);
        Assert.Equal("def f(x) = x\n", Of("def f(x) = x + 1", "def f(x) = x").Text);
    }

    [Theory]
    [InlineData("state[1] ~ Normal(0, 1)", "for t in 2..T { state[t] ~ Normal(state[t-1], 1) }", false)]
    [InlineData("for t in 2..T { state[t] ~ Normal(state[t-1], 1) }", "state[1] ~ Normal(0, 1)", false)]
    [InlineData("for t in 2..T { state[t] ~ Normal(0, 1) }", "for s in 2..T { state[s] ~ Normal(0, 2) }", true)]
    [InlineData("for t in 2..T { state[t] ~ Normal(0, 1) }", "for t in 1..T { state[t] ~ Normal(0, 2) }", true)]
    [InlineData("for t in 1..T-1 { state[t] ~ Normal(0, 1) }", "state[T] ~ Normal(0, 2)", false)]
    [InlineData("for t in 1..K { state[t] ~ Normal(0, 1) }", "for t in K+1..T { state[t] ~ Normal(0, 2) }", false)]
    [InlineData("for t in 1..T-1 { state[t+1] ~ Normal(0, 1) }", "state[1] ~ Normal(0, 2)", false)]
    [InlineData("for t in 1..T { state[t] ~ Normal(0, 1) }", "state[T] ~ Normal(0, 2)", true)]
    [InlineData("for t in 1..T { state[t] ~ Normal(0, 1) }", "state ~ Normal(0, 2) ^ T", true)]
    [InlineData("state ~ Normal(0, 1) ^ T", "state[1] ~ Normal(0, 2)", true)]
    [InlineData("state[1] ~ Normal(0, 1)", "state[2] ~ Normal(0, 1)", false)]
    [InlineData("state[1] ~ Normal(0, 1)", "state[1] ~ Normal(0, 2)", true)]
    [InlineData("given b", "given b", true)]
    [InlineData("given b", "given not b", false)]
    [InlineData("factor -1", "factor -1", false)]
    public void Elements_that_are_others_belong_together_and_elements_that_may_be_the_same_replace(string older, string newer, bool isReplaced)
    {
        var session = Of("input T: count\ninput K: count\nb ~ Bernoulli(0.5)", older);
        Assert.Equal(isReplaced ? [older] : [], Replaced(session, newer));
        Assert.Equal(isReplaced ? 4 : 5, session.Add(newer).Session!.Statements.Length);
    }

    [Fact]
    public void Of_a_block_only_that_is_replaced_which_is_defined_anew()
    {
        var session = Of("for i in 1..3 {\n  /// the effect\n  theta[i] ~ Normal(0, 1)\n  /// the outcome\n  y[i] ~ Normal(theta[i], 1)\n}");
        var change = session.Add("for i in 1..3 { y[i] ~ Cauchy(theta[i], 1) }");
        Assert.Equal("for i in 1..3 {\n  /// the effect\n  theta[i] ~ Normal(0, 1)\n}\nfor i in 1..3 { y[i] ~ Cauchy(theta[i], 1) }\n", change.Session!.Text);
        Assert.Single(change.Replaced);
        Assert.Equal("theta ~ Normal(0, 1) ^ 3\ny ~ Cauchy(theta, 1)\n", change.Session.Add("theta ~ Normal(0, 1) ^ 3\ny ~ Cauchy(theta, 1)").Session!.Text);
    }

    [Fact]
    public void Comments_and_documentation_stay_with_their_statements()
    {
        const string Text = "/// A model of two.\n\n// first\n/// the mean\nmu ~ Normal(0, 5) // wide\n\n/// the outcome\ny ~ Normal(mu, 1)\n// the end\n";
        var session = Of(Text);
        Assert.Equal(Text, session.Text);
        Assert.Equal("A model of two.", session.Model!.Documentation);
        Assert.Equal("/// A model of two.\n\nmu ~ Cauchy(0, 1)\n\n/// the outcome\ny ~ Normal(mu, 1)\n// the end\n", session.Add("mu ~ Cauchy(0, 1)").Session!.Text);
    }

    [Fact]
    public void What_leaves_others_mistaken_is_refused_and_said_where_each_was_written()
    {
        var session = Session.New().Add("mu ~ Normal(0, 5) ^ 2", "[1]").Session!.Add("s ~ HalfNormal(1); for i in 1..2 { y[i] ~ Normal(mu[i], s) }", "[2]").Session!;
        var change = session.Add("  mu ~ Normal(0, 5)", "[3]");
        Assert.Null(change.Session);
        var mistake = change.Diagnostics[0];
        Assert.Equal(("[2]", 1, 50), (mistake.Location!.Path, mistake.Location.Line, mistake.Location.Column));
        Assert.Equal("s ~ HalfNormal(1); for i in 1..2 { y[i] ~ Normal(mu[i], s) }", mistake.Location.LineText);
        Assert.Null(session.Without([session.Statements[0]]).Session);
        Assert.Equal("mu ~ Normal(0, 5) ^ 2\ns ~ HalfNormal(1)\n", session.Without([session.Statements[2]]).Session!.Text);
    }

    [Fact]
    public void A_mistake_is_reported_where_it_is_in_the_entry()
    {
        var session = Of("mu ~ Normal(0, 5)", "s ~ HalfNormal(1)");
        foreach (var (entry, line, column) in (ReadOnlySpan<(string, int, int)>)[("x ~ Normal(mo, s)", 1, 12), ("x ~ Normal(mu, s)\n\n  z ~ Normal(xx, s)", 3, 14), ("mu ~ Normal(0, 1); q = ss", 1, 24), ("x ~ Normal(mu,", 1, 15)])
        {
            var mistake = session.Add(entry, "[3]").Diagnostics[0];
            Assert.Equal(("[3]", line, column), (mistake.Location!.Path, mistake.Location.Line, mistake.Location.Column));
            Assert.Equal(entry.Split('\n')[line - 1], mistake.Location.LineText);
        }
    }

    [Fact]
    public void A_warning_is_said_with_the_entry_that_it_is_about()
    {
        var session = Session.New().Add("input N: count");
        Assert.Empty(session.Diagnostics);
        var flat = session.Session!.Add("x ~ Flat()", "[2]");
        Assert.Equal(("GM0503", "[2]"), (Assert.Single(flat.Diagnostics).Id, flat.Diagnostics[0].Location!.Path));
        Assert.Empty(flat.Session!.Add("y ~ Normal(x, 1)", "[3]").Diagnostics);
    }

    private static readonly string[] s_entries =
    [
        "mu ~ Normal(0, 5)", "mu ~ Cauchy(0, 1) // heavy", "/// spread\ns ~ HalfNormal(1)", "s = 2", "input T: count", "for t in 2..T { x[t] ~ Normal(mu, 1); z[t] ~ Normal(x[t], s) }",
        "x[1] ~ Normal(0, 1)", "for t in 1..T { x[t] ~ Normal(0, 1) }", "def f(a) = a + 1", "y = f(mu)", "given mu > 0", "factor -mu ^ 2", "y ~ Normal(mu, s)", "T = 4", "z[1] = 3", "if b { w ~ Normal(0, 1) } else { w ~ Normal(1, 1) }",
        "b ~ Bernoulli(0.5)", "w = 3", "mu ~ Nrmal(0, 1)", "x ~", "for t in 1..T { x[t] ~ Normal(mu, s)",
    ];

    [Fact]
    public void Whatever_is_entered_the_text_of_a_session_is_its_model_and_the_old_session_is_as_it_was()
    {
        var entries = Gen.Elements(s_entries).ArrayOf(12);
        Prop.ForAll(Arb.From(entries), sequence =>
        {
            var session = Session.New();
            foreach (var entry in sequence)
            {
                var (text, graph, data) = (session.Text, session.Model?.PrintGraph(), session.Data);
                var next = session.Add(entry).Session;
                Assert.Equal((text, graph, data), (session.Text, session.Model?.PrintGraph(), session.Data));
                if (next is null) continue;
                session = next;
                var whole = Model.Compile(session.Text);
                Assert.True(whole.Success, session.Text);
                Assert.Equal(whole.Model.PrintGraph(), session.Model!.PrintGraph());
                // Said again, an entry changes nothing but what is no definition.
                if (!entry.StartsWith("factor", StringComparison.Ordinal)) Assert.Equal(Lines(session), Lines(session.Add(entry).Session!));
            }
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Lines(Session session) => session.Statements.Select(s => s.Text).Order(StringComparer.Ordinal);
}
