using Microsoft.CodeAnalysis;

namespace ProbLang.Packages.Tests.Generator;

/// <summary>Mistakes are said where they are, by the build.</summary>
public class GeneratorMessageTests
{
    private const string Right = "x ~ Normal(0, 1)";

    [Theory]
    [InlineData("[ProbLang.GmModel(\"cons.gm\")] public partial class C { }", "GM0790", "There is no model `cons.gm` beside this file or in the folder of the project, among the .gm files that the build knows (AdditionalFiles)", "(1,2)")]
    [InlineData("[ProbLang.GmModel(\"Coins.gm\")] public partial class C { }", "GM0790", "There is no model `Coins.gm` beside this file or in the folder of the project: did you mean `coins.gm`?", "(1,2)")]
    [InlineData("[ProbLang.GmModel(\"coins.gm\")] public class C { }", "GM0791", "`C` has to be declared `partial` for a model to be put into it", "(1,45)")]
    [InlineData("public partial class Outer { [ProbLang.GmModel(\"coins.gm\")] public partial class C { } }", "GM0792", "`C` cannot have a model inside of `Outer`: put it at the top level of its namespace", "(1,82)")]
    [InlineData("[ProbLang.GmModel(\"coins.gm\")] public partial class C<T> { }", "GM0793", "`C` cannot have a model and type parameters", "(1,53)")]
    [InlineData("[ProbLang.GmModel(\"coins.gm\")] public partial class Posterior { }", "GM0794", "`Posterior` is what a member of the class will be called: give the class another name", "(1,53)")]
    [InlineData("[ProbLang.GmModel(\"\")] public partial class C { }", "GM0795", "The attribute names no file: write the model's, such as `[GmModel(\"coins.gm\")]`", "(1,2)")]
    public void A_mistake_with_the_attribute_is_shown_where_it_is(string source, string id, string text, string place)
    {
        var message = Assert.Single(GeneratedProject.Of(source, ("/project/coins.gm", Right)).Messages);
        Assert.Equal((id, DiagnosticSeverity.Error, text), (message.Id, message.Severity, message.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal($"/project/Coins.cs{place}", Start(message));
    }

    [Fact]
    public void Two_models_for_one_class_are_a_mistake_that_the_compiler_reports()
    {
        var project = GeneratedProject.Of("[ProbLang.GmModel(\"coins.gm\")] public partial class C { } [ProbLang.GmModel(\"coins.gm\")] public partial class C { }", ("/project/coins.gm", Right));
        Assert.Empty(project.Messages);
        Assert.Contains(project.Complaints, c => c.Contains("CS0579", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_in_a_model_is_an_error_at_its_line_and_column_with_its_remedy()
    {
        var message = Assert.Single(GeneratedProject.OfModel("sigma ~ HalfNormal(1)\n\n  y ~ Normal(0, sigme)").Messages);
        Assert.Equal(("GM0201", DiagnosticSeverity.Error, "/project/coins.gm(3,17)"), (message.Id, message.Severity, Start(message)));
        Assert.Equal(5, message.Location.GetLineSpan().EndLinePosition.Character - message.Location.GetLineSpan().StartLinePosition.Character);
        Assert.Contains("did you mean `sigma`?", message.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Several_mistakes_come_in_one_build() =>
        Assert.Equal(["/project/coins.gm(1,12)", "/project/coins.gm(2,5)"], GeneratedProject.OfModel("x ~ Normal(nu, 1)\ny = exq(1)").Messages.Select(Start));

    [Fact]
    public void What_constants_decide_is_found_too() =>
        Assert.Equal("/project/coins.gm(2,7)", Start(Assert.Single(GeneratedProject.OfModel("a = [1, 2]\nb = a[3]\nx ~ Normal(b, 1)").Messages)));

    [Fact]
    public void A_warning_of_a_model_is_a_warning_and_the_class_is_made()
    {
        var project = GeneratedProject.OfModel("input unused: real\nx ~ Normal(0, 1)");
        var message = Assert.Single(project.Messages);
        Assert.Equal(("GM0214", DiagnosticSeverity.Warning, "/project/coins.gm(1,7)"), (message.Id, message.DefaultSeverity, Start(message)));
        Assert.Contains("partial class Coins", project.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_an_imported_file_is_shown_there()
    {
        var project = GeneratedProject.Of("[ProbLang.GmModel(\"coins.gm\")] public partial class C { }", ("/project/coins.gm", "import \"lib/f.gm\"\nx ~ Normal(f(1), 1)"), ("/project/lib/f.gm", "// first\ndef f(x) = x + + * 2"));
        Assert.StartsWith("/project/lib/f.gm(2,", Start(Assert.Single(project.Messages)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_that_is_not_among_the_files_is_a_mistake_at_the_import() =>
        Assert.Equal("/project/coins.gm(1,8)", Start(Assert.Single(GeneratedProject.OfModel("import \"f.gm\"\nx ~ Normal(0, 1)").Messages)));

    private static string Start(Diagnostic message)
    {
        var place = message.Location.GetLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})";
    }
}
