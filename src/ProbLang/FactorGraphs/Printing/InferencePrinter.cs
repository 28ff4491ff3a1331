using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>Prints what is around the model: the head of the file, data, the engine and its answers.</summary>
internal sealed class InferencePrinter(CSharpWriter writer, CSharpNames names, VariablePlaces places, FactorGraph graph, FactorAlgorithm algorithm, ElementLabels labels)
{
    private const string Each = """
        // Prints what is believed of each element of an array, by its name in the model.
        static void PrintEach(Array marginals, string[] names)
        {
            var next = 0;
            Each(marginals);

            void Each(Array elements)
            {
                foreach (var element in elements)
                    if (element is Array row) Each(row);
                    else Print(names[next++], element!);
            }
        }
        """;

    private const string EachWithNote = """
        // Prints what is believed of each element of an array, by its name in the model.
        static void PrintEach(Array marginals, string note, string[] names)
        {
            var next = 0;
            Each(marginals);

            void Each(Array elements)
            {
                foreach (var element in elements)
                    if (element is Array row) Each(row);
                    else Print(names[next++], element!, note);
            }
        }
        """;

    private IEnumerable<FactorVariable> RandomlyStarted => graph.Variables.Where(v => v.StartsRandomly && v.Data is null);

    private bool HasRandomStarts => RandomlyStarted.Any();

    private bool HasPrototypes => graph.Variables.Any(v => v.Domain == FactorDomain.Gaussian && places.DefinitionsOf(v).Any(d => d.Operation == FactorOperation.Exp));

    public void Header()
    {
        writer.Comment($"{graph.Name} as a factor graph of Infer.NET, for {InWords}.");
        writer.Comment("It runs as Program.cs of a console project with the package Microsoft.ML.Probabilistic.Compiler.");
        foreach (var name in (string[])["System", "Microsoft.ML.Probabilistic.Algorithms", "Microsoft.ML.Probabilistic.Distributions", "Microsoft.ML.Probabilistic.Math", "Microsoft.ML.Probabilistic.Models"])
            writer.Line($"using {name};");
        if (HasPrototypes) writer.Line("using Microsoft.ML.Probabilistic.Models.Attributes;");
        if (HasRandomStarts) writer.Line("using Microsoft.ML.Probabilistic.Utilities;");
        writer.Line("using Range = Microsoft.ML.Probabilistic.Models.Range;");
        writer.Space();
    }

    public void Data()
    {
        var sizes = graph.Ranges.Where(r => r.IsRagged).Select(r => r.Size.Variable).ToHashSet();
        var given = graph.Variables.Where(v => places[v].IsGivenData && (places.UsesOf(v).Any() || sizes.Contains(v)) && v.Data is not null).ToArray();
        if (given.Length == 0) return;
        writer.Space();
        writer.Comment("The data.");
        var printer = new DataPrinter(writer);
        foreach (var variable in given) printer.Assign($"{names[variable.Name]}.ObservedValue", variable);
    }

    public void RandomStarts(ulong seed)
    {
        if (!HasRandomStarts && algorithm != FactorAlgorithm.GibbsSampling) return;
        writer.Space();
        if (HasRandomStarts) writer.Comment("What starts alike would stay alike, so these start at random.");
        writer.Line(string.Create(CultureInfo.InvariantCulture, $"Rand.Restart({(int)(seed & int.MaxValue)});"));
        foreach (var variable in RandomlyStarted) new RandomStart(names, places, variable).Print(writer);
    }

    public void Engine(int? iterations)
    {
        writer.Space();
        var isSampler = algorithm == FactorAlgorithm.GibbsSampling;
        var count = iterations ?? (isSampler ? 20000 : 200);
        var options = isSampler ? string.Create(CultureInfo.InvariantCulture, $" {{ BurnIn = {count / 10}, Thin = 1 }}") : "()";
        writer.Line($"var engine = new InferenceEngine(new {algorithm}{options})");
        writer.Open();
        writer.Line(string.Create(CultureInfo.InvariantCulture, $"NumberOfIterations = {count},"));
        writer.Line("ShowProgress = false,");
        if (!graph.Queries.IsEmpty) writer.Listed("OptimiseForVariables = new IVariable[]", [.. graph.Queries.Select(q => names[q.Name])], ",");
        writer.Close("};");
        writer.Line("engine.Compiler.WriteSourceFiles = false;");
    }

    public void Queries()
    {
        writer.Space();
        foreach (var query in graph.Queries) Query(query);
        if (graph.Queries.IsEmpty) return;
        var hasOffsets = graph.Queries.Any(q => q.Lowest != 0);
        writer.Space();
        writer.Comment("Prints what is believed of a variable, or of each element of an array.");
        writer.Line($"static void Print(string name, object marginal{(hasOffsets ? ", string note = \"\"" : "")})");
        writer.Open();
        writer.Line("if (marginal is Array elements)");
        writer.Line($"    for (var i = 0; i < elements.Length; i++) Print($\"{{name}}[{{i + 1}}]\", elements.GetValue(i)!{(hasOffsets ? ", note" : "")});");
        writer.Line("else");
        writer.Line($"    Console.WriteLine($\"{{name}}: {{marginal}}{(hasOffsets ? "{note}" : "")}\");");
        writer.Close();
        if (graph.Queries.Any(q => !q.Ranges.IsEmpty && labels.Of(q) is not null)) Function(hasOffsets ? EachWithNote : Each);
    }

    private void Query(FactorVariable query)
    {
        var marginal = $"engine.Infer<{Marginal(query)}>({names[query.Name]}){Offset(query)}";
        if (labels.Of(query) is not { } texts) writer.Line($"Print(\"{query.Name}\", {marginal});");
        else if (query.Ranges.IsEmpty) writer.Line($"Print({texts[0]}, {marginal});");
        else writer.Listed($"PrintEach({marginal}{(Offset(query).Length == 0 && graph.Queries.Any(q => q.Lowest != 0) ? ", \"\"" : "")}, new string[]", texts, ");");
    }

    private void Function(string text)
    {
        writer.Space();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n')) writer.Line(line);
    }

    private string InWords => algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => "expectation propagation",
        FactorAlgorithm.VariationalMessagePassing => "variational message passing",
        _ => "Gibbs sampling",
    };

    private string Marginal(FactorVariable query) => CSharpTypes.Marginal(query, places.DefinitionsOf(query)) + CSharpTypes.Brackets(query.Ranges);

    private static string Offset(FactorVariable query) =>
        query.Lowest == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", \" from {query.Lowest} on\"");
}
