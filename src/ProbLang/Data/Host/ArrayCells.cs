using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbLang.Datasets;

/// <summary>What has parts.</summary>
/// <typeparam name="T">The type of the whole.</typeparam>
/// <typeparam name="TPart">The type of its parts.</typeparam>
internal abstract class PartsCells<T, TPart> : CellType<T>
{
    public override string? Objection => CellType<TPart>.Instance.Objection;

    public override int Rank => 1 + CellType<TPart>.Instance.Rank;

    public sealed override void Add(T value, HostCells to)
    {
        if (value is not null)
        {
            to.Expect(Rank);
            AddParts(value, to);
        }
        else if (to.IsNested) throw to.Mistake("is null, which is missing for a number but not for an array: give an array whose elements are null");
        else to.AddMissing();
    }

    protected abstract void AddParts(T value, HostCells to);

    protected static void AddSpan(ReadOnlySpan<TPart> parts, HostCells to)
    {
        to.Enter();
        CellType<TPart>.Instance.AddAll(parts, to);
        to.Leave(parts.Length);
    }
}

internal sealed class ArrayCells<TPart> : PartsCells<TPart[], TPart>
{
    protected override void AddParts(TPart[] value, HostCells to) => AddSpan(value, to);
}

internal sealed class ListCells<TPart> : PartsCells<List<TPart>, TPart>
{
    protected override void AddParts(List<TPart> value, HostCells to) => AddSpan(CollectionsMarshal.AsSpan(value), to);
}

internal sealed class ImmutableArrayCells<TPart> : PartsCells<ImmutableArray<TPart>, TPart>
{
    protected override void AddParts(ImmutableArray<TPart> value, HostCells to) => AddSpan(value.IsDefault ? throw to.Mistake("is an immutable array that was never made") : value.AsSpan(), to);
}

internal sealed class ArraySegmentCells<TPart> : PartsCells<ArraySegment<TPart>, TPart>
{
    protected override void AddParts(ArraySegment<TPart> value, HostCells to) => AddSpan(value.Array is null ? throw to.Mistake("is a segment of no array") : value.AsSpan(), to);
}

internal sealed class MemoryCells<TPart> : PartsCells<Memory<TPart>, TPart>
{
    protected override void AddParts(Memory<TPart> value, HostCells to) => AddSpan(value.Span, to);
}

internal sealed class ReadOnlyMemoryCells<TPart> : PartsCells<ReadOnlyMemory<TPart>, TPart>
{
    protected override void AddParts(ReadOnlyMemory<TPart> value, HostCells to) => AddSpan(value.Span, to);
}

/// <summary>Any sequence; it is walked once.</summary>
internal sealed class SequenceCells<T, TPart> : PartsCells<T, TPart> where T : IEnumerable<TPart>
{
    protected override void AddParts(T value, HostCells to)
    {
        if (value is TPart[] array)
        {
            AddSpan(array, to);
            return;
        }
        if (value is List<TPart> list)
        {
            AddSpan(CollectionsMarshal.AsSpan(list), to);
            return;
        }
        to.Enter();
        var count = 0;
        foreach (var part in value)
        {
            to.MoveTo(count++);
            CellType<TPart>.Instance.Add(part, to);
        }
        to.Leave(count);
    }
}

/// <summary>A sequence of who knows what.</summary>
internal sealed class UntypedSequenceCells<T> : PartsCells<T, object?> where T : IEnumerable
{
    protected override void AddParts(T value, HostCells to)
    {
        to.Enter();
        var count = 0;
        foreach (var part in value)
        {
            to.MoveTo(count++);
            CellType<object?>.Instance.Add(part, to);
        }
        to.Leave(count);
    }
}

/// <summary>Arrays of two dimensions and more, which lie in memory row by row, and those of one that do not begin at 0.</summary>
internal sealed class GridCells<T, TPart> : PartsCells<T, TPart>
{
    public override int Rank => typeof(T).GetArrayRank() + CellType<TPart>.Instance.Rank;

    protected override void AddParts(T value, HostCells to)
    {
        var grid = (Array)(object)value!;
        if (grid.Length == 0)
            for (var d = 0; d < grid.Rank; d++) to.Expect(d, grid.GetLength(d));
        var parts = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, TPart>(ref MemoryMarshal.GetArrayDataReference(grid)), grid.Length);
        AddDimension(grid, 0, parts, to);
    }

    private static void AddDimension(Array grid, int dimension, ReadOnlySpan<TPart> parts, HostCells to)
    {
        var length = grid.GetLength(dimension);
        if (dimension == grid.Rank - 1)
        {
            AddSpan(parts, to);
            return;
        }
        to.Enter();
        var size = length == 0 ? 0 : parts.Length / length;
        for (var i = 0; i < length; i++)
        {
            to.MoveTo(i);
            AddDimension(grid, dimension + 1, parts.Slice(i * size, size), to);
        }
        to.Leave(length);
    }
}
