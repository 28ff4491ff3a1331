using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Which variables an expression or a statement names.</summary>
internal static class Uses
{
    public static HashSet<Variable> Of(IEnumerable<Bound> values)
    {
        var used = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var value in values) Collect(value, used);
        return used;
    }

    /// <summary>Everything that a statement names: its plates, its left and its right side.</summary>
    public static HashSet<Variable> Of(Definition definition) => Of([.. OfAround(definition.Plates, definition.Gates), .. definition.Indices, .. Parts.OfRight(definition)]);

    public static HashSet<Variable> Of(GivenValue given) => Of([.. OfAround(given.Plates, given.Gates), .. given.Indices, given.Value]);

    public static HashSet<Variable> Of(GivenOrder order) => Of([.. OfAround(order.Plates, order.Gates), order.Less, order.Greater]);

    public static HashSet<Variable> Of(GivenCondition condition) => Of([.. OfAround(condition.Plates, condition.Gates), condition.Condition]);

    public static HashSet<Variable> Of(Factor factor) => Of([.. OfAround(factor.Plates, factor.Gates), factor.Value]);

    /// <summary>What must be known before an input can be read.</summary>
    public static HashSet<Variable> Of(Variable input) =>
        Of([.. input.Dims, .. Present(input.Default), .. Present(input.Start), .. Present(input.Lower), .. Present(input.Upper), .. Present(input.StructureSize)]);

    /// <summary>What the value of an expression rests on whichever way its choices go.</summary>
    public static bool AnyCertain(Bound e, Func<Variable, bool> holds) => e switch
    {
        VariableValue variable => holds(variable.Variable),
        ArrayFunctionValue function when ArrayFunctions.IsAboutShape(function.Function) => false,
        ConditionalValue { Condition.Rank: 0 } choice => AnyCertain(choice.Condition, holds),
        _ => Parts.Of(e).Any(part => AnyCertain(part, holds)),
    };

    public static IEnumerable<Bound> OfPlates(IEnumerable<Plate> plates) => plates.SelectMany(p => new[] { p.Lower, p.Upper });

    private static IEnumerable<Bound> OfAround(IEnumerable<Plate> plates, IEnumerable<Gate> gates) => OfPlates(plates).Concat(gates.Select(g => g.Condition));

    public static IEnumerable<Bound> Present(Bound? value) => value is null ? [] : [value];

    private static void Collect(Bound e, HashSet<Variable> used)
    {
        if (e is VariableValue variable) used.Add(variable.Variable);
        else foreach (var part in Parts.Of(e)) Collect(part, used);
    }
}
