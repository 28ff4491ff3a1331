using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>A net with its sizes: its layers, and where in the vector of its weights each of theirs is.</summary>
internal abstract class NetPlan(NetShape shape)
{
    public NetShape Shape => shape;

    /// <summary>How many weights it has.</summary>
    public abstract int WeightCount { get; }

    /// <summary>A net of a shape; sizes that do not fit are a <see cref="DiagnosticException"/>.</summary>
    public static NetPlan Of(Net net, NetShape shape, Func<Bound, Tensor> evaluate, SourceText source) => throw new NotSupportedException(net.Name);
}
