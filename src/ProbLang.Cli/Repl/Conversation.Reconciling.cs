using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <content>What is given, beside a model that has changed.</content>
internal sealed partial class Conversation
{
    /// <summary>
    /// A changed model with what was given before. Where that fits no more, values of what was defined anew are forgotten, and files, each with a word; null, with the mistakes written, where
    /// this does not help: then it is the change that does not fit.
    /// </summary>
    /// <param name="session">The changed model.</param>
    /// <param name="redefined">The names that were defined anew; null where all were.</param>
    /// <param name="cancellation">Stops it.</param>
    private SessionState? Reconciled(Session session, IReadOnlySet<string>? redefined, CancellationToken cancellation)
    {
        var state = State with { Session = session };
        var empty = session.With(Data.Empty);
        if (state is { Files: [], Givens: [] }) return state with { Session = empty };
        var names = session.Statements.SelectMany(s => s.Names).ToHashSet();
        var forgotten = state.Givens.Where(g => !names.Contains(g.Name)).Select(g => $"forgets {g.Text}: the model has no variable `{g.Name}`").ToList();
        state = state with { Givens = state.Givens.RemoveAll(g => !names.Contains(g.Name)) };
        var all = empty.Give(state.Data, cancellation);
        var (fitting, change) = (state, all);
        if (all.Session is null)
        {
            fitting = Fitting(state, empty, redefined, forgotten, cancellation);
            change = empty.Give(fitting.Data, cancellation);
        }
        if (change.Session is null)
        {
            Fail(all.Diagnostics);
            return null;
        }
        foreach (var line in forgotten) output.WriteLine(line);
        return fitting with { Session = change.Session };
    }

    /// <summary>As much of what is given as fits, in the order in which it wins over what is before it. What does not, and may go, has a line.</summary>
    private static SessionState Fitting(SessionState given, Session empty, IReadOnlySet<string>? redefined, List<string> forgotten, CancellationToken cancellation)
    {
        var state = given with { Files = [], Givens = [] };
        foreach (var file in given.Files) Keep(state with { Files = state.Files.Add(file) }, file.Path, isFree: true);
        foreach (var value in given.Givens) Keep(state with { Givens = state.Givens.Add(value) }, value.Text, redefined?.Contains(value.Name) != false);
        return state;

        void Keep(SessionState more, string what, bool isFree)
        {
            var change = empty.Give(more.Data, cancellation);
            if (change.Session is not null || !isFree) state = more;
            else forgotten.Add($"forgets {what}: {change.Diagnostics.First(d => d.Severity == Severity.Error).Message}");
        }
    }
}
