namespace ProbLang.Syntax;

internal static class Nfkc { public static string Normalize(string text) => text; }
