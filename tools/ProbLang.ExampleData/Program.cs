using ProbLang.ExampleData;

// Writes the data of the examples of learning into the repository whose root is given, or the one that this runs in.
var root = args is [var given] ? given : Directory.GetCurrentDirectory();
if (!File.Exists(Path.Combine(root, "ProbLang.sln")))
{
    Console.Error.WriteLine($"`{root}` is not the root of the repository: it has no `ProbLang.sln`");
    return 2;
}
foreach (var (path, text) in DataFiles.Of())
{
    var target = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    if (File.Exists(target) && File.ReadAllText(target) == text) continue;
    File.WriteAllText(target, text);
    Console.WriteLine(path);
}
return 0;
