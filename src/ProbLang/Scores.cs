using System.Collections.Immutable;

namespace ProbLang;

/// <summary>The log density of data under a model whose parameters are known, in nats.</summary>
/// <param name="Total">Of all data together.</param>
/// <param name="Rows">Of each row; empty where the density is not a product over rows.</param>
/// <param name="RowNames">What the rows are called, as many.</param>
/// <param name="RowName">The index of the plate that the rows are of; null where each observed draw is one.</param>
public sealed record Scores(double Total, ImmutableArray<double> Rows, ImmutableArray<string> RowNames, string? RowName);
