namespace ProbLang.Cli.Commands;

/// <summary>What commands say of a fit.</summary>
internal static class FitOutput
{
    public static int Write(Terminal terminal, Fit fit, SummaryForm form, double level, IReadOnlyCollection<string>? variables, bool quiet, bool strict, bool interrupted)
    {
        fit.Write(terminal.Out, form, level, variables);
        terminal.Out.Flush();
        if (!quiet)
        {
            terminal.Error.WriteLine(fit.Ended);
            foreach (var warning in fit.Warnings) terminal.Error.WriteLine($"warning: {warning}");
        }
        return interrupted ? ExitCode.Interrupted : strict && !(fit.Converged && fit.Warnings.IsEmpty) ? ExitCode.Untrusted : ExitCode.Done;
    }
}
