using ProbLang.Syntax;
using ProbLang.Tests.Programs;
using ProbLang.Tests.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Corpus;

/// <summary>What must hold for every right program of this folder.</summary>
public class CorpusTests
{
    public static TheoryData<string> Programs => [.. CorpusProgram.Names];

    public static TheoryData<string> Printed => [.. CorpusProgram.With(".program")];

    /// <summary>Those that the gradient engine takes.</summary>
    public static TheoryData<string> Inferred => [.. CorpusProgram.Names.Where(n => new CorpusProgram(n).IsInferred)];

    [Fact]
    public void The_corpus_is_large()
    {
        Assert.True(CorpusProgram.Names.Count() >= 170, $"{CorpusProgram.Names.Count()} programs");
        Assert.True(CorpusProgram.With(".program").Count() >= 30, $"{CorpusProgram.With(".program").Count()} programs with their compiled text");
        Assert.True(Inferred.Count >= 120, $"{Inferred.Count} programs that the gradient engine takes");
    }

    [Theory, MemberData(nameof(Programs))]
    public void What_is_printed_is_read_as_the_same_tree(string name)
    {
        var tree = new CorpusProgram(name).Tree;
        Assert.Equal(TreeText.Of(tree), TreeText.Of(Read(Printer.Print(tree))));
    }

    [Theory, MemberData(nameof(Programs))]
    public void Its_layout_keeps_the_tree_and_is_one(string name)
    {
        var program = new CorpusProgram(name);
        var once = ModelFormatter.Format(program.Text).Text!;
        Assert.Equal(TreeText.Of(program.Tree), TreeText.Of(Read(once)));
        Assert.Equal(once, ModelFormatter.Format(once).Text);
    }

    [Theory, MemberData(nameof(Programs))]
    public void Its_tree_and_its_graph_are_the_texts_beside_it(string name)
    {
        var program = new CorpusProgram(name);
        var model = program.Model;
        program.IsBeside(".syntax", model.PrintSyntax());
        program.IsBeside(".graph", model.PrintGraph());
    }

    [Theory, MemberData(nameof(Programs))]
    public void It_is_inferred_and_drawn_from_or_says_why_not(string name)
    {
        var program = new CorpusProgram(name);
        Problem? problem = null;
        var objections = Objections("infer, sample", () => problem = program.Problem);
        if (problem is not null) objections = Objections("infer", () => problem.Prepare()) + Objections("sample", () => Assert.Equal(3, problem.Sample(3, 1).Count));
        program.IsBeside(".objections", objections);
    }

    [Theory, MemberData(nameof(Printed))]
    public void Its_program_is_the_text_beside_it(string name)
    {
        var program = new CorpusProgram(name);
        program.IsBeside(".program", program.Problem.PrintProgram());
    }

    [Theory, MemberData(nameof(Inferred))]
    public void Its_density_is_that_of_the_graph(string name) => ProgramChecks.Density(new CorpusProgram(name).Problem.Conditioned);

    [Theory, MemberData(nameof(Inferred))]
    public void Its_gradient_is_that_of_finite_differences(string name) => ProgramChecks.Gradient(new CorpusProgram(name).Problem.Conditioned);

    private static ModelFile Read(string text)
    {
        var parsed = Parser.Parse(new SourceText("printed.gm", text));
        Assert.True(parsed.Success, $"{text}\n{string.Join('\n', parsed.Diagnostics)}");
        return parsed.File;
    }

    /// <summary>A line for each reason why something cannot be done.</summary>
    private static string Objections(string what, Action action)
    {
        try
        {
            action();
            return "";
        }
        catch (EngineException objection)
        {
            return Lines(objection.Diagnostics);
        }
        catch (DataException objection)
        {
            return Lines(objection.Diagnostics);
        }

        string Lines(IEnumerable<Diagnostic> diagnostics) => string.Concat(diagnostics.Select(d => $"{what}: {d.Id} {d.Message}\n"));
    }
}
