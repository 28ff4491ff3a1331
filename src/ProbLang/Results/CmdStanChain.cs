using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>Reads a chain that <see cref="CmdStanCsv"/> has written, and tells where it is not what was written.</summary>
/// <param name="path">The file.</param>
/// <param name="layout">What the chain's outputs are.</param>
/// <param name="draws">How many draws were written.</param>
internal sealed class CmdStanChain(string path, OutputLayout layout, int draws)
{
    private readonly ImmutableArray<int> _columns = CmdStanCsv.Columns(layout);
    private double[] _values = [];
    private double[] _statistics = [];
    private int _count;
    private int _line;

    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public ChainDraws Read()
    {
        Begin();
        var (isPastHeader, numbers) = (false, new Ticker());
        foreach (var line in File.ReadLines(path))
        {
            _line++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (isPastHeader) Add(line, ref numbers);
            else if (line != string.Join(',', CmdStanCsv.Header(layout))) throw Mistake("has other columns than the model reports");
            isPastHeader = true;
        }
        if (!isPastHeader) throw Mistake("ends before its header");
        if (!EndsWithLine()) throw Mistake("is cut off");
        if (_count < draws) throw Mistake(FormattableString.Invariant($"ends after {_count} of the {draws} draws that were written"));
        return new ChainDraws(layout.Count, _count, _values, _statistics);
    }

    /// <summary>A number takes two characters or more.</summary>
    private void Begin()
    {
        var width = _columns.Length + ChainDraws.StatisticCount;
        if (draws < 0 || 2.0 * draws * width > new FileInfo(path).Length) throw new InvalidDataException(FormattableString.Invariant($"`{path}` is too short for the {draws} draws that were written"));
        DrawMemory.Take((double)draws * Math.Max(_columns.Length, ChainDraws.StatisticCount), (double)draws * width * sizeof(double), "draws");
        (_values, _statistics) = (new double[draws * _columns.Length], new double[draws * ChainDraws.StatisticCount]);
    }

    private void Add(string line, ref Ticker numbers)
    {
        if (_count == draws) throw Mistake(FormattableString.Invariant($"has more than the {draws} draws that were written"));
        var values = _values.AsSpan(_count * _columns.Length, _columns.Length);
        var statistics = _statistics.AsSpan(_count * ChainDraws.StatisticCount, ChainDraws.StatisticCount);
        var column = 0;
        foreach (var part in line.AsSpan().Split(','))
        {
            numbers.Tick();
            if (column >= statistics.Length + values.Length || CmdStanCsv.Number(line.AsSpan(part)) is not { } value) throw OfAnotherForm();
            if (column < statistics.Length) statistics[column] = value;
            else values[_columns[column - statistics.Length]] = value;
            column++;
        }
        if (column != statistics.Length + values.Length) throw OfAnotherForm();
        _count++;
    }

    /// <summary>A number that is cut off within is another number.</summary>
    private bool EndsWithLine()
    {
        using var file = File.OpenRead(path);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    private InvalidDataException OfAnotherForm() => Mistake(FormattableString.Invariant($"has a line of another form after {_count} draws"));

    private InvalidDataException Mistake(string what) => new(string.Create(CultureInfo.InvariantCulture, $"`{path}` {what}, in line {_line}"));
}
