using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>The compiled likelihood of rows, as training sees it.</summary>
internal sealed class RowObjective(RowProgram program, int rows) : IRowObjective
{
    public int Dimension => program.Coordinates.Dimension;

    public int Rows => rows;

    public int BatchSize => program.BatchSize;

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient) =>
        program.Evaluate(rows, weights, position, gradient);

    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position) => program.Evaluate(rows, weights, position);
}
