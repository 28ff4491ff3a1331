namespace ProbLang.FactorGraphs;

/// <summary>Prints known values.</summary>
/// <param name="writer">Where to.</param>
internal sealed class DataPrinter(CSharpWriter writer)
{
    /// <summary>A statement that gives something all values of a variable.</summary>
    /// <param name="left">What stands before the equals sign.</param>
    /// <param name="variable">The variable with its data.</param>
    public void Assign(string left, FactorVariable variable)
    {
        var values = new ValueRows(variable);
        if (variable.Ranges.IsEmpty) writer.Statement($"{left} = {values.Next()};");
        else Write($"{left} = ", values, 0, new int[variable.Ranges.Length], ";");
    }

    private void Write(string before, ValueRows values, int depth, int[] index, string after)
    {
        var (variable, isInnermost) = (values.Variable, depth == values.Variable.Ranges.Length - 1);
        var type = CSharpTypes.Value(variable) + CSharpTypes.Brackets(variable.Ranges.Length - depth);
        var count = FactorCounting.SizeOf(variable.Ranges[depth], variable.Ranges, index);
        if (isInnermost)
        {
            writer.Listed($"{before}new {type}", values.Next(count), after);
            return;
        }
        writer.Line($"{before}new {type}");
        writer.Open();
        for (index[depth] = 0; index[depth] < count; index[depth]++) Write("", values, depth + 1, index, ",");
        writer.Close("}" + after);
    }

    /// <summary>The values of a variable, one after the other.</summary>
    private sealed class ValueRows(FactorVariable variable)
    {
        private readonly int _size = variable.Data!.ItemShape.Aggregate(1, (size, length) => size * length);
        private int _next;

        public FactorVariable Variable => variable;

        public string Next()
        {
            var data = variable.Data!;
            return CSharpLiterals.Item(variable.Domain, data.Numbers.Span.Slice(_next++ * _size, _size), data.ItemShape.AsSpan());
        }

        public string[] Next(int count)
        {
            var items = new string[count];
            for (var i = 0; i < count; i++) items[i] = Next();
            return items;
        }
    }
}
