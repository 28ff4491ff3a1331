using ProbLang.Tests.Programs;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>The programs of the models here and of the examples, on their own data: what <c>ProgramLaws</c> holds for small cases.</summary>
public class ProgramTests
{
    private const double MostSettings = 10_000;

    public static TheoryData<string, string> References => [.. ReferenceTests.Models.Select(m => (m.Posterior, m.Model))];

    /// <summary>Those to infer, in a folder of their own name; those to learn are in folders by theme.</summary>
    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "examples")).Where(d => File.Exists(Path.Combine(d, Path.GetFileName(d) + ".gm"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(References))]
    public void A_reference_model_has_the_density_and_the_gradient_of_its_graph(string posterior, string model) =>
        Check(Inferring.File(model).Condition(SharedPosteriors.Data(posterior)));

    [Theory, MemberData(nameof(Examples))]
    public void An_example_has_the_density_and_the_gradient_of_its_graph(string example)
    {
        var folder = Path.Combine(Repository.Root, "examples", example);
        var data = Directory.GetFiles(folder).Single(f => !f.EndsWith(".gm", StringComparison.Ordinal));
        Check(Model.CompileFile(Path.Combine(folder, example + ".gm")).Model.Condition(Data.Load(data, TestContext.Current.CancellationToken)));
    }

    private static void Check(Problem problem)
    {
        ProgramChecks.Gradient(problem.Conditioned);
        ProgramChecks.Emission(problem.Conditioned);
        // The sum over all that discrete unknowns may be together is taken only where they are few.
        if (ProgramChecks.Settings(problem.Conditioned) <= MostSettings) ProgramChecks.Density(problem.Conditioned);
    }
}
