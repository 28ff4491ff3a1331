using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>What binding gives: the graph, or null where there are errors, and everything there is to say.</summary>
internal sealed record BindResult(ModelGraph? Graph, ImmutableArray<Diagnostic> Diagnostics);
