using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Bench.Cancelling;

/// <summary>What reads and writes files, and scores new rows by a posterior that was saved.</summary>
internal static class FileKinds
{
    public static IEnumerable<(string Name, Func<Action<CancellationToken>> Prepare)> Of(Files files) =>
    [
        ("read, 200 MB of CSV", () =>
        {
            var path = files.Csv;
            return token => Data.Load(path, token);
        }),
        ("read, 200 MB of JSON", () =>
        {
            var path = files.Json;
            return token => Data.Load(path, token);
        }),
        ("save, a posterior of 4 million numbers", () =>
        {
            var (posterior, folder) = (files.Posterior, files.Fresh());
            return token => posterior.Save(folder, "1", "bench", token);
        }),
        ("load, a posterior of 4 million numbers", () =>
        {
            var folder = files.Saved;
            return token => SavedPosterior.Load(folder, null, token);
        }),
        ("score, 100 000 new rows", () =>
        {
            var (scorer, rows) = (files.Scorer, InferenceKinds.Rows(100_000));
            return token => scorer.ScoreAll(rows, token);
        }),
        ("predict, a row by a million draws", () =>
        {
            var scorer = files.Scorer;
            return token => scorer.Predict(new { x = Enumerable.Repeat(0.1, 20).ToArray() }, 1_000_000, 1, token);
        }),
    ];
}

/// <summary>Large files, each made when it is first asked for, and gone afterwards.</summary>
internal sealed class Files : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("problang-cancel-").FullName;
    private readonly Lazy<string> _csv;
    private readonly Lazy<string> _json;
    private readonly Lazy<SampledPosterior> _posterior;
    private readonly Lazy<string> _saved;
    private readonly Lazy<Scorer> _scorer;
    private int _fresh;

    public Files()
    {
        _csv = new(() => Write("rows.csv", ["a,b,c,d\n", .. Repeated(5_600_000, "0.5123456,1.23456,3.25,17.1234567\n")]));
        _json = new(() => Write("rows.json", ["{\"x\": [", .. Repeated(20_000_000, "0.5123456, "), "1]}"]));
        _posterior = new(() => Model.Compile("for i in 1..500 { x[i] ~ Normal(0, 1)\n y[i] ~ Normal(x[i], 1)\n given y[i] = i / 500 }").Model.Condition(Data.Empty).Infer(new Nuts { Seed = 1, Draws = 2000, Warmup = 100 }));
        _saved = new(() =>
        {
            var folder = Path.Combine(_folder, "saved");
            Posterior.Save(folder, "1", "bench");
            return folder;
        });
        _scorer = new(() =>
        {
            var scorer = Model.Compile("input n: count\ninput x[n, 20]: real\nfor k in 1..20 { b[k] ~ Normal(0, 1) }\nfor i in 1..n { y[i] ~ Bernoulli(logit: dot(x[i], b)) }").Model
                .Condition(InferenceKinds.Rows(200)).Infer(new Nuts { Seed = 1, Draws = 500, Warmup = 200 }).Scorer();
            scorer.Prepare();
            return scorer;
        });
    }

    public string Csv => _csv.Value;

    public string Json => _json.Value;

    public SampledPosterior Posterior => _posterior.Value;

    public string Saved => _saved.Value;

    public Scorer Scorer => _scorer.Value;

    /// <summary>A folder that is not there yet.</summary>
    public string Fresh() => Path.Combine(_folder, (++_fresh).ToString(CultureInfo.InvariantCulture));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Repeated(int count, string text) => Enumerable.Repeat(string.Concat(Enumerable.Repeat(text, 1000)), count / 1000);

    private string Write(string name, IEnumerable<string> parts)
    {
        var path = Path.Combine(_folder, name);
        using var text = new StreamWriter(path);
        foreach (var part in parts) text.Write(part);
        return path;
    }
}
