using System.Collections.Immutable;
using ProbLang.Cli.Commands;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <content>Commands about what is given.</content>
internal sealed partial class Conversation
{
    internal void Give(string rest, CancellationToken cancellation = default)
    {
        if (rest.Length == 0)
        {
            foreach (var given in State.Givens) output.WriteLine(given.Text);
            return;
        }
        if (Assignment.Read(rest) is not { } assignments) throw Usage("given");
        var state = State;
        foreach (var assignment in assignments) state = assignment.Value.Length == 0 ? Without(state, assignment.Target, cancellation) : With(state, assignment, cancellation);
        Become(state);
    }

    internal void Forget(string rest, CancellationToken cancellation)
    {
        if (rest.Length == 0) throw Usage("forget");
        Become(Words(rest).Aggregate(State, (state, name) => Without(state, name, cancellation)));
    }

    internal void ReadData(string path, CancellationToken cancellation = default)
    {
        if (path.Length == 0)
        {
            foreach (var (file, _) in State.Files) output.WriteLine(file);
            return;
        }
        path = FilePath(path);
        if (Path.GetExtension(path).Equals(".gm", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"`{path}` holds a model: `:load {path}` reads it");
        var data = Data.Load(Inputs.Existing(path), cancellation);
        Become(With(State with { Files = State.Files.RemoveAll(f => f.Path == path).Add((path, data)) }, cancellation));
    }

    private SessionState With(SessionState state, Assignment assignment, CancellationToken cancellation)
    {
        if (state.Session.Model is null) throw new UsageException("there is no model yet");
        var names = state.Session.Statements.SelectMany(s => s.Names).ToArray();
        if (!names.Contains(assignment.Name)) throw new UsageException($"the model has no variable `{assignment.Name}`{Meant(assignment.Name, names)}");
        try
        {
            _ = Data.Given(assignment.Text, ":given");
        }
        catch (FormatException)
        {
            throw Usage("given");
        }
        // A whole variable lies over its elements as they were given before.
        var others = state.Givens.RemoveAll(g => g.Target == assignment.Target || assignment.Target == assignment.Name && g.Name == assignment.Name);
        return With(state with { Givens = others.Add(assignment) }, cancellation);
    }

    private SessionState Without(SessionState state, string target, CancellationToken cancellation)
    {
        target = target.Replace(" ", "", StringComparison.Ordinal);
        var left = state.Givens.RemoveAll(g => g.Target == target || g.Name == target);
        if (left.Length == state.Givens.Length)
            throw new UsageException(state.Givens.IsEmpty ? $"`{target}` is not given by `:given`" : $"`{target}` is not given: there are {string.Join(", ", state.Givens.Select(g => g.Target))}");
        return With(state with { Givens = left }, cancellation);
    }

    /// <summary>The same, with what files and single values give.</summary>
    /// <exception cref="DataException">They do not fit the model.</exception>
    private SessionState With(SessionState state, CancellationToken cancellation)
    {
        var change = state.Session.Give(state.Data, cancellation);
        if (change.Session is null) throw new DataException(change.Diagnostics);
        Write(change.Diagnostics.Where(d => !Silenced.Contains(d.Id)));
        return state with { Session = change.Session };
    }
}
