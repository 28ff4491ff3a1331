using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <content>A run of each kind of engine: what it prints, and how it ends.</content>
internal sealed partial class InferCommand
{
    private int Answer(ParseResult parsed, Problem problem, EngineChoice choice, Query query)
    {
        _terminal.CatchInterrupt();
        ExactPosterior posterior;
        try
        {
            posterior = problem.Infer((Exact)choice.Engine, _terminal.Interrupted);
        }
        catch (EngineException) when (query.IsExact)
        {
            // Why it had to be this engine, whose objections follow.
            Announce(parsed, choice);
            throw;
        }
        catch (OperationCanceledException)
        {
            _terminal.Error.WriteLine("interrupted: an exact answer is there when it is done, not before");
            return ExitCode.Interrupted;
        }
        if (posterior.Objection(query) is { } objection) throw new UsageException(objection);
        // An engine that finds an objection while it works has answered nothing.
        Announce(parsed, choice);
        posterior.Write(_terminal.Out, Form(parsed), query);
        _terminal.Out.Flush();
        if (parsed.GetValue(_out) is { } folder) posterior.Save(folder, ProductVersion.Text, Command(parsed), query);
        if (!parsed.GetValue(_quiet)) Judge(posterior);
        return ExitCode.Done;
    }

    private int PassMessages(ParseResult parsed, Problem problem, EngineChoice choice, Query query)
    {
        _terminal.CatchInterrupt();
        var (engine, quiet) = ((MessagePassing)choice.Engine, parsed.GetValue(_quiet));
        if (problem.Objections(engine, MessagePassingOptions.All) is { IsEmpty: false } objections) throw new EngineException(objections);
        MessagePassingPosterior posterior;
        try
        {
            using var display = quiet || !_terminal.IsInteractive ? null : new IterationDisplay(_terminal.Error, engine.Name, _terminal.Width);
            posterior = problem.Infer(engine, display, _terminal.Interrupted);
        }
        catch (OperationCanceledException)
        {
            _terminal.Error.WriteLine("interrupted: there was no iteration to show yet");
            return ExitCode.Interrupted;
        }
        foreach (var name in query.Marginals)
            if (posterior.Layout.Find(name) is null && !posterior.Layout.ElementNames.Contains(name))
                throw new UsageException(posterior.Notes.FirstOrDefault(n => n.StartsWith($"`{name}`", StringComparison.Ordinal)) is { } note ? $"--query: {note}" : $"--query: the engine `{engine.Name}` has no answer for `{name}`");
        Announce(parsed, choice);
        if (!quiet && posterior.Seed is { } seed) _terminal.Error.WriteLine($"seed: {seed}");
        posterior.Write(_terminal.Out, Form(parsed), query.Marginals.IsEmpty ? null : query.Marginals);
        _terminal.Out.Flush();
        if (parsed.GetValue(_out) is { } folder) posterior.Save(folder, ProductVersion.Text, Command(parsed, posterior.Seed));
        if (!quiet) Judge(posterior);
        return posterior.Interrupted ? ExitCode.Interrupted : !posterior.Verdict.Trusted && parsed.GetValue(_strict) ? ExitCode.Untrusted : ExitCode.Done;
    }

    private void Judge(MarginalPosterior posterior)
    {
        foreach (var note in posterior.Notes) _terminal.Error.WriteLine($"note: {note}");
        _terminal.Error.WriteLine(posterior.Verdict);
    }

    private int Approximate(ParseResult parsed, Problem problem, Laplace engine, Query query)
    {
        var quiet = parsed.GetValue(_quiet);
        if (!quiet) _terminal.Error.WriteLine($"seed: {engine.Seed}");
        _terminal.CatchInterrupt();
        LaplacePosterior posterior;
        try
        {
            posterior = problem.Infer(engine, _terminal.Interrupted);
        }
        catch (OperationCanceledException)
        {
            _terminal.Error.WriteLine("interrupted: the mode was not found yet");
            return ExitCode.Interrupted;
        }
        posterior.Write(_terminal.Out, Form(parsed), query.Marginals.IsEmpty ? null : query.Marginals);
        _terminal.Out.Flush();
        if (parsed.GetValue(_out) is { } folder) posterior.Save(folder, ProductVersion.Text, Command(parsed, engine.Seed));
        if (!quiet) _terminal.Error.WriteLine(posterior.Verdict);
        return posterior.Interrupted ? ExitCode.Interrupted : !posterior.Verdict.Trusted && parsed.GetValue(_strict) ? ExitCode.Untrusted : ExitCode.Done;
    }

    /// <summary>The mode, which is no posterior: a value for each unknown, with what the curvature says of its neighbourhood.</summary>
    private int Climb(ParseResult parsed, Problem problem, MaximumAPosteriori engine, Query query)
    {
        if (parsed.GetValue(_out) is not null) throw new UsageException("--out keeps a posterior, and --engine map gives no more than its mode: `fit --engine map --save FILE` keeps that");
        _terminal.CatchInterrupt();
        var fit = problem.Fit(engine, null, _terminal.Interrupted);
        return FitOutput.Write(_terminal, fit, Form(parsed), 0.95, query.Marginals.IsEmpty ? null : query.Marginals, parsed.GetValue(_quiet), parsed.GetValue(_strict), _terminal.Interrupted.IsCancellationRequested);
    }

    private int Draw(ParseResult parsed, Problem problem, EngineChoice choice, Query query)
    {
        var (engine, quiet) = ((Nuts)choice.Engine, parsed.GetValue(_quiet));
        Announce(parsed, choice);
        if (!quiet) _terminal.Error.WriteLine($"seed: {engine.Seed}");
        // Until there are draws to keep, Ctrl-C just ends the process.
        problem.Prepare();
        _terminal.CatchInterrupt();
        SampledPosterior posterior;
        using (var display = quiet || !_terminal.IsInteractive ? null : new ProgressDisplay(_terminal.Error, engine.Chains, _terminal.Width))
            posterior = problem.Infer(engine, display, _terminal.Interrupted);

        posterior.Write(_terminal.Out, Form(parsed), query.Marginals.IsEmpty ? null : query.Marginals);
        // Both streams may be the same terminal or file, and the verdict stands below what it judges.
        _terminal.Out.Flush();
        if (parsed.GetValue(_out) is { } folder) posterior.Save(folder, ProductVersion.Text, Command(parsed, engine.Seed));
        var failed = posterior.Run.Failures.Length == engine.Chains;
        if (!quiet || failed) _terminal.Error.WriteLine(posterior.Verdict);
        return
            posterior.Interrupted ? ExitCode.Interrupted :
            failed ? ExitCode.Mistake :
            !posterior.Verdict.Trusted && parsed.GetValue(_strict) ? ExitCode.Untrusted : ExitCode.Done;
    }
}
