using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ProbLang.Cli;

/// <summary>What a user sees of a bug of ours: that it is one, and what to send.</summary>
internal static class BugReport
{
    public static void Write(TextWriter error, Exception bug, IEnumerable<string> arguments)
    {
        error.WriteLine("problang: this is a bug in ProbLang, not in your model or data; please report it.");
        error.WriteLine("Send the model, the data if you can, and these lines:");
        error.WriteLine($"  version   {ProductVersion.Text} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        error.WriteLine($"  command   problang {string.Join(' ', arguments)}");
        for (var cause = bug; cause is not null; cause = cause.InnerException) error.WriteLine($"  error     {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
        error.WriteLine($"  raised in {Origin(bug)}");
    }

    /// <summary>The innermost method of ours.</summary>
    private static string Origin(Exception bug)
    {
        var methods = new StackTrace(bug).GetFrames().Select(f => f.GetMethod()).OfType<MethodBase>();
        var method = methods.FirstOrDefault(m => m.DeclaringType?.Namespace?.StartsWith("ProbLang", StringComparison.Ordinal) == true);
        return method is null ? "unknown" : $"{method.DeclaringType}.{method.Name}";
    }
}
