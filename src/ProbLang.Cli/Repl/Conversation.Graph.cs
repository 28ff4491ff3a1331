using ProbLang.Cli.Commands;

namespace ProbLang.Cli.Repl;

/// <content>The model as a picture.</content>
internal sealed partial class Conversation
{
    internal void Graph(string path)
    {
        if (Session.Model is not { } model) throw new UsageException("there is no model yet");
        var file = path.Length > 0 ? FilePath(path) : null;
        if (Directory.Exists(file)) throw new UsageException($"`{file}` is a folder, not a file");
        if (File.Exists(file)) throw new UsageException($"`{file}` is there already");
        if (Drawn(model, GraphCommand.FormOf(null, file)) is not { } picture) HasFailed = true;
        else if (file is null) output.Write(picture);
        else OutputFile.Create(file, picture);
    }

    private string? Drawn(Model model, GraphForm form)
    {
        if (State is { Files: [], Givens: [] }) return model.DrawGraph(form, expectsData: false);
        model.TryDrawGraph(Session.Learned.With(Session.Data), form, out var picture, out var diagnostics);
        Write(diagnostics);
        return picture;
    }
}
