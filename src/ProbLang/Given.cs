using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProbLang;

/// <summary>The values of a vector of which some may be missing: an array converts to it, with nullable elements or without, and so does a list in brackets.</summary>
/// <typeparam name="T">A number, a truth value or an enumeration.</typeparam>
[CollectionBuilder(typeof(Given), nameof(Given.Of))]
[SuppressMessage("Naming", "CA1710", Justification = "It is what is given, not a collection that one would look for by that name.")]
public sealed class Given<T> : IReadOnlyList<T?> where T : struct
{
    private readonly Array _values;

    internal Given(Array values) => _values = values;

    /// <summary>How many there are, missing ones included.</summary>
    public int Count => _values.Length;

    /// <summary>A value; null where it is missing.</summary>
    /// <param name="index">From 0.</param>
    public T? this[int index] => _values is T[] all ? all[index] : ((T?[])_values)[index];

    /// <summary>The array as it is handed to data: of <typeparamref name="T"/> or of nullable ones. It is not copied.</summary>
    public Array Values => _values;

    /// <summary>Values none of which is missing; the array is not copied.</summary>
    public static implicit operator Given<T>(T[] values) => Given.Of(values);

    /// <summary>Values, null where they are missing; the array is not copied.</summary>
    public static implicit operator Given<T>(T?[] values) => Given.Of(values);

    /// <summary>Values none of which is missing.</summary>
    public static implicit operator Given<T>(List<T> values) => Given.Of([.. values]);

    /// <summary>Values, null where they are missing.</summary>
    public static implicit operator Given<T>(List<T?> values) => Given.Of([.. values]);

    /// <inheritdoc/>
    public IEnumerator<T?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <see cref="Given{T}"/> of arrays.</summary>
public static class Given
{
    /// <summary>Values none of which is missing; the array is not copied.</summary>
    public static Given<T> Of<T>(T[] values) where T : struct
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Given<T>(values);
    }

    /// <summary>Values, null where they are missing; the array is not copied.</summary>
    public static Given<T> Of<T>(T?[] values) where T : struct
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Given<T>(values);
    }

    /// <summary>Values, null where they are missing.</summary>
    public static Given<T> Of<T>(ReadOnlySpan<T?> values) where T : struct => new(values.ToArray());
}

/// <summary>The values of an array of several dimensions, of which some may be missing: an array of either type converts to it.</summary>
/// <typeparam name="TWhole">The type without missing values: <c>double[,]</c>.</typeparam>
/// <typeparam name="TWithMissing">The type with missing values: <c>double?[,]</c>.</typeparam>
public sealed class Given<TWhole, TWithMissing> where TWhole : class where TWithMissing : class
{
    private Given(object values) => Values = values;

    /// <summary>The array, as it was given.</summary>
    public object Values { get; }

    /// <summary>Values none of which is missing; the array is not copied.</summary>
    public static implicit operator Given<TWhole, TWithMissing>(TWhole values) => new(values ?? throw new ArgumentNullException(nameof(values)));

    /// <summary>Values, null where they are missing; the array is not copied.</summary>
    public static implicit operator Given<TWhole, TWithMissing>(TWithMissing values) => new(values ?? throw new ArgumentNullException(nameof(values)));
}
