using System.Text.Json;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Tests.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>What a host and a reader get of an exact solution, whoever computed it.</summary>
public class ExactPosteriorTests
{
    private const string Student = """
        difficulty: category("easy", "hard") ~ Categorical([0.6, 0.4])
        smart ~ Bernoulli(0.3)
        grade: category("A", "B", "C") ~ Categorical(
          if smart then (if difficulty == 1 then [0.9, 0.08, 0.02] else [0.5, 0.3, 0.2])
          else (if difficulty == 1 then [0.3, 0.4, 0.3] else [0.05, 0.25, 0.7]))
        letter ~ Bernoulli(if grade == 1 then 0.9 else if grade == 2 then 0.6 else 0.01)
        for i in 1..2 { sat[i] ~ Binomial(3, if smart then 0.8 else 0.05) }
        total = sum(sat) / 2
        given letter = false
        """;

    private static ExactPosterior Solve(string text)
    {
        var problem = Model.Compile(text, new CompileOptions { Path = "student.gm" }).Model.Condition(Data.Empty);
        return new ExactPosterior(problem, new BruteForceSolution(problem.Conditioned), ReportedLayout.Of(problem.Conditioned), TimeSpan.FromSeconds(1), () => TimeSpan.FromSeconds(2));
    }

    private static string Written(ExactPosterior posterior, SummaryForm form, Query? query = null)
    {
        using var text = new StringWriter();
        posterior.Write(text, form, query ?? Query.All);
        return text.ToString();
    }

    [Fact]
    public void Every_element_that_the_data_do_not_give_has_a_row_and_a_distribution()
    {
        var posterior = Solve(Student);
        Assert.Equal(["difficulty", "smart", "grade", "sat[1]", "sat[2]", "total"], posterior.Summary.Rows.Select(r => r.Name));
        Assert.Equal(posterior.Marginal("sat[2]").Mean, posterior.Scalar("sat[2]").Mean);
        Assert.Equal(posterior.Scalar("sat[1]").Sd, posterior.Array("sat").Sd[0]);
        Assert.Equal(["easy", "hard"], posterior.Scalar("difficulty").Levels);
        Assert.False(posterior.Summary.IsMonteCarlo);
        Assert.True(posterior.Verdict.Trusted);
        Assert.Equal(new Seconds(1, 0, 0, 3), posterior.Seconds);
        Assert.Throws<ArgumentException>(() => posterior.Marginal("nonesuch"));
        Assert.Throws<ArgumentException>(() => posterior.Scalar("sat[3]"));
    }

    [Fact]
    public void Joint_distributions_have_the_marginals()
    {
        var posterior = Solve(Student);
        var table = posterior.Joint("smart", "grade", "sat[1]");
        Assert.Equal(["smart", "grade", "sat[1]"], table.Variables.Select(v => v.Name));
        Assert.Equal(["false", "true"], table.Variables[0].Texts);
        Assert.Equal(["A", "B", "C"], table.Variables[1].Texts);
        Assert.Equal([false, true, false], table.Variables.Select(v => v.IsCategory));
        for (var g = 0; g < 3; g++)
            Assert.Equal(posterior.Marginal("grade").Probabilities[g].Probability, Enumerable.Range(0, 8).Sum(k => table[k / 4, g, k % 4]), 1e-14);
        Assert.All(posterior.Joint("grade", "smart").Conditional().Probabilities.Chunk(2), row => Assert.Equal(1, row.Sum(), 1e-14));
        Assert.Throws<ArgumentException>(() => posterior.Joint("smart", "smart"));
        Assert.Throws<ArgumentException>(() => posterior.Joint("sat"));
        Assert.Throws<ArgumentException>(() => posterior.Joint());
    }

    [Fact]
    public void What_is_most_probable_is_named_in_the_words_of_the_model()
    {
        var found = Solve(Student).MostProbable();
        Assert.Equal([("difficulty", "hard"), ("smart", "false"), ("grade", "C")], found.Values.Select(v => (v.Name, v.Text)));
        Assert.Equal(0.4 * 0.7 * 0.7 * 0.99 / Math.Exp(Solve(Student).LogEvidence!.Value), found.Probability, 1e-14);
    }

    [Fact]
    public void The_table_shows_probabilities_where_there_are_few_values_and_quantiles_elsewhere() => Assert.Equal(
        """
        probability of    easy    hard
        difficulty      0.4623  0.5377

        probability of    true
        smart           0.1400

        probability of       A       B       C
        grade           0.0727  0.2318  0.6955

        probability of       0       1       2       3
        sat[1]          0.7384  0.1299  0.0599  0.0718
        sat[2]          0.7384  0.1299  0.0599  0.0718

                mean     sd     5%    50%    95%
        total  0.465  0.839  0.000  0.000  2.500

        """, Written(Solve(Student), SummaryForm.Table));

    [Fact]
    public void What_is_asked_for_is_written_and_nothing_else() => Assert.Equal(
        """
        probability of    true
        smart           0.1400

                     grade
        difficulty       A       B       C
        easy        0.0579  0.1466  0.2578
        hard        0.0149  0.0852  0.4376

        most probable together
        difficulty              hard
        smart                   false
        grade                   C
        probability 0.3899, log -0.9419

        """, Written(Solve(Student), SummaryForm.Table, Query.Of(["smart", "difficulty,grade"]) with { MostProbable = true }));

