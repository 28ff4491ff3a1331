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
        error.WriteLine($"  raised in {bug.TargetSite?.DeclaringType?.FullName}.{bug.TargetSite?.Name}");
    }
}
