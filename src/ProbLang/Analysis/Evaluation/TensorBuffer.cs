namespace ProbLang.Analysis;

/// <summary>Where an expression puts its values: a tensor that serves again as long as the shape stays the same, so that a draw allocates nothing.</summary>
internal sealed class TensorBuffer
{
    private Tensor _tensor = Tensor.Scalar(0);

    /// <summary>A tensor of this shape; its values are those of an earlier use, for the caller to overwrite.</summary>
    public Tensor OfShape(params ReadOnlySpan<int> shape)
    {
        if (!shape.SequenceEqual(_tensor.Shape)) _tensor = new Tensor(shape.ToArray(), Tensor.Room(shape));
        return _tensor;
    }
}
