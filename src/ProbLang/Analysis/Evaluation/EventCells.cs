using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>The part of an argument that belongs to one event of a batch, read in place.</summary>
internal sealed class EventCells(int[] shape) : Arr<Real>(shape)
{
    private double[] _values = [];
    private int _start;

    public override Real this[params ReadOnlySpan<Real> index]
    {
        get
        {
            var offset = 0;
            for (var d = 0; d < Shape.Length; d++) offset = offset * Shape[d] + (int)index[d].Value;
            return _values[_start + offset];
        }
    }

    /// <summary>Whether the arguments of this shape have events of the shape that this one has.</summary>
    public bool Fits(ReadOnlySpan<int> argument) => argument[^Rank..].SequenceEqual(Shape);

    /// <summary>Goes to an event of an argument; a batch that is too short begins again.</summary>
    public void MoveTo(Tensor argument, int e)
    {
        var size = Tensor.CountOf(Shape);
        _values = argument.Values;
        _start = size == 0 ? 0 : e % (_values.Length / size) * size;
    }
}
