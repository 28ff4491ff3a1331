namespace ProbLang.Analysis;

/// <summary>Iterations of one statement that can be evaluated one after the other.</summary>
/// <param name="Definition">The statement, as an index into the definitions of the model.</param>
/// <param name="First">The first iteration.</param>
/// <param name="Count">How many.</param>
internal readonly record struct DefinitionRun(int Definition, int First, int Count);
