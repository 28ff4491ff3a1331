using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The limits at the end of the language page.</summary>
public class LimitTests
{
    public static TheoryData<string> Nestings => [.. new[] { "parentheses", "brackets", "calls", "minus", "not", "power", "choice", "for", "if", "else", "index" }];

    [Theory, MemberData(nameof(Nestings))]
    public void A_tree_may_be_256_deep_and_no_deeper(string nesting)
    {
        Assert.DoesNotContain("GM0114", Mistakes(Nested(nesting, 120)), StringComparison.Ordinal);
        Assert.Contains("GM0114", Mistakes(Nested(nesting, 257)), StringComparison.Ordinal);
        Assert.Contains("GM0114", Mistakes(Nested(nesting, 20_000)), StringComparison.Ordinal);
    }

    private static string Nested(string nesting, int depth)
    {
        string Times(string text) => string.Concat(Enumerable.Repeat(text, depth));
        return nesting switch
        {
            "parentheses" => $"x = {Times("(")}1{Times(")")}",
            "brackets" => $"x = {Times("[")}1{Times("]")}",
            "calls" => $"x = {Times("abs(")}1{Times(")")}",
            "minus" => $"x = {Times("-")}1",
            "not" => $"x = {Times("not ")}true",
            "power" => $"x = {Times("1 ^ ")}1",
            "choice" => $"x = {Times("if true then 1 else ")}1",
            "for" => $"{Times("for i in 1..1 { ")}x = 1{Times(" }")}",
            "if" => $"{Times("if true { ")}x = 1{Times(" }")}",
            "else" => $"{Times("if false { } else ")}{{ x = 1 }}",
            _ => $"v = [1]\nx = {Times("v[")}1{Times("]")}",
        };
    }

    [Fact]
    public void A_source_may_be_4_MiB_long()
    {
        var most = "x = 1" + new string(' ', (4 << 20) - 5);
        Assert.Empty(Mistakes(most));
        Assert.Contains("GM0103", Mistakes(most + " "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_without_measure_is_a_message() => Assert.Contains("GM0327", Mistakes("input N: count\nfor i in 1..N { x[i] ~ Normal(0, 1) }", "N=100000000"), StringComparison.Ordinal);
}
