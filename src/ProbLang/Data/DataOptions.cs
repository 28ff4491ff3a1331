using ProbLang.Syntax;

namespace ProbLang;

/// <summary>How values of a program become data.</summary>
public sealed record DataOptions
{
    /// <summary>
    /// What a property, a key or a column is called in the model; null leaves it out. It goes before <see cref="GmNameAttribute"/>, and what it gives is taken as it stands. Null, which is the default: names as they
    /// are, those of properties and of columns that begin with a capital also without regard to case and underscores, so that <c>ExamScore</c> gives <c>exam_score</c>.
    /// </summary>
    public Func<string, string?>? Name { get; init; }

    /// <summary>
    /// The input of the model that is the number of rows (<see cref="Model.RowSize"/> knows it): it is given with them, so that a model takes also rows that are none. Null, which is the default: no input is given, and
    /// the length of the columns tells the size. A name that the model, or an object given to <see cref="Data.Of(object, DataOptions?)"/>, does not have is an <see cref="ArgumentException"/>.
    /// </summary>
    public string? RowSize { get; init; }

    /// <summary>In normal form, as names of data are.</summary>
    internal string? RowSizeName => RowSize is null ? null : Nfkc.Normalize(RowSize);

    /// <summary>Whether NaN is a missing value, as null always is. Default: NaN is refused.</summary>
    public bool NaNIsMissing { get; init; }
}
