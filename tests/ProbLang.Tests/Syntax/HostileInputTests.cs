using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using ProbLang.Binding;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

/// <summary>
/// Files that nobody meant as models. Whatever they are, the answer is diagnostics. PROBLANG_FUZZ=100000 runs that many
/// instead of 5000, PROBLANG_FUZZ_FROM=n starts at another seed.
/// </summary>
public class HostileInputTests
{
    /// <summary>Only to tell a hang; a file takes a few milliseconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly string[] s_corpus = Corpus();

    [Fact]
    public async Task Whatever_a_file_is_the_answer_is_diagnostics()
    {
        var cases = Setting("PROBLANG_FUZZ", 5000);
        var first = Setting("PROBLANG_FUZZ_FROM", 0);
        for (var from = first; from < first + cases; from += 250)
        {
            var (seed, to) = (from, Math.Min(from + 250, first + cases));
            var chunk = Task.Run(() =>
            {
                for (; seed < to; seed++) Check(seed);
            }, TestContext.Current.CancellationToken);
            if (await Task.WhenAny(chunk, Task.Delay(5 * s_patience, TestContext.Current.CancellationToken)) != chunk) Assert.Fail($"seed {seed} does not end:\n{Encoding.UTF8.GetString(Case(seed))}");
            await chunk;
        }
    }

    /// <summary>The corpus itself is what it seems to be, so that its splices reach deep into the binder.</summary>
    [Fact]
    public void Most_of_the_corpus_is_right()
    {
        Assert.True(s_corpus.Length > 30, $"{s_corpus.Length} texts");
        Assert.True(s_corpus.Count(text => Parser.Parse(new SourceText("m.gm", text)).Success) > s_corpus.Length / 2);
    }

    private static void Check(int seed)
    {
        var bytes = Case(seed);
        var clock = Stopwatch.StartNew();
        try
        {
            Answer(bytes);
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}: {e}\n{Encoding.UTF8.GetString(bytes)}");
        }
        Assert.True(clock.Elapsed < s_patience, $"seed {seed} took {clock.Elapsed}:\n{Encoding.UTF8.GetString(bytes)}");
    }

    private static void Answer(byte[] bytes)
    {
        if (SourceReader.Read("m.gm", bytes, out var unreadable) is not { } source)
        {
            Assert.NotNull(unreadable);
            return;
        }
        var parsed = Parser.Parse(source);
        Assert.True(parsed.Diagnostics.Length <= 50);
        foreach (var diagnostic in parsed.Diagnostics) Assert.NotEmpty(diagnostic.ToString());
        if (parsed.Success) Assert.True(Parser.Parse(new SourceText("p.gm", Printer.Print(parsed.File))).Success, "what is printed cannot be read");
        if (!parsed.ReachedTheEnd) return;
        var bound = Binder.Bind(parsed.File, source, parsed.Unread);
        foreach (var diagnostic in bound.Diagnostics) Assert.NotEmpty(diagnostic.ToString());
        Assert.True(bound.Graph is not null || bound.Diagnostics.Any(d => d.Severity == Severity.Error), "there is neither a graph nor a mistake");
        if (parsed.Success && bound.Graph is { } graph) Assert.NotEmpty(GraphPrinter.Print(graph) + " ");
    }

    private static byte[] Case(int seed)
    {
        var random = new Random(seed);
        return random.Next(8) switch
        {
            0 => Noise(random),
            1 => Encoding.UTF8.GetBytes(Words(random)),
            2 => Encoding.UTF8.GetBytes(Truncated(random)),
            3 => Flipped(random),
            4 or 5 => Encoding.UTF8.GetBytes(LinesOf(random)),
            _ => Encoding.UTF8.GetBytes(Spliced(random)),
        };
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 300)];
        random.NextBytes(bytes);
        if (random.Next(3) > 0)
            for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(bytes[i] % 96 + 32);
        return bytes;
    }

    private static string Truncated(Random random)
    {
        var text = Pick(random);
        return text[..random.Next(text.Length + 1)];
    }

    private static string Words(Random random) => string.Join(random.Next(2) == 0 ? " " : "\n", Enumerable.Range(0, random.Next(1, 80)).Select(_ => EbnfSentences.AnyWord(random)));

    private static byte[] Flipped(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Pick(random));
        for (var i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>Lines of several models: names mean other things, and are defined twice or not at all.</summary>
    private static string LinesOf(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(2, 15)).Select(_ =>
    {
        var lines = Pick(random).Split('\n');
        return lines[random.Next(lines.Length)];
    }));

    private static string Spliced(Random random)
    {
        var text = Pick(random);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var other = Pick(random);
            var (place, from) = (random.Next(text.Length + 1), random.Next(other.Length + 1));
            var piece = other.Substring(from, Math.Min(random.Next(30), other.Length - from));
            text = string.Concat(text.AsSpan(0, place), piece, text.AsSpan(Math.Min(text.Length, place + random.Next(20))));
        }
        return text;
    }

    private static string Pick(Random random) => s_corpus[random.Next(s_corpus.Length)];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    /// <summary>The examples, the models of the golden files, the code of the documentation.</summary>
    private static string[] Corpus([CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, "../../..");
        string[] folders = ["examples", "tests/ProbLang.Cli.Tests/Bad"];
        var models = folders.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.gm", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Select(File.ReadAllText);
        var documents = Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Append(Path.Combine(root, "README.md")).Order(StringComparer.Ordinal)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "```gm\n(.*?)```", RegexOptions.Singleline)).Select(match => match.Groups[1].Value);
        return [.. models, .. documents];
    }
}
