using ProbLang.Cli.Commands;

namespace ProbLang.Cli.Repl;

/// <content>The model as a picture.</content>
internal sealed partial class Conversation
{
    /// <summary>Pictures that this session has written, which it may write again.</summary>
    private readonly HashSet<string> _pictures = [];

    internal void Graph(string path, bool overwrite, CancellationToken cancellation)
    {
        if (overwrite && path.Length == 0) throw Usage("graph!");
        if (Session.Model is null) throw new UsageException("there is no model yet");
        var file = path.Length > 0 ? FilePath(path) : null;
        if (Directory.Exists(file)) throw new UsageException($"`{file}` is a folder, not a file");
        var form = FormOf(file);
        var isReplaced = File.Exists(file);
        if (isReplaced && !overwrite && !_pictures.Contains(Path.GetFullPath(file!))) throw new UsageException($"`{file}` is there already: `:graph! {file}` replaces it");
        Session.TryDrawGraph(form, out var picture, out var diagnostics, cancellation);
        Write(diagnostics);
        if (picture is null) _mistakes++;
        else if (file is null) output.Write(picture);
        else
        {
            if (isReplaced) OutputFile.Replace(file, picture);
            else OutputFile.Create(file, picture);
            _pictures.Add(Path.GetFullPath(file));
            output.WriteLine($"writes {file}");
        }
    }

    private static GraphForm FormOf(string? file)
    {
        var form = GraphCommand.FormOf(null, file);
        return form != GraphForm.Text || file is null || Path.GetExtension(file).ToUpperInvariant() is "" or ".TXT" ? form
            : throw new UsageException($"`{file}` has an ending of no picture: there are .svg, .dot, .mmd (Mermaid) and .txt");
    }
}
