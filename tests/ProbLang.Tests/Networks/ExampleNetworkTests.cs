using System.Runtime.CompilerServices;
using ProbLang.Networks;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Networks;

/// <summary>The networks of examples/networks.</summary>
public class ExampleNetworkTests
{
    private static readonly Dictionary<string, Lazy<Simulation>> s_simulations = Directory.GetFiles(Folder(), "*.gm")
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => new Lazy<Simulation>(() => Model.CompileFile(f).Model.Condition(Data.Empty).Sample(20_000, seed: 7)));

    public static TheoryData<string> Networks => [.. Directory.GetFiles(Folder(), "*.bif").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Networks))]
    public void A_model_is_what_import_makes_of_its_network(string name)
    {
        var path = Path.Combine(Folder(), name);
        var imported = BayesianNetwork.ImportFile(path + ".bif");
        Assert.Empty(imported.Diagnostics);
        Assert.Equal(File.ReadAllText(path + ".gm"), imported.Text);
    }

    [Fact]
    public void Every_model_has_its_network() =>
        Assert.Equal(Networks.Select(n => n.Data).Order(StringComparer.Ordinal), Directory.GetFiles(Folder(), "*.gm").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    /// <summary>As they are published.</summary>
    [Theory]
    [InlineData("asia", 8, 8, 18)]
    [InlineData("burglary", 5, 4, 10)]
    [InlineData("sprinkler", 4, 4, 9)]
    [InlineData("student", 5, 4, 15)]
    [InlineData("alarm", 37, 46, 509)]
    public void A_network_has_as_many_variables_arcs_and_parameters_as_it_should(string name, int variables, int arcs, int parameters)
    {
        var network = Read(name);
        Assert.Equal((variables, arcs, parameters), (network.Variables.Length, network.Arcs, network.FreeParameters));
        Assert.Contains($"| [{name}]({name}.bif) | {variables} | {arcs} | {parameters} |", File.ReadAllText(Path.Combine(Folder(), "README.md")), StringComparison.Ordinal);
    }

    /// <summary>
    /// What is known of them: Asia by exact inference of many programs (bnlearn, pgmpy), the others by hand. A forward draw is a draw from the network, and
    /// so the part of the draws with a label is within four standard errors of its probability.
    /// </summary>
    [Theory]
    [InlineData("asia", "dysp", "yes", 0.4359706)]
    [InlineData("asia", "either", "yes", 0.064828)]
    [InlineData("asia", "lung", "yes", 0.055)]
    [InlineData("asia", "tub", "yes", 0.0104)]
    [InlineData("asia", "bronc", "yes", 0.45)]
    [InlineData("asia", "xray", "yes", 0.11029004)]
    [InlineData("burglary", "Alarm", "true", 0.002516442)]
    [InlineData("burglary", "JohnCalls", "true", 0.0521389757)]
    [InlineData("burglary", "MaryCalls", "true", 0.01173634498)]
    [InlineData("sprinkler", "wet_grass", "true", 0.64739)]
    [InlineData("sprinkler", "rain", "true", 0.5)]
    [InlineData("student", "letter", "strong", 0.502336)]
    [InlineData("student", "grade", "A", 0.362)]
    [InlineData("student", "sat", "high", 0.275)]
    [InlineData("alarm", "HISTORY", "TRUE", 0.0545)]
    [InlineData("alarm", "TPR", "NORMAL", 0.3961)]
    [InlineData("alarm", "VENTMACH", "NORMAL", 0.838)]
    [InlineData("alarm", "PAP", "HIGH", 0.0575)]
    public void Forward_draws_have_the_known_probabilities(string name, string variable, string label, double probability)
    {
        var (simulation, draws) = (s_simulations[name].Value, s_simulations[name].Value.Count);
        var code = 1 + simulation.Layout.Find(variable)!.Levels.IndexOf(label);
        var part = Enumerable.Range(0, draws).Count(d => simulation.Draw(d, variable)[0] == code) / (double)draws;
        Assert.InRange(part, probability - 4 * Math.Sqrt(probability * (1 - probability) / draws), probability + 4 * Math.Sqrt(probability * (1 - probability) / draws));
    }

    /// <summary>Summed over all combinations of labels. What is given stands after the bar, as in the books: P(rain | wet), P(burglary | both call), P(intelligent | a C).</summary>
    [Theory]
    [InlineData("asia", "dysp=yes", "", 0.4359706)]
    [InlineData("asia", "either=yes", "", 0.064828)]
    [InlineData("asia", "xray=yes", "", 0.11029004)]
    [InlineData("sprinkler", "rain=true", "wet_grass=true", 0.70761056)]
    [InlineData("sprinkler", "sprinkler=true", "wet_grass=true", 0.42957105)]
    [InlineData("sprinkler", "cloudy=true", "wet_grass=true", 0.57568081)]
    [InlineData("burglary", "Burglary=true", "JohnCalls=true MaryCalls=true", 0.28417184)]
    [InlineData("burglary", "Alarm=true", "", 0.00251644)]
    [InlineData("student", "letter=strong", "", 0.502336)]
    [InlineData("student", "letter=strong", "intelligence=low", 0.3886)]
    [InlineData("student", "letter=strong", "intelligence=low difficulty=easy", 0.513)]
    [InlineData("student", "intelligence=high", "grade=C", 0.07894737)]
    [InlineData("student", "intelligence=high", "letter=weak grade=C", 0.07894737)]
    public void A_network_gives_the_known_answers(string name, string asked, string given, double probability)
    {
        var network = Read(name);
        var (joint, evidence) = (Sum(network, $"{asked} {given}"), Sum(network, given));
        Assert.Equal(1, Sum(network, ""), 1e-12);
        Assert.Equal(probability, joint / evidence, 1e-8);
    }

    /// <summary>The probability that variables have labels, by the definition of a network.</summary>
    private static double Sum(Network network, string labels)
    {
        var fixedStates = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1]);
        var states = new int[network.Variables.Length];
        return From(0);

        double From(int at)
        {
            if (at == states.Length) return 1;
            var variable = network.Variables[at];
            var row = variable.Parents.Aggregate(0, (place, parent) => place * network.Variables[parent].Labels.Length + states[parent]);
            var sum = 0.0;
            for (states[at] = 0; states[at] < variable.Labels.Length; states[at]++)
                if (fixedStates.GetValueOrDefault(variable.Name, variable.Labels[states[at]]) == variable.Labels[states[at]])
                    sum += variable.Table[row * variable.Labels.Length + states[at]] * From(at + 1);
            return sum;
        }
    }

    private static Network Read(string name)
    {
        var (source, diagnostics) = (new SourceText(name, File.ReadAllText(Path.Combine(Folder(), name + ".bif"))), new DiagnosticList());
        return NetworkBinder.Bind(BifReader.Read(source, diagnostics), source, diagnostics)!;
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../examples/networks");
}
