using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>A statement of a factor graph.</summary>
public abstract record FactorStatement
{
    private protected FactorStatement()
    {
    }
}

/// <summary>A plate: the statements hold for every index of the range, independently.</summary>
/// <param name="Range">What the plate runs over; no plate around it runs over the same range.</param>
/// <param name="Body">The statements.</param>
public sealed record RepeatStatement(FactorRange Range, ImmutableArray<FactorStatement> Body) : FactorStatement;

/// <summary>When the statements of a gate hold.</summary>
public enum GateKind
{
    /// <summary>Where a boolean is true.</summary>
    If,

    /// <summary>Where a boolean is false.</summary>
    IfNot,

    /// <summary>Where an integer has one value.</summary>
    Case,

    /// <summary>For every value of an integer those in which the integer is an index.</summary>
    Switch,
}

/// <summary>Statements that hold only where an unknown (or a known) boolean or integer says so.</summary>
/// <param name="Kind">When they hold.</param>
/// <param name="Selector">The boolean or integer.</param>
/// <param name="Value">For <see cref="GateKind.Case"/> the value, counted from 0; else 0.</param>
/// <param name="Body">The statements.</param>
public sealed record GateStatement(GateKind Kind, FactorReference Selector, int Value, ImmutableArray<FactorStatement> Body) : FactorStatement;

/// <summary>Defines an element: drawn from a distribution, or computed.</summary>
/// <param name="Target">The element; within exclusive gates it may be defined once in each.</param>
/// <param name="Operation">The distribution or the function.</param>
/// <param name="Arguments">Its arguments, as <see cref="FactorOperation"/> lists them.</param>
/// <param name="Place">The statement of the model that it is part of.</param>
public sealed record DefineStatement(FactorReference Target, FactorOperation Operation, ImmutableArray<FactorReference> Arguments, Location Place) : FactorStatement;

/// <summary>What is known to hold.</summary>
public enum FactorConstraint
{
    /// <summary>(Boolean): it is true.</summary>
    True,

    /// <summary>(Boolean): it is false.</summary>
    False,

    /// <summary>(any, any): both are equal.</summary>
    Equal,

    /// <summary>(Gaussian): it is above 0.</summary>
    Positive,

    /// <summary>(Gaussian, Real lower, Real upper): it is between the bounds, of which one may be infinite.</summary>
    Between,
}

/// <summary>Something that is known to hold.</summary>
/// <param name="Constraint">What.</param>
/// <param name="Arguments">Of what, as <see cref="FactorConstraint"/> lists them.</param>
/// <param name="Place">The statement of the model that says so.</param>
public sealed record ConstrainStatement(FactorConstraint Constraint, ImmutableArray<FactorReference> Arguments, Location Place) : FactorStatement;
