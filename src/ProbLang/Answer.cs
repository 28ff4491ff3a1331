using System.Collections.Immutable;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What an answer rests on.</summary>
public enum AnswerBasis
{
    /// <summary>Nothing: there is no answer, and the diagnostics say why.</summary>
    None,

    /// <summary>The data alone: it is a value.</summary>
    Known,

    /// <summary>Sums and integrals in closed form.</summary>
    Exact,

    /// <summary>Draws of the sampler, or forward draws where nothing is observed.</summary>
    Draws,

    /// <summary>Messages that were passed on a factor graph.</summary>
    Messages,
}

/// <summary>The answer of a session to a question: an element for a number, as many as there are for an array.</summary>
public sealed record Answer
{
    /// <summary>What the question is about.</summary>
    public required QuestionKind Kind { get; init; }

    /// <summary>The question, as it was written.</summary>
    public required string Question { get; init; }

    /// <summary>Why there is no answer, with places in the question; or what is worth a look.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What it rests on.</summary>
    public AnswerBasis Basis { get; init; }

    /// <summary>Whether there is an answer.</summary>
    public bool Success => Basis != AnswerBasis.None;

    /// <summary>The sizes of what was asked for; empty for a number.</summary>
    public ImmutableArray<int> Shape { get; init; } = [];

    /// <summary>The answer for each element, row-major.</summary>
    public ImmutableArray<AnswerElement> Elements { get; init; } = [];

    /// <summary>The engine: <c>exact</c>, <c>nuts</c>, <c>ep</c>; empty for what is known.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The number of draws that it rests on, and of how many: fewer where conditions were met by leaving out draws. Null where it rests on none.</summary>
    public (int Used, int Of)? Draws { get; init; }

    /// <summary>Whether nothing is observed, so that draws are those of the prior.</summary>
    public bool IsPrior { get; init; }

    /// <summary>What the run says about itself, where it is not to be trusted; else null.</summary>
    public Verdict? Distrust { get; init; }

    /// <summary>Where something infinite was cut off and the like, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The answer as a number: of the first element.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public double Value => Elements is [var first, ..] ? first.Value : throw new InvalidOperationException("There is no answer; see Diagnostics.");

    /// <summary>The answer as text, in lines; empty where there is none.</summary>
    /// <param name="width">How many characters a line holds.</param>
    /// <param name="isAscii">Whether pictures are drawn without block characters.</param>
    public string ToText(int width = 80, bool isAscii = false) => Success ? new AnswerText(this, width, isAscii).Text() : "";
}

/// <summary>The answer for one element.</summary>
public sealed record AnswerElement
{
    /// <summary>The index of the element, such as <c>[3]</c>; empty for a number.</summary>
    public required string Index { get; init; }

    /// <summary>What was asked for: the probability, the mean; of a distribution, its mean. NaN where labels have none.</summary>
    public required double Value { get; init; }

    /// <summary>The Monte Carlo standard error of <see cref="Value"/>; NaN where there is none, or too few draws tell.</summary>
    public double Error { get; init; } = double.NaN;

    /// <summary>What is known of the element: mean, standard deviation, quantiles, probabilities.</summary>
    public required SummaryRow Summary { get; init; }

    /// <summary>Its distribution, where it is known without draws; else null.</summary>
    public Marginal? Marginal { get; init; }

    /// <summary>The draws that the answer rests on, chain after chain; empty where it rests on none.</summary>
    public ImmutableArray<double> Draws { get; init; } = [];

    /// <summary>Its distribution as something to draw.</summary>
    public PicturedDistribution Picture => Marginal is { } marginal ? PicturedDistribution.Of(marginal, Summary.TextOf) : PicturedDistribution.Of(Draws.AsSpan(), !Summary.Probabilities.IsEmpty, Summary.TextOf);

    /// <summary>The value is known.</summary>
    public bool IsKnown => Marginal is PointMarginal;
}
