namespace ProbLang.FactorGraphs;

/// <summary>A piece of C# that stands for a value, or for a variable of Infer.NET.</summary>
/// <param name="Text">The code.</param>
/// <param name="Binding">How tightly what it is made of holds together.</param>
/// <param name="IsKnown">Whether it is a plain value, which is no variable of Infer.NET until it is made one.</param>
internal readonly record struct Operand(string Text, Binding Binding = Binding.Primary, bool IsKnown = false)
{
    /// <summary>As an operand of what binds so tightly.</summary>
    public string Within(Binding binding) => Binding >= binding ? Text : $"({Text})";
}

/// <summary>The operators of C# that programs use, the loosest first.</summary>
internal enum Binding
{
    Or,
    And,
    Equality,
    Relational,
    Additive,
    Multiplicative,
    Unary,
    Primary,
}
