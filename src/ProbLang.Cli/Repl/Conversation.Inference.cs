using System.Globalization;
using ProbLang.Cli.Commands;
using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang.Cli.Repl;

/// <content>Commands that compute.</content>
internal sealed partial class Conversation
{
    internal void Infer(string rest, CancellationToken cancellation)
    {
        var (names, engine) = InferArguments.Read(rest, Session.Options);
        var problem = Problem(cancellation);
        Write(Session.InPlace(problem.InferenceWarnings));
        foreach (var name in names)
            if (!problem.Reported.Contains(name) && !problem.ReportedElements.Contains(name))
                throw new UsageException(problem.Observed.Contains(name) ? $"`{name}` is observed, so that there is nothing to report of it" : $"the model has no variable `{name}` to report{Meant(name, problem.Reported)}");
        Posterior posterior;
        using (var display = IsInteractive ? new ProgressDisplay(error, engine is Nuts nuts ? nuts.Chains : Session.Options.Nuts.Chains, Width()) : null)
            posterior = Session.Infer(engine, display, cancellation);
        error.WriteLine(problem.Observed.IsEmpty ? "observed: nothing" : $"observed: {string.Join(", ", problem.Observed)}");
        error.WriteLine(posterior.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"engine: {posterior.Engine}, seed {seed}") : $"engine: {posterior.Engine}");
        posterior.Write(output, SummaryForm.Table, names.Length == 0 ? null : names);
        output.Flush();
        if (posterior is MarginalPosterior { Notes: var notes })
            foreach (var note in notes) error.WriteLine($"note: {note}");
        error.WriteLine(posterior.Verdict);
    }

    internal void Sample(string rest, CancellationToken cancellation)
    {
        var count = 1;
        if (rest.Length > 0 && !(int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1)) throw Usage("sample");
        // The same entry at another place of a transcript has other draws, and the same transcript the same.
        var simulation = Problem(cancellation).Sample(count, unchecked(Session.Options.Seed + (ulong)_count), cancellation);
        cancellation.ThrowIfCancellationRequested();
        simulation.WriteTable(output);
    }

    internal void Fit(string rest, CancellationToken cancellation)
    {
        Fit fit;
        using (var display = IsInteractive ? new FitDisplay(error, Width()) : null)
            fit = Unlearned(cancellation).Fit(new MaximumLikelihood { Seed = Session.Options.Seed }, display, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (rest.Length > 0) fit.Save(FilePath(rest), ProductVersion.Text);
        fit.Write(output, SummaryForm.Table);
        if (rest.Length > 0) output.WriteLine($"writes {FilePath(rest)}");
        output.Flush();
        error.WriteLine(fit.Ended);
        foreach (var warning in fit.Warnings) error.WriteLine($"warning: {warning}");
        Become(State with { Session = Session.With(fit) });
    }

    internal void Plot(string rest, CancellationToken cancellation)
    {
        if (rest.Length == 0) throw Usage("plot");
        if (!Session.IsQuestion(rest)) throw new UsageException("`:plot` takes an expression");
        if (Answer(rest, cancellation) is not { } answer) return;
        if (answer.Kind != QuestionKind.Distribution) throw new UsageException("`:plot` shows a distribution: leave out what asks for a number of it");
        if (answer.Basis == AnswerBasis.Known) throw new UsageException($"`{rest}` is known, and has no distribution");
        var width = Math.Clamp(Width() - 1, 20, 100);
        output.Write(answer.Shape.IsEmpty
            ? TextPicture.Plot(rest, answer.Elements[0].Picture, width, isAscii: IsAscii)
            : TextPicture.Rows([.. answer.Elements.Take(40).Select(e => (e.Index, e.Picture))], width, IsAscii));
        if (answer.Elements.Length > 40) output.WriteLine($"… and {answer.Elements.Length - 40} more");
        Remark(answer);
    }

    /// <exception cref="DataException">What is given does not fit.</exception>
    /// <exception cref="UsageException">There is no model.</exception>
    private Problem Problem(CancellationToken cancellation)
    {
        if (Session.Model is null) throw new UsageException("there is no model yet");
        return Session.TryCondition(out var problem, out var diagnostics, cancellation) ? problem! : throw new DataException(Session.InPlace(diagnostics));
    }

    /// <summary>The same without what was learned before: learning begins anew.</summary>
    private Problem Unlearned(CancellationToken cancellation)
    {
        if (Session.Model is not { } model) throw new UsageException("there is no model yet");
        return model.TryCondition(Session.Data, out var problem, out var diagnostics, null, cancellation) ? problem! : throw new DataException(Session.InPlace(diagnostics));
    }
}
