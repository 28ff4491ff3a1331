using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbLang.Syntax;
using ProbLang.Syntax.Formatting;
using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>
/// Writes a network as a model: a statement for each variable, a category with the labels of the file, and its table indexed by the parents. Two labels make
/// no truth value: evidence and results keep the words of the file.
/// </summary>
internal sealed class ModelText
{
    private readonly Network _network;
    private readonly string[] _names;
    private readonly bool _hasRemarks;
    private readonly StringBuilder _text = new();

    private ModelText(Network network, bool hasRemarks)
    {
        (_network, _hasRemarks) = (network, hasRemarks);
        _names = ModelNames.Of([.. network.Variables.Select(v => v.Name)]);
    }

    /// <summary>The model in its one layout, or null where it would be too long for one. Remarks on the rows of large tables go first.</summary>
    public static string? Of(Network network) => Of(network, hasRemarks: true) ?? Of(network, hasRemarks: false);

    private static string? Of(Network network, bool hasRemarks)
    {
        var writer = new ModelText(network, hasRemarks);
        writer.WriteAll();
        if (writer.IsTooLong) return null;
        var text = Formatter.Format(new SourceText("model.gm", writer._text.ToString()), out var mistakes)
            ?? throw new UnreachableException($"an imported network is no model: {mistakes[0]}");
        return Encoding.UTF8.GetByteCount(text) <= SourceReader.MaximumBytes ? text : null;
    }

    private bool IsTooLong => _text.Length > SourceReader.MaximumBytes;

    private void WriteAll()
    {
        WriteDocumentation();
        for (var i = 0; i < _names.Length && !IsTooLong; i++)
        {
            var variable = _network.Variables[i];
            if (_names[i] != variable.Name) _text.Append(CultureInfo.InvariantCulture, $"/// `{variable.Name}` in the network.\n");
            var head = $"{_names[i]}: category({string.Join(", ", variable.Labels.Select(Literals.Quote))}) ~ Categorical(";
            var index = variable.Parents.IsEmpty ? ")\n" : $"[{string.Join(", ", variable.Parents.Select(p => _names[p]))}])\n";
            _text.Append(head);
            WriteTable(variable, hasRemarks: _hasRemarks && head.Length + index.Length + LengthOf(variable) > LayoutWriter.Width);
            _text.Append(index);
        }
    }

    private void WriteDocumentation()
    {
        var name = _network.Name is null || _network.Name.Equals("unknown", StringComparison.OrdinalIgnoreCase) ? "" : $" {OneLine(_network.Name)}";
        _text.Append(CultureInfo.InvariantCulture, $"/// The Bayesian network{name}: {Count(_network.Variables.Length, "variable")}, {Count(_network.Arcs, "arc")}, {Count(_network.FreeParameters, "free parameter")}.\n");
        foreach (var property in _network.Properties.Where(p => p.Length > 0)) _text.Append(CultureInfo.InvariantCulture, $"/// {Property(property)}\n");
        _text.Append('\n');
    }

    /// <summary>Nested lists, one within another for each parent; in a long table a remark names the labels of each row.</summary>
    private void WriteTable(NetworkVariable variable, bool hasRemarks)
    {
        var sizes = variable.Parents.Select(p => _network.Variables[p].Labels.Length).ToArray();
        var labels = new string[sizes.Length];
        Write(0, 0);

        void Write(int depth, int place)
        {
            var isRow = depth == sizes.Length;
            var count = isRow ? variable.Labels.Length : sizes[depth];
            _text.Append('[');
            for (var i = 0; i < count && !IsTooLong; i++)
            {
                if (isRow) _text.Append(Literals.Write(variable.Table[place * count + i]));
                else
                {
                    labels[depth] = _network.Variables[variable.Parents[depth]].Labels[i];
                    Write(depth + 1, place * count + i);
                }
                if (i < count - 1) _text.Append(", ");
                if (hasRemarks && depth == Math.Max(0, sizes.Length - 1)) Remark(sizes.Length == 0 ? [variable.Labels[i]] : labels);
            }
            _text.Append(']');
        }
    }

    private void Remark(string[] labels) => _text.Append("// ").AppendJoin(", ", labels.Select(Readable)).Append('\n');

    /// <summary>A label that could be taken for two stands in quotes.</summary>
    private static string Readable(string label) => label.AsSpan().ContainsAny(',', '"', ' ') ? Literals.Quote(label) : label;

    private int LengthOf(NetworkVariable variable)
    {
        var (start, length) = (_text.Length, 0);
        WriteTable(variable, hasRemarks: false);
        (length, _text.Length) = (_text.Length - start, start);
        return length;
    }

    private static string Count(int count, string what) => $"{count.ToString(CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>A word and a text in quotes become a sentence; any other form stays, as programs have forms of their own.</summary>
    private static string Property(string property)
    {
        var line = OneLine(property);
        if (line is ['"', .. var whole, '"'] && !whole.Contains('"')) return whole;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && line[(space + 1)..] is ['"', .. var text, '"'] && !text.Contains('"') && Characters.IsName(line[..space]) ? $"{line[..space]}: {text}" : line;
    }

    /// <summary>Text in one line, without what cannot be seen.</summary>
    private static string OneLine(string text)
    {
        var seen = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsWhiteSpace(rune)) seen.Append(seen.Length > 0 && seen[^1] == ' ' ? "" : " ");
            else if (!Characters.IsInvisible(rune)) seen.Append(rune);
        return seen.ToString().Trim();
    }
}
