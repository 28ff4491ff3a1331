using ProbLang.Analysis;
using ProbLang.Networks;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Networks;

/// <summary>What holds of the model of any network.</summary>
public class NetworkLaws
{
    public static TheoryData<int> Chunks => [.. Enumerable.Range(0, 10)];

    [Theory, MemberData(nameof(Chunks))]
    public void The_density_of_a_model_is_the_product_of_the_tables(int chunk)
    {
        for (var seed = 30 * chunk; seed < 30 * (chunk + 1); seed++)
        {
            var random = new Random(seed);
            var network = RandomNetwork.Draw(random);
            var bif = network.Write(random);
            var (text, names) = Import(bif);
            var compilation = Model.Compile(text);
            Assert.True(compilation.Success && compilation.Diagnostics.IsEmpty, $"seed {seed}: {string.Join('\n', compilation.Diagnostics)}\n{bif}\n{text}");
            Assert.Equal(text, ModelFormatter.Format(text).Text);
            if (seed % 10 == 0) Assert.Empty(compilation.Model.Check());
            for (var draw = 0; draw < 5; draw++)
            {
                var states = network.Labels.Select(l => random.Next(l.Length)).ToArray();
                var data = Enumerable.Range(0, states.Length).ToDictionary(i => names[network.Names[i]], i => network.Labels[i][states[i]]);
                var problem = compilation.Model.Condition(Data.Of(data));
                var (expected, density) = (network.LogProbability(states), new Evaluator(problem.Conditioned).LogDensity());
                Assert.True(expected == density || Math.Abs(expected - density) <= 1e-12 * Math.Max(1, Math.Abs(expected)), $"seed {seed}: {density}, not {expected}\n{bif}\n{text}");
            }
        }
    }

    [Fact]
    public void The_manner_of_writing_does_not_matter()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var network = RandomNetwork.Draw(new Random(seed));
            var states = network.Labels.Select(l => new Random(seed).Next(l.Length)).ToArray();
            var first = Bind(network.Write(new Random(2 * seed)));
            var second = Bind(network.Write(new Random(2 * seed + 1)));
            Assert.Equal(first.Variables.Select(v => v.Name).Order(StringComparer.Ordinal), second.Variables.Select(v => v.Name).Order(StringComparer.Ordinal));
            foreach (var variable in first.Variables)
            {
                var other = second.Variables.Single(v => v.Name == variable.Name);
                Assert.Equal(variable.Labels, other.Labels);
                Assert.Equal(variable.Parents.Select(p => first.Variables[p].Name), other.Parents.Select(p => second.Variables[p].Name));
                Assert.Equal(variable.Table, other.Table);
            }
            Assert.Equal(network.Parents.Sum(p => p.Length), first.Arcs);
            Assert.Equal(network.Tables.Sum(t => t.Length * (t[0].Length - 1)), first.FreeParameters);
        }
    }

    [Fact]
    public void Parents_come_first_and_else_the_order_of_the_file_stays()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 12);
            var hidden = Enumerable.Range(0, count).ToArray();
            random.Shuffle(hidden);
            var parents = Enumerable.Range(0, count).Select(i => (IReadOnlyList<int>)[.. Enumerable.Range(0, count).Where(j => hidden[j] < hidden[i] && random.Next(3) == 0)]).ToList();
            var order = NetworkOrder.Of(parents);
            Assert.Equal(Enumerable.Range(0, count), order.Order());
            for (var place = 0; place < count; place++)
            {
                var placed = order[..place];
                Assert.Subset(placed.ToHashSet(), parents[order[place]].ToHashSet());
                Assert.All(Enumerable.Range(0, order[place]), earlier => Assert.True(placed.Contains(earlier) || parents[earlier].Any(p => !placed.Contains(p))));
            }
        }
    }

    private static (string Text, Dictionary<string, string> Names) Import(string bif)
    {
        var imported = BayesianNetwork.Import(bif);
        Assert.True(imported.Text is not null && imported.Diagnostics.IsEmpty, $"{string.Join('\n', imported.Diagnostics)}\n{bif}");
        var names = Bind(bif).Variables.Select(v => v.Name).ToArray();
        return (imported.Text, names.Zip(ModelNames.Of(names)).ToDictionary(p => p.First, p => p.Second));
    }

    private static Network Bind(string bif)
    {
        var (source, diagnostics) = (new SourceText("network.bif", bif), new DiagnosticList());
        var network = NetworkBinder.Bind(BifReader.Read(source, diagnostics), source, diagnostics);
        Assert.True(network is not null, $"{string.Join('\n', diagnostics.InOrder())}\n{bif}");
        return network;
    }
}
