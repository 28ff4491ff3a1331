using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Cli.Commands;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <content>Commands about the model and the session.</content>
internal sealed partial class Conversation
{
    internal void Load(string path, CancellationToken cancellation = default)
    {
        if (path.Length == 0) throw Usage("load");
        path = FilePath(path);
        if (Path.GetExtension(path).ToUpperInvariant() is ".JSON" or ".CSV" or ".TSV") throw new UsageException($"`{path}` holds data: `:data {path}` reads them");
        if (Path.GetExtension(path).Equals(".bif", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"`{path}` holds a Bayesian network: `problang import {path} --out {Path.GetFileNameWithoutExtension(path)}.gm` makes a model of it");
        var compilation = Model.CompileFile(Inputs.Existing(path), Inputs.OptionsOf([.. Silenced]), cancellation);
        Write(compilation.Diagnostics);
        if (!compilation.Success)
        {
            _mistakes++;
            return;
        }
        var loaded = Session.New(Options(path)).Add(compilation.Model.Source.Content, path, cancellation).Session!;
        Become(Reconciled(loaded, null, cancellation)! with { File = path });
    }

    internal void Save(string path, bool overwrite)
    {
        var target = path.Length > 0 ? FilePath(path) : overwrite ? throw Usage("save!") : State.File ?? throw new UsageException("this model has no file yet: `:save FILE`");
        if (Session.Model is null) throw new UsageException("there is no model yet");
        if (Directory.Exists(target)) throw new UsageException($"`{target}` is a folder, not a file");
        var text = ModelFormatter.Format(Session.Text).Text!;
        var isOwn = State.File is { } own && Path.GetFullPath(own) == Path.GetFullPath(target);
        if (!File.Exists(target)) OutputFile.Create(target, text);
        else if (isOwn || overwrite) OutputFile.Replace(target, text);
        else throw new UsageException($"`{target}` is there already: `:save! {target}` replaces it");
        // Where it is saved is no change of the session to go back from.
        _state = State with { File = target };
        output.WriteLine($"writes {target}");
    }

    internal void List(string rest)
    {
        None("model", rest);
        output.Write(Session.Text);
    }

    internal void Drop(string rest, CancellationToken cancellation)
    {
        if (rest.Length == 0) throw Usage("drop");
        var names = Words(rest);
        foreach (var name in names)
            if (!Session.Statements.Any(s => s.Names.Contains(name))) throw new UsageException($"no statement defines `{name}`{Meant(name, Session.Statements.SelectMany(s => s.Names))}");
        var change = Session.Without(Session.Statements.Where(s => s.Names.Any(names.Contains)));
        Write(change.Diagnostics);
        if (change.Session is null)
        {
            _mistakes++;
            return;
        }
        if (Reconciled(change.Session, change.Replaced.SelectMany(s => s.Names).ToHashSet(), cancellation) is not { } state) return;
        foreach (var statement in change.Replaced) output.WriteLine($"drops {FirstLine(statement.Text)}");
        Become(state);
    }

    internal void Undo(string rest) => Step("undo", rest, ref _before, ref _after, "undoes");

    internal void Redo(string rest) => Step("redo", rest, ref _after, ref _before, "redoes");

    /// <summary>Goes to the state on top of one stack, and puts the present one on the other.</summary>
    private void Step(string command, string rest, ref ImmutableStack<(SessionState State, string Entry)> from, ref ImmutableStack<(SessionState State, string Entry)> to, string verb)
    {
        None(command, rest);
        if (from.IsEmpty) throw new UsageException($"there is nothing to {command}");
        from = from.Pop(out var step);
        to = to.Push((State, step.Entry));
        _state = step.State;
        output.WriteLine($"{verb} {FirstLine(step.Entry)}");
    }

    internal void Clear(string rest)
    {
        None("clear", rest);
        Become(new SessionState(Session.New(Options(null))));
    }

    internal void SetSeed(string rest)
    {
        if (rest.Length == 0) output.WriteLine(Session.Options.Seed.ToString(CultureInfo.InvariantCulture));
        else if (!ulong.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)) throw new UsageException($"`:seed` takes a whole number from 0 to {ulong.MaxValue}, not `{rest}`");
        else Become(State with { Session = Session.With(Session.Options with { Seed = seed }) });
    }

    internal void Explain(string rest, CancellationToken cancellation)
    {
        None("explain", rest);
        if (Session.Model is null) throw new UsageException("there is no model yet");
        Session.TryExplain(out var text, out var diagnostics, MessagePassingOptions.All, cancellation);
        // That nothing is observed stands in the table.
        Write(diagnostics.Where(d => d.Id != "GM0507"));
        if (text is null) _mistakes++;
        // The first line is what the text of the model is called, which has no file of its own.
        else output.Write((State.File ?? Whole) + text[text.IndexOf('\n', StringComparison.Ordinal)..]);
    }

    internal void Help(string rest)
    {
        if (rest.Length == 0) Commands();
        else if (rest.StartsWith(':')) Command(SessionCommand.Find(rest[1..]));
        else if (Named(rest)) return;
        else if (Session.Model is not null && Session.Statements.Where(s => s.Names.Contains(rest)).ToArray() is { Length: > 0 } own)
            foreach (var statement in own) output.WriteLine(statement.Text);
        else throw new UsageException($"there is nothing to say of `{rest}`{Meant(rest, LanguageReference.Names.Concat(SessionCommand.All.Select(c => c.Name)))}");

        bool Named(string name)
        {
            var command = SessionCommand.All.FirstOrDefault(c => c.Name == name || c.Aliases.Contains(name));
            var entry = LanguageReference.Find(name);
            if (command is not null) Command(command);
            if (command is not null && entry is not null) output.WriteLine();
            output.Write(entry);
            return command is not null || entry is not null;
        }

        void Command(SessionCommand command)
        {
            output.WriteLine(command.Usage);
            output.WriteLine($"  {command.Summary}");
        }
    }

    internal void Quit(string rest)
    {
        None("quit", rest);
        _isOver = true;
    }

    private void Commands()
    {
        output.WriteLine("A statement grows the model, and stands in the place of an older one about the same: mu ~ Normal(0, 5)");
        output.WriteLine("An expression is answered: tau, 2 + 3, tau | y = 3");
        output.WriteLine("Questions: P(rain | wet), E(tau), SD(tau), Var(tau), Q(tau, 0.9); behind the bar stands what is given");
        output.WriteLine();
        var shown = SessionCommand.All.Where(c => !c.Name.EndsWith('!')).ToArray();
        var width = shown.Where(c => c.Usage.Length <= 20).Max(c => c.Usage.Length);
        foreach (var command in shown)
            output.WriteLine(command.Usage.Length <= width ? $"{command.Usage.PadRight(width)}  {command.Summary}" : $"{command.Usage}\n{new string(' ', width)}  {command.Summary}");
    }

    private static void None(string command, string rest)
    {
        if (rest.Length > 0) throw Usage(command);
    }

    private static UsageException Usage(string command) => new($"usage: {SessionCommand.Find(command).Usage}");

    private static string[] Words(string rest) => rest.Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries);

    private static string Meant(string name, IEnumerable<string> names) => Spelling.Nearest(name, names) is { } nearest ? $": did you mean `{nearest}`?" : "";

    /// <summary>A path as it is typed: quotes around it are no part of it, and `~` is the user's own folder.</summary>
    private static string FilePath(string written)
    {
        var path = written is ['"', .. var inner, '"'] ? inner : written;
        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..]) : path;
    }
}
