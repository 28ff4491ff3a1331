using System.Globalization;
using System.Text.Json;
using ProbLang.Limits;

namespace ProbLang.Datasets;

/// <summary>Writes arrays as the JSON that <see cref="JsonData"/> reads.</summary>
internal static class JsonText
{
    /// <summary>An object with a value by each name.</summary>
    public static void Write(TextWriter text, IEnumerable<DataArray> arrays)
    {
        text.Write('{');
        var separator = "\n  ";
        foreach (var array in arrays)
        {
            text.Write(separator);
            WriteString(text, array.Name);
            text.Write(": ");
            Write(text, array);
            separator = ",\n  ";
        }
        text.Write("\n}");
    }

    public static void WriteString(TextWriter text, string value)
    {
        text.Write('"');
        text.Write(JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
        text.Write('"');
    }

    /// <summary>A number, a text, or an array by rows.</summary>
    public static void Write(TextWriter text, DataArray array)
    {
        var labels = array.Texts?.Invoke();
        var looks = new Ticker();
        Dimension(0, 0);

        void Dimension(int d, int at)
        {
            if (d == array.Shape.Length)
            {
                looks.Tick();
                if (array.IsMissing(at)) text.Write("null");
                else if (labels?[at] is { } label) WriteString(text, label);
                else text.Write(Number(array.Values[at]));
                return;
            }
            text.Write('[');
            var length = array.Rows is { } rows ? rows[d, at] : array.Shape[d];
            for (var i = 0; i < length; i++)
            {
                if (i > 0) text.Write(", ");
                Dimension(d + 1, at * array.Shape[d] + i);
            }
            text.Write(']');
        }
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "\"Inf\"" : double.IsNegativeInfinity(value) ? "\"-Inf\"" : value.ToString("R", CultureInfo.InvariantCulture);
}
