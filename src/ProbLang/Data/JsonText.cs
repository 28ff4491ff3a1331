using System.Globalization;
using System.Text.Json;

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

    private static void Write(TextWriter text, DataArray array)
    {
        var cell = 0;
        var labels = array.Texts?.Invoke();
        Dimension(0);

        void Dimension(int d)
        {
            if (d == array.Shape.Length)
            {
                if (array.IsMissing(cell)) text.Write("null");
                else if (labels?[cell] is { } label) WriteString(text, label);
                else text.Write(Number(array.Values[cell]));
                cell++;
                return;
            }
            text.Write('[');
            for (var i = 0; i < array.Shape[d]; i++)
            {
                if (i > 0) text.Write(", ");
                Dimension(d + 1);
            }
            text.Write(']');
        }
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "\"Inf\"" : double.IsNegativeInfinity(value) ? "\"-Inf\"" : value.ToString("R", CultureInfo.InvariantCulture);
}
