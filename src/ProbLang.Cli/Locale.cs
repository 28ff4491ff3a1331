namespace ProbLang.Cli;

/// <summary>What the environment says of the terminal's characters.</summary>
internal static class Locale
{
    private static readonly string[] s_variables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether it names an encoding, as in <c>de_DE.ISO-8859-1</c>, and that is not UTF-8. One that names none, as <c>C</c> does, says nothing.</summary>
    /// <param name="variable">The value of a variable of the environment.</param>
    public static bool IsOtherThanUtf8(Func<string, string?> variable)
    {
        var named = s_variables.Select(variable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        if (named.IndexOf('.', StringComparison.Ordinal) is not (>= 0 and var dot)) return false;
        var encoding = named[(dot + 1)..].Split('@')[0].Replace("-", "", StringComparison.Ordinal);
        return !encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase);
    }
}
