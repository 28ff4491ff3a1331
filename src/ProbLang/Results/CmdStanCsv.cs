using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>A chain as a file in CmdStan's layout, which ArviZ and posterior read: settings as comments, then a line a draw.</summary>
internal static class CmdStanCsv
{
    private static readonly string[] s_statistics = ["lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__"];

    /// <summary>Writes one chain.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="layout">What the chain's outputs are.</param>
    /// <param name="draws">Its draws.</param>
    /// <param name="chain">The chain, from 1.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="warmup">How many warm-up iterations there were; none of them is written.</param>
    public static void Write(TextWriter writer, OutputLayout layout, ChainDraws draws, int chain, string model, ulong seed, int warmup)
    {
        writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"# model = {OneLine(model)}\n# method = sample\n#   sample\n#     num_samples = {draws.Count}\n#     num_warmup = {warmup}\n#     save_warmup = 0\n#     thin = 1\n# id = {chain}\n# random\n#   seed = {seed}\n"));
        var columns = Columns(layout);
        foreach (var (at, name) in Header(layout).Index())
        {
            if (at > 0) writer.Write(',');
            writer.Write(name);
        }
        writer.Write('\n');
        Span<char> buffer = stackalloc char[32];
        var numbers = new Ticker();
        for (var draw = 0; draw < draws.Count; draw++)
        {
            var separator = false;
            foreach (var value in draws.Statistics(draw)) Number(writer, value, buffer, ref separator);
            var values = draws.Draw(draw);
            foreach (var column in columns)
            {
                numbers.Tick();
                Number(writer, values[column], buffer, ref separator);
            }
            writer.Write('\n');
        }
    }

    /// <summary>Reads one chain, as it was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">What the chain's outputs are.</param>
    /// <param name="draws">How many draws were written.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not there, or not what was written.</exception>
    /// <exception cref="ResourceLimitException">The draws need more memory than the limits allow.</exception>
    internal static ChainDraws Read(string path, OutputLayout layout, int draws)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"`{path}` is not there");
        return new CmdStanChain(path, layout, draws).Read();
    }

    /// <summary>The names of the columns.</summary>
    internal static IEnumerable<string> Header(OutputLayout layout) => s_statistics.Concat(layout.Variables.SelectMany(v => v.ColumnMajor().Select(v.CmdStanName)));

    /// <summary>A number as it is written; null where the text is none.</summary>
    internal static double? Number(ReadOnlySpan<char> text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    /// <summary>The places of the outputs in the order in which they are written.</summary>
    internal static ImmutableArray<int> Columns(OutputLayout layout)
    {
        var columns = ImmutableArray.CreateBuilder<int>(layout.Count);
        foreach (var variable in layout.Variables)
        {
            foreach (var element in variable.ColumnMajor()) columns.Add(variable.Offset + element);
        }
        return columns.MoveToImmutable();
    }

    private static void Number(TextWriter writer, double value, Span<char> buffer, ref bool separator)
    {
        if (separator) writer.Write(',');
        separator = true;
        if (!double.IsFinite(value)) writer.Write(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        else if (value.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture)) writer.Write(buffer[..length]);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
