using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>The draws of one variable, or of one element of it: chains × draws × elements. A view that copies nothing.</summary>
/// <remarks>
/// The elements are those that were drawn, in row-major order: elements that the data give are not among them. Draws lie in memory one after the other, each with all its variables: the elements of a draw are a span, and the draws of an
/// element are not, and are copied. An element that only one branch of an <c>if</c> defines is NaN in draws where that branch does not hold. Values are on the scale of the model: units as there, truth values as 0 and 1, labels by their codes, from 1.
/// </remarks>
public sealed class VariableDraws
{
    private readonly Draws _draws;
    private readonly int _first;

    internal VariableDraws(Draws draws, OutputVariable variable, int first, int count) => (_draws, Variable, _first, Elements) = (draws, variable, first, count);

    /// <summary>The variable, with its shape and labels.</summary>
    public OutputVariable Variable { get; }

    /// <summary>How many chains; after an interruption those that got at least half as far as the longest.</summary>
    public int Chains => _draws.Complete.Length;

    /// <summary>How many draws each of the chains has.</summary>
    public int Count => _draws.Count;

    /// <summary>How many elements were drawn; 1 for a scalar or a single element.</summary>
    public int Elements { get; }

    /// <summary>What the elements are called, such as <c>theta[3]</c>.</summary>
    public ImmutableArray<string> ElementNames => _draws.Layout.ElementNames.Slice(_first, Elements);

    /// <summary>All elements in one draw, row-major; chains and draws count from 0. Nothing is copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chain or draw.</exception>
    public ReadOnlySpan<double> this[int chain, int draw]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(chain);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chain, Chains);
            ArgumentOutOfRangeException.ThrowIfNegative(draw);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, Count);
            return _draws.Complete[chain].Draw(draw).Slice(_first, Elements);
        }
    }

    /// <summary>One element in one draw; chains, draws and elements count from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chain, draw or element.</exception>
    public double this[int chain, int draw, int element]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(element);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(element, Elements);
            return this[chain, draw][element];
        }
    }

    /// <summary>Copies the draws of an element, chain after chain, <see cref="Count"/> each.</summary>
    /// <param name="element">Counted from 0.</param>
    /// <param name="destination">At least <see cref="Chains"/> × <see cref="Count"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(int element, Span<double> destination)
    {
        if (destination.Length < Chains * Count) throw new ArgumentException($"The draws of an element are {Chains * Count} numbers, and there is room for {destination.Length}.", nameof(destination));
        for (var chain = 0; chain < Chains; chain++) CopyTo(chain, element, destination.Slice(chain * Count, Count));
    }

    /// <summary>Copies the draws of an element in one chain.</summary>
    /// <param name="chain">Counted from 0.</param>
    /// <param name="element">Counted from 0.</param>
    /// <param name="destination">At least <see cref="Count"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chain or element.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(int chain, int element, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chain);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chain, Chains);
        ArgumentOutOfRangeException.ThrowIfNegative(element);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(element, Elements);
        if (destination.Length < Count) throw new ArgumentException($"The draws of a chain are {Count} numbers, and there is room for {destination.Length}.", nameof(destination));
        _draws.Complete[chain].CopyColumn(_first + element, destination[..Count]);
    }
}
