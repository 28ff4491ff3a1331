using FsCheck;
using FsCheck.Fluent;
using ProbLang.Cli.Repl;
using ProbLang.Editing;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public sealed class ConversationTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Conversation Talk(params string[] entries)
    {
        var conversation = new Conversation(_output, _error);
        foreach (var entry in entries) Assert.True(conversation.Take(entry, TestContext.Current.CancellationToken));
        Assert.False(conversation.HasFailed, _error.ToString());
        _output.GetStringBuilder().Clear();
        return conversation;
    }

    private string Said(Conversation conversation, string entry)
    {
        _output.GetStringBuilder().Clear();
        conversation.Take(entry, TestContext.Current.CancellationToken);
        return _output.ToString();
    }

    private static readonly string[] s_entries =
    [
        "mu ~ Normal(0, 5)", "mu ~ Cauchy(0, 1)", "y ~ Normal(mu, 1)", "for i in 1..2 { x[i] ~ Normal(mu, 1) }", "x[1] ~ Normal(0, 1)", "z = mu + 1", "mu = 2",
        ":given y=1", ":given x=[1, 2]", ":given x[2]=3", ":given y=", ":forget x", ":drop y", ":drop x", ":seed 4", ":clear", ":given y=\"no\"", "q ~", "P(mu > 0)", ":undo", ":redo", ":frob",
    ];

    [Fact]
    public void Undo_after_any_entry_gives_the_earlier_session_and_redo_the_later()
    {
        Prop.ForAll(Arb.From(Gen.Elements(s_entries).ArrayOf(10)), entries =>
        {
            var conversation = new Conversation(_output, _error);
            foreach (var entry in entries)
            {
                var before = State(conversation);
                conversation.Take(entry, TestContext.Current.CancellationToken);
                var after = State(conversation);
                if (after == before || entry is ":undo" or ":redo") continue;
                conversation.Take(":undo", TestContext.Current.CancellationToken);
                Assert.Equal(before, State(conversation));
                conversation.Take(":redo", TestContext.Current.CancellationToken);
                Assert.Equal(after, State(conversation));
            }
        }).QuickCheckThrowOnFailure();
    }

    private string State(Conversation conversation) => $"{Said(conversation, ":model")}\n{Said(conversation, ":given")}\n{Said(conversation, ":seed")}";

    [Fact]
    public void A_cancelled_entry_leaves_the_session_as_it_was()
    {
        var conversation = Talk("s ~ HalfNormal(1)", "x ~ Normal(0, s)", "y ~ StudentT(4, x, s)", ":given y=1");
        var before = State(conversation);
        foreach (var entry in (string[])["x", ":infer", ":fit", ":sample 5", ":plot x", "E(x | y = 2)"])
            try
            {
                conversation.Take(entry, new CancellationToken(canceled: true));
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(before, State(conversation));
            }
        Assert.Contains("mean", Said(conversation, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_piped_session_goes_on_after_a_mistake_and_ends_with_1()
    {
        var run = CliRun.Piped("a ~ Normal(0, 1\n)\nb = c\nE(a)\n");
        Assert.Equal((1, "0\n"), (run.Code, run.Out));
        Assert.StartsWith("[2]:1:5: error GM0201", run.Error, StringComparison.Ordinal);
        Assert.Equal(new CliRun(0, "3\n", ""), CliRun.Piped("// sum\n\n1 + 2\n:quit\nnever ~\n"));
    }

    [Fact]
    public void A_command_ends_an_unfinished_entry_that_is_piped()
    {
        var run = CliRun.Piped("a ~ Normal(0, 1\n:seed\n2 + 3\n");
        Assert.Equal((1, "1\n5\n"), (run.Code, run.Out));
        Assert.StartsWith("[1]:1:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_may_begin_with_a_model_and_data()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("m.gm", "input N: count\nmu ~ Normal(0, 5)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }\n");
        var data = folder.File("y.json", "{\"y\": [1, 2, 3]}");
        Assert.Equal(new CliRun(0, "2\n", ""), CliRun.Piped("mean(y)", model, "--data", data));
        Assert.Equal(new CliRun(0, "3\n", ""), CliRun.Piped("mean(y)", model, "--data", data, "--given", "y=[3, 3]"));
        Assert.Equal(1, CliRun.Piped("1", model, "--given", "y=[\"a\"]").Code);
        Assert.Equal(2, CliRun.Piped("1", folder.Combine("none.gm")).Code);
        Assert.Equal(1, CliRun.Piped("1", folder.File("bad.gm", "a ~")).Code);
    }

    [Fact]
    public void An_answer_is_that_of_infer()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("m.gm", "theta ~ Beta(2, 3)\ny ~ Binomial(10, theta)\n");
        var infer = CliRun.Of("infer", model, "--given", "y=7", "--query", "theta", "--as", "json").Out;
        var mean = System.Text.Json.JsonDocument.Parse(infer).RootElement.GetProperty("variables").GetProperty("theta").GetProperty("mean").GetDouble();
        Assert.Equal(mean, Session.New().Add(File.ReadAllText(model)).Session!.With(Data.Given("y=7")).Ask("theta", cancellation: TestContext.Current.CancellationToken).Value, 1e-12);
    }

    [Theory]
    [InlineData("y ~ Normal(mo, 1)", 11, 2)]
    [InlineData("P(mo > 1)", 2, 2)]
    [InlineData("y ~ Normal(mu, 1)\nz = y + w", 26, 1)]
    [InlineData("P(mu)", 2, 2)]
    public void The_first_mistake_is_said_while_an_entry_is_typed(string entry, int start, int length)
    {
        var mistake = Talk("mu ~ Normal(0, 1)").MistakeIn(entry);
        Assert.Equal((start, length), (mistake!.Value.Place.Start, mistake.Value.Place.Length));
    }

    [Theory]
    [InlineData("y ~ Normal(mu, 1)")]
    [InlineData("y ~ Normal(mu,")]
    [InlineData("P(mu > 1")]
    [InlineData("for i in 1..3 {")]
    [InlineData(":given y=")]
    [InlineData("// mo")]
    [InlineData("")]
    public void What_is_right_or_not_finished_is_no_mistake(string entry) => Assert.Null(Talk("mu ~ Normal(0, 1)").MistakeIn(entry));

    [Theory]
    [InlineData("/// the mean", true)]
    [InlineData("// the mean", false)]
    [InlineData(":given (", false)]
    [InlineData("mu ~", true)]
    [InlineData("E(mu", true)]
    [InlineData("E(mu |", true)]
    [InlineData("E(mu)", false)]
    public void An_entry_goes_on_while_it_is_unfinished(string entry, bool isUnfinished) => Assert.Equal(isUnfinished, Conversation.IsUnfinished(entry));

    private static string[] Texts(CompletionList list) => [.. list.Items.Select(i => i.Text)];

    [Fact]
    public void Commands_and_their_arguments_are_completed()
    {
        using var folder = new TemporaryFolder();
        folder.File("model.gm", "");
        folder.File("model.json", "");
        Directory.CreateDirectory(folder.Combine("more"));
        var conversation = Talk("mu ~ Normal(0, 1)", "much = mu");
        Assert.Equal([":save", ":save!", ":sample", ":seed"], Texts(conversation.Complete(":s", 2)));
        Assert.Equal((0, 2), (conversation.Complete(":s", 2).Start, conversation.Complete(":s", 2).Length));
        Assert.Equal(["mu", "much"], Texts(conversation.Complete(":infer mu", 9)));
        Assert.Equal(["mu", "much"], Texts(conversation.Complete(":drop mu", 8)));
        Assert.Equal(["Normal"], Texts(conversation.Complete(":help Norm", 10)));
        var load = $":load {folder.Root}/mo";
        Assert.Equal(["model.gm", "more/"], Texts(conversation.Complete(load, load.Length)));
        Assert.Equal((load.Length - 2, 2), (conversation.Complete(load, load.Length).Start, conversation.Complete(load, load.Length).Length));
        var data = $":data {folder.Root}/mo";
        Assert.Equal(["model.json", "more/"], Texts(conversation.Complete(data, data.Length)));
        Assert.Empty(conversation.Complete(":load /nowhere/at/all/x", 23).Items);
        Assert.Empty(conversation.Complete(":frob x", 7).Items);
    }

    [Theory]
    [InlineData(":given m", "mu=", "much=")]
    [InlineData(":given mu=1 on", "on=")]
    [InlineData(":given on=", "false", "true")]
    [InlineData(":given on=t", "true")]
    [InlineData(":given c=h", "hi")]
    [InlineData(":given mu=")]
    [InlineData(":given mu=[1, m")]
    [InlineData(":forget ", "y")]
    [InlineData(":infer --e", "--engine")]
    [InlineData(":infer mu --d", "--draws")]
    [InlineData(":infer --engine la", "laplace")]
    [InlineData(":infer --chains 4")]
    [InlineData(":infer --chains 4 y", "y")]
    [InlineData(":plot muc", "much")]
    public void Each_command_has_its_own_ways_to_go_on(string entry, params string[] texts)
    {
        var conversation = Talk("mu ~ Normal(0, 1)", "much = mu", "on ~ Bernoulli(0.5)", "c: category(\"hi\", \"lo\") ~ Categorical([0.5, 0.5])", "y ~ Normal(mu, 1)", ":given y=1");
        Assert.Equal(texts, Texts(conversation.Complete(entry, entry.Length)));
    }

    [Fact]
    public void What_is_plotted_is_an_expression()
    {
        var offered = Texts(Talk("x ~ Normal(0, 1)").Complete(":plot ", 6));
        Assert.Equal("x", offered[0]);
        Assert.Empty(offered.Intersect(["input", "for", "import", "plotted__"]));
    }

    [Theory]
    [InlineData("a = 1\nb = 2", "a = 1\nb = 2")]
    [InlineData("a = b\n\n// of a\nb = 2\nE(a)\nc = 3", "a = b\n\n// of a\nb = 2", "E(a)", "c = 3")]
    [InlineData(":given a=1\nP(a | b)\n:infer a", ":given a=1", "P(a | b)", ":infer a")]
    [InlineData("// why\nE(a)", "E(a)")]
    [InlineData("E(\n  a)\nx ~ Normal(0,\n  1)\nx", "E(\n  a)", "x ~ Normal(0,\n  1)", "x")]
    [InlineData("for i in 1..2 {\n  x[i] = i\n}\nif x[1] > 2 { y = 1 }\nelse { y = 2 }\ny", "for i in 1..2 {\n  x[i] = i\n}\nif x[1] > 2 { y = 1 }\nelse { y = 2 }", "y")]
    [InlineData("a = 1\n  + 2\n// sign\n  - 3\na", "a = 1\n  + 2\n// sign\n  - 3", "a")]
    [InlineData("\n// nothing", "\n// nothing")]
    public void A_text_of_several_lines_is_read_as_its_entries(string text, params string[] entries) => Assert.Equal(entries, PastedEntries.Of(text));

    [Theory]
    [InlineData("a ~ Normal(0, 1)\nE(a)")]
    [InlineData("a ~ Normal(0, 1)\nE(a)\nb = a\nP(b > mu)\n:clear\nE(a)")]
    public void What_is_pasted_is_looked_at_as_the_entries_that_it_is(string text) => Assert.Null(Talk("mu ~ Normal(0, 1)").MistakeIn(text));

    [Fact]
    public void A_mistake_in_what_is_pasted_has_its_place_there()
    {
        const string Text = "a ~ Normal(0, 1)\n\n// now\nE(a)\nb = 2 * aa";
        Assert.Equal(Text.Length - 2, Talk("mu ~ Normal(0, 1)").MistakeIn(Text)!.Value.Place.Start);
    }

    [Fact]
    public void A_session_knows_whether_the_entry_before_was_mistaken()
    {
        var conversation = new Conversation(_output, _error);
        foreach (var (entry, isMistaken) in (ReadOnlySpan<(string, bool)>)[("a = 1", false), ("b = c", true), ("a", false), (":frob", true), ("// a", false)])
        {
            conversation.Take(entry, TestContext.Current.CancellationToken);
            Assert.Equal(isMistaken, conversation.IsMistaken);
        }
        Assert.True(conversation.HasFailed);
    }

    [Fact]
    public void A_session_may_write_with_the_characters_of_ascii_only()
    {
        var run = CliRun.Piped("x ~ Normal(0, 1)\nx\n:plot x\nBernoulli(0.2)\ny ~ Normal(x ^ 2, 1)\nE(y)\n[[1, 2], [3, 4]]\n:infer\n:help\n:graph\n", "--ascii");
        Assert.Equal(0, run.Code);
        Assert.All(run.Out + run.Error, c => Assert.True(char.IsAscii(c), $"{c}"));
        Assert.Contains("+/-", run.Out, StringComparison.Ordinal);
        Assert.Contains("±", CliRun.Piped("x ~ Normal(0, 1)\nE(exp(x) + x)\n").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData("", "", "de_DE.UTF-8", false)]
    [InlineData(null, null, "en_US.utf8@euro", false)]
    [InlineData(null, null, "C", false)]
    [InlineData(null, null, "de_DE.ISO-8859-1", true)]
    [InlineData(null, "C.UTF-8", "de_DE.ISO-8859-1", false)]
    [InlineData("ja_JP.eucJP", "C.UTF-8", "C.UTF-8", true)]
    public void The_environment_says_whether_a_terminal_has_another_encoding(string? all, string? characters, string? language, bool isOther) =>
        Assert.Equal(isOther, Locale.IsOtherThanUtf8(name => name switch { "LC_ALL" => all, "LC_CTYPE" => characters, _ => language }));

    [Fact]
    public void A_picture_is_replaced_where_the_session_has_drawn_it_or_is_told_to()
    {
        using var folder = new TemporaryFolder();
        var (own, other) = (folder.Combine("own.svg"), folder.File("other.svg", "kept"));
        var conversation = Talk("mu ~ Normal(0, 1)", $":graph {own}");
        var before = File.ReadAllText(own);
        conversation.Take("y ~ Normal(mu, 1)", TestContext.Current.CancellationToken);
        conversation.Take($":graph {own}", TestContext.Current.CancellationToken);
        Assert.NotEqual(before, File.ReadAllText(own));
        Assert.False(conversation.HasFailed);
        conversation.Take($":graph! {other}", TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllText(own).Replace("own", "other", StringComparison.Ordinal), File.ReadAllText(other));
        var third = folder.File("third.svg", "kept");
        conversation.Take($":graph {third}", TestContext.Current.CancellationToken);
        Assert.Equal("kept", File.ReadAllText(third));
        Assert.Contains($"`:graph! {third}` replaces it", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_files_and_single_values_go_together()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.File("a.json", "{\"y\": [1, 2, 3]}"), folder.File("b.csv", "y\n4\n5\n6\n"));
        var conversation = Talk("for i in 1..3 { y[i] ~ Normal(0, 1) }", $":data {first}");
        Assert.Equal("2\n", Said(conversation, "mean(y)"));
        conversation.Take(":given y[1]=10", TestContext.Current.CancellationToken);
        Assert.Equal("5\n", Said(conversation, "mean(y)"));
        conversation.Take($":data {second}", TestContext.Current.CancellationToken);
        Assert.Equal("7\n", Said(conversation, "mean(y)"));
        Assert.Equal($"{first}\n{second}\n", Said(conversation, ":data"));
        conversation.Take(":undo", TestContext.Current.CancellationToken);
        conversation.Take(":forget y", TestContext.Current.CancellationToken);
        Assert.Equal("2\n", Said(conversation, "mean(y)"));
        Assert.Equal("mean 2", "mean " + Said(conversation, "mean(y) | y = [1, 2, 3]").Trim());
        Assert.Equal("4\n", Said(conversation, "mean(y) | y[1] = 7"));
    }

    [Fact]
    public async Task A_sum_that_takes_hours_is_stopped_and_the_session_goes_on()
    {
        const string Sum = "sum(for i in 1..300000: sum(for j in 1..300000: sin(i * j)))";
        var conversation = Talk($"x = {Sum}", "a ~ Normal(0, 1)", $"b ~ Normal(a * {Sum}, 1)");
        foreach (var entry in (string[])["x", "E(b)", ":given b=1", ":sample", ":infer", ":explain"])
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            var answered = Task.Run(() => conversation.Take(entry, source.Token), TestContext.Current.CancellationToken);
            // Far from the hours that it would take, and far from what a busy machine needs to stop.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answered.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        }
        // What the sum has nothing to do with does not wait for it.
        Assert.Equal("0\n", Said(conversation, "E(a)"));
        conversation.Take(":drop x b", TestContext.Current.CancellationToken);
        Assert.Equal("0\n", Said(conversation, "E(a)"));
    }
}
