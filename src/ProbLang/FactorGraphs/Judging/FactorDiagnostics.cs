using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>What an algorithm objects to, one method a message.</summary>
internal sealed class FactorDiagnostics(FactorAlgorithm algorithm)
{
    private string Engine => algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => "expectation propagation",
        FactorAlgorithm.VariationalMessagePassing => "variational message passing",
        _ => "Gibbs sampling",
    };

    public Diagnostic Impossible(string what, string? remedy, FactorStatement statement) =>
        Error("GM0475", $"{Engine} has no messages for {what}", statement, remedy);

    public Diagnostic Wrong(string what, string answer, string? remedy, FactorStatement statement) =>
        Error("GM0476", $"{Engine} is wrong about {what}: {answer}", statement, remedy);

    public Diagnostic Unmeasured(FactorStatement statement) =>
        Error("GM0477", $"what {Engine} makes of this, with what is unknown in it, has never been measured", statement, "give some of its unknowns, or numbers in place of them");

    /// <summary>At the last of the statements, which closes the loop for who reads from above.</summary>
    public Diagnostic DiscreteLoop(IReadOnlyList<string> names, IReadOnlyList<FactorStatement> statements)
    {
        Location[] places = [.. statements.Select(FactorStatements.PlaceOf).OfType<Location>().Distinct().OrderBy(p => (p.Line, p.Column))];
        return new("GM0478", Severity.Error, $"{Engine} is wrong about discrete unknowns that depend on each other in a loop, as {List(names)} do", places.LastOrDefault(),
            "let one unknown stand for all combinations of their values")
        {
            Related = [.. places.SkipLast(1).TakeLast(4).Select(p => ("this is part of the loop", p))],
        };
    }

    public Diagnostic JoinedBranches(string choice, string a, string b, DefineStatement statement) =>
        Error("GM0483", $"{Engine} is wrong about a choice by {choice} that draws several unknowns which then depend on each other, as {a} and {b} do", statement,
            "draw only one of them by the choice, or what they make together");

    public Diagnostic SharedParents(IReadOnlyList<string> names, FactorStatement statement) =>
        Error("GM0479", $"{Engine} is wrong about a condition that uses the same unknowns more than once, here {List(names)}", statement,
            "write it so that each unknown stands in it once, as `a != b` for `(a or b) and not (a and b)`");

    public Diagnostic LogicLoop(IReadOnlyList<string> names, FactorStatement statement) =>
        Error("GM0480", $"{Engine} cannot move between the values of unknowns that conditions tie together in a loop, as {List(names)}, and reports certainty", statement,
            "let one unknown stand for all combinations of their values");

    public Diagnostic NestedFlag(GateStatement gate) =>
        Error("GM0481", $"{Engine} is wrong about a branch on the true or false `{TextOf(gate)}` inside of another random branch: it found 0.73 for a probability of 0.29", gate,
            "decide both at once by a number: `k ~ Categorical(w)` with a value for each combination");

    public Diagnostic GatedSelector(GateStatement gate) =>
        Error("GM0482", $"{Engine} is wrong about a branch on `{TextOf(gate)}`, which is itself drawn in a random branch", gate,
            $"draw `{TextOf(gate)}` outside of the branch");

    public Diagnostic TwoForms(GateStatement gate) =>
        Error("GM0484", $"{Engine} cannot take `{TextOf(gate)}` both as an index and as a value that branches are chosen by", gate,
            "use it as an index throughout, with an array of what the branches need");

    public Diagnostic Twice(string name, FactorStatement statement) =>
        Error("GM0485", $"{Engine} cannot take {name} twice in one operation", statement, "use two different unknowns, or write it so that the unknown stands in it once, as `2 * a` for `a + a`");

    public Diagnostic GatedBound(FactorStatement statement) =>
        Error("GM0486", $"{Engine} has no messages for a bound on an unknown in a random branch", statement, "state the bound outside of the branch, or put it into the prior: `x ~ Normal(m, s) truncated (0, )`");

    public Diagnostic ComputedBound(FactorStatement statement) =>
        Error("GM0487", $"{Engine} has no messages for a bound on what is computed of unknowns", statement, "draw the quantity that is bounded: `d ~ Normal(a - b, s)`, and bound `d`");

    public Diagnostic GatedLogic(FactorStatement statement) =>
        Error("GM0488", $"{Engine} cannot start from a condition on unknowns that is given in a random branch", statement, "state the condition outside of the branch");

    /// <summary>Names in a sentence, the first few of many.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        const int Most = 5;
        if (names.Count > Most) return $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more";
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }

    private static string TextOf(GateStatement gate) => gate.Selector.Variable.Text ?? gate.Selector.Variable.Name;

    private static Diagnostic Error(string id, string message, FactorStatement statement, string? remedy) =>
        new(id, Severity.Error, message, FactorStatements.PlaceOf(statement), remedy);
}
