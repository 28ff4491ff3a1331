using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>An argument of a distribution that the data determine, with what a message about it says.</summary>
/// <param name="Parameter">As the distribution calls it.</param>
/// <param name="Distribution">The distribution's name.</param>
/// <param name="Value">All of it, batch dimensions first.</param>
/// <param name="Where">For which element it stands, as an end of a sentence; empty for more than one.</param>
/// <param name="Place">Where the data give a cell of it; null where they do not give it as it is.</param>
/// <param name="Statement">Where the model writes it.</param>
internal sealed record KnownArgument(string Parameter, string Distribution, Tensor Value, string Where, Func<int, Location?> Place, Location Statement);
