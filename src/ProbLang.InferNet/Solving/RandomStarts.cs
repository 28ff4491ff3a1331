using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

internal sealed class RandomStarts(FactorGraph graph, ulong seed)
{
    public object Of(FactorVariable variable) => throw new NotImplementedException($"{graph}{seed}{variable}");
}
