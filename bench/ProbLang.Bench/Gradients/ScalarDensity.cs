using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>
/// A log density with its gradient as an expert writes it by hand: plain loops over doubles, constants hoisted, nothing
/// allocated, no SIMD. The coordinates are those of the emitted program, which the names prove.
/// </summary>
internal abstract class ScalarDensity(string[] coordinates) : LogDensity
{
    public override int Dimension => coordinates.Length;

    public override string CoordinateName(int coordinate) => coordinates[coordinate];

    /// <exception cref="NotSupportedException">Always: a measurement runs on one thread.</exception>
    public override LogDensity Fork() => throw new NotSupportedException();

    /// <summary>The names of an array's elements.</summary>
    protected static IEnumerable<string> Elements(string name, int count) => Enumerable.Range(1, count).Select(i => $"{name}[{i}]");
}
