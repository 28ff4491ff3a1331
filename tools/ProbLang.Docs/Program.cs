using ProbLang.Docs;

// Writes every generated file of the repository whose root is given, or the one that this runs in.
var root = args is [var given] ? given : Directory.GetCurrentDirectory();
if (!File.Exists(Path.Combine(root, GeneratedFiles.Ebnf)))
{
    Console.Error.WriteLine($"`{root}` is not the root of the repository: it has no `{GeneratedFiles.Ebnf}`");
    return 2;
}
foreach (var (path, text) in GeneratedFiles.Of(root))
{
    var target = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    if (File.Exists(target) && File.ReadAllText(target) == text) continue;
    File.WriteAllText(target, text);
    Console.WriteLine(path);
}
return 0;
