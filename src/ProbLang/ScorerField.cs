using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang;

/// <summary>What a row gives under one name.</summary>
public sealed class ScorerField
{
    private readonly bool _lowerIsOpen;

    internal ScorerField(RowVariable variable)
    {
        Variable = variable;
        (Name, Offset, Shape, IsOutcome) = (variable.Variable.Name, variable.Offset, [.. variable.Shape], variable.IsDrawn);
        (Lower, Upper, _lowerIsOpen) = (variable.Lower, variable.Upper, variable.Variable.LowerIsOpen);
        Levels = variable.Levels.IsDefault ? [] : variable.Levels;
        (IsBoolean, IsWhole) = (variable.Variable.Type == ElementType.Boolean, variable.Variable.Type != ElementType.Real);
    }

    internal RowVariable Variable { get; }

    /// <summary>The name in the model.</summary>
    public string Name { get; }

    /// <summary>The place of its first element among the numbers of a row.</summary>
    public int Offset { get; }

    /// <summary>The sizes of what one row has; empty for a single number.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>How many numbers of a row it is.</summary>
    public int Count => Variable.Size;

    /// <summary>Whether the model draws it: then it may be missing, to be predicted. What is none must be given.</summary>
    public bool IsOutcome { get; }

    /// <summary>Whether its values are true and false, as 1 and 0.</summary>
    public bool IsBoolean { get; }

    /// <summary>Whether its values are whole numbers; those of a category are the places of the labels, from 1.</summary>
    public bool IsWhole { get; }

    /// <summary>The labels of a category; empty where it has numbers.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <summary>The least value that the declared type allows; -infinity where there is none.</summary>
    public double Lower { get; }

    /// <summary>The greatest value that the declared type allows; infinity where there is none.</summary>
    public double Upper { get; }

    /// <summary>Why a value cannot be one of the field's; null where it can.</summary>
    internal string? Refusal(double value)
    {
        if (double.IsInfinity(value)) return "it is not finite";
        if (IsWhole && value != Math.Floor(value)) return "it is no whole number";
        if (Levels.Length > 0 && (value < 1 || value > Levels.Length)) return FormattableString.Invariant($"there are {Levels.Length} levels");
        if (value < Lower || _lowerIsOpen && value <= Lower) return FormattableString.Invariant($"it is {(_lowerIsOpen ? "not above" : "below")} {Lower}");
        return value > Upper ? FormattableString.Invariant($"it is above {Upper}") : null;
    }

    /// <summary>The number that stands for a label, or for a truth value as text.</summary>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    internal double CodeOf(string label)
    {
        if (Levels.IndexOf(label) is >= 0 and var code) return code + 1;
        if (Levels.IsEmpty) return bool.TryParse(label, out var truth) ? truth ? 1 : 0 : throw new ArgumentException($"`{Name}` is true or false, and not the text \"{label}\"", Name);
        var meant = Text.Spelling.Nearest(label, Levels);
        throw new ArgumentException($"`{Name}` has no level \"{label}\"{(meant is null ? "" : $": did you mean \"{meant}\"?")}", Name);
    }

    internal ArgumentException Missing() => new($"`{Name}` is missing, and no outcome that could be", Name);
}
