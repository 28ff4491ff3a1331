namespace ProbLang.Inference;

/// <summary>
/// What training knows of a model: the log likelihood of rows, each times its weight, which is to be maximised. A batch always
/// has the same number of rows; what is missing to it is filled up with rows of weight 0.
/// </summary>
internal interface IRowObjective
{
    int Dimension { get; }

    int Rows { get; }

    int BatchSize { get; }

    /// <summary>Σ weight × log likelihood; overwrites the gradient. Rows count from 0.</summary>
    double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient);

    /// <summary>The same without the gradient.</summary>
    double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position);
}