    [Fact]
    public void A_table_for_programs_has_a_column_for_each_value()
    {
        var lines = Written(Solve(Student), SummaryForm.Csv).Split('\n');
        Assert.Equal("variable,mean,sd,5%,50%,95%,p[easy],p[hard],p[0],p[1],p[A],p[B],p[C],p[2],p[3]", lines[0]);
        Assert.All(lines[1..^1], line => Assert.Equal(15, line.Split(',').Length));
        Assert.EndsWith(",,,,,", lines[2], StringComparison.Ordinal);
        Assert.Equal("smart,grade,p", Written(Solve(Student), SummaryForm.Csv, Query.Of(["smart,grade"])).Split('\n')[0]);
        Assert.Equal("variable,value\ndifficulty,hard\nsmart,false\ngrade,C\n", Written(Solve(Student), SummaryForm.Csv, Query.All with { MostProbable = true }));
    }

    [Fact]
    public void The_report_has_places_for_joint_distributions_and_for_what_is_most_probable()
    {
        var posterior = Solve(Student);
        using var json = JsonDocument.Parse(Written(posterior, SummaryForm.Json, Query.Of(["smart", "smart,grade"]) with { MostProbable = true }));
        var root = json.RootElement;
        Assert.Equal("exact", root.GetProperty("engine").GetString());
        Assert.Equal(posterior.LogEvidence!.Value, root.GetProperty("log_evidence").GetDouble());
        var smart = Assert.Single(root.GetProperty("variables").EnumerateObject());
        Assert.Equal(["mean", "sd", "q5", "q50", "q95", "p"], smart.Value.EnumerateObject().Select(p => p.Name));
        var joint = Assert.Single(root.GetProperty("joint").EnumerateArray());
        Assert.Equal("""[[false,true],["A","B","C"]]""", JsonSerializer.Serialize(joint.GetProperty("values")));
        Assert.Equal(posterior.Joint("smart", "grade")[1, 2], joint.GetProperty("p")[1][2].GetDouble());
        Assert.Equal("""{"difficulty":"hard","smart":false,"grade":"C"}""", JsonSerializer.Serialize(root.GetProperty("most_probable").GetProperty("values")));
        Assert.Equal(posterior.MostProbable().LogProbability, root.GetProperty("most_probable").GetProperty("log_p").GetDouble());
        Assert.False(root.TryGetProperty("notes", out _));
    }

    [Fact]
    public void A_result_folder_has_a_summary_and_no_chains()
    {
        var folder = Directory.CreateTempSubdirectory("problang").FullName;
        try
        {
            Solve(Student + "\nn ~ Poisson(2)").Save(Path.Combine(folder, "out"), "1", "test", Query.Of(["smart"]) with { MostProbable = true });
            Assert.Equal(["data.json", "model.gm", "run.json", "summary.json"], Directory.GetFiles(Path.Combine(folder, "out")).Select(Path.GetFileName).Order());
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "out", "summary.json")));
            Assert.Equal(7, json.RootElement.GetProperty("variables").EnumerateObject().Count());
            Assert.True(json.RootElement.TryGetProperty("most_probable", out _));
            Assert.Contains("`n` is cut off", json.RootElement.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
            Assert.Contains("\"seed\": null", File.ReadAllText(Path.Combine(folder, "out", "run.json")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_one_branch_defines_is_said_to_be()
    {
        var posterior = Solve("a ~ Bernoulli(0.25)\nif a { n ~ Binomial(2, 0.5) }");
        Assert.Equal(
            """
            probability of    true
            a               0.2500

            probability of       0       1       2
            n               0.2500  0.5000  0.2500
            n: given that its branch holds, which has probability 0.2500

            """, Written(posterior, SummaryForm.Table));
        using var json = JsonDocument.Parse(Written(posterior, SummaryForm.Json));
        Assert.Equal(0.25, json.RootElement.GetProperty("variables").GetProperty("n").GetProperty("holds").GetDouble(), 1e-14);
    }

    [Fact]
    public void A_probability_too_small_for_a_number_is_written_as_its_logarithm()
    {
        using var text = new StringWriter();
        ExactText.WriteTables(text, new RunReport { Model = "m", Engine = "exact", Class = "", Summary = new Summary([], IsMonteCarlo: false), MostProbable = new([new("a", 1, "1", false)], -1053.94159) }, hasRows: false);
        Assert.Equal("most probable together\na                       1\nlog probability -1053.9416\n", text.ToString());
    }

    [Fact]
    public void A_category_with_many_labels_has_a_line_with_the_most_probable_first()
    {
        var labels = Enumerable.Range(1, 15).Select(k => $"\"label {k:00}\"");
        var table = Written(Solve($"c: category({string.Join(", ", labels)}) ~ Categorical([0.3, {string.Join(", ", Enumerable.Repeat("0.05", 14))}])"), SummaryForm.Table);
        Assert.StartsWith("c: label 01 0.3000, label 02 0.0500, ", table, StringComparison.Ordinal);
        Assert.EndsWith(", and 5 more\n", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b", "a|b", "")]
    [InlineData("a,b", "", "a,b")]
    [InlineData("z[1,2],w a", "a", "z[1,2],w")]
    [InlineData("x[New York, NY],b", "", "x[New York, NY],b")]
    public void Names_joined_by_a_comma_are_asked_for_together(string words, string single, string joint)
    {
        // In the table of cases a space parts words, but not inside of brackets.
        var parts = System.Text.RegularExpressions.Regex.Split(words, @" (?![^\[]*\])");
        var query = Query.Of(parts);
        Assert.Equal(single, string.Join('|', query.Marginals));
        Assert.Equal(joint, string.Join(' ', query.Joint.Select(g => string.Join(',', g))));
        Assert.Equal(joint.Length > 0, query.IsExact);
    }

    [Fact]
    public void A_comma_in_quotes_is_part_of_a_label() =>
        Assert.Equal(["""x["a],b"]""", "c"], Assert.Single(Query.Of(["""x["a],b"],c"""]).Joint));
}
