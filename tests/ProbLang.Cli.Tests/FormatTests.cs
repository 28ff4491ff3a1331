using System.Text;
using Xunit;

namespace ProbLang.Cli.Tests;

public class FormatTests
{
    private const string Untidy = "x~Normal( 0,1 ) // kept\n";
    private const string Tidy = "x ~ Normal(0, 1) // kept\n";

    [Fact]
    public void A_file_is_rewritten_and_named_once()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.gm", Untidy);
        Assert.Equal(new CliRun(ExitCode.Done, $"{path}\n", ""), CliRun.Of("format", path));
        Assert.Equal(Tidy, File.ReadAllText(path));
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("format", path));
        Assert.Equal(["m.gm"], Directory.GetFiles(folder.Root).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void A_check_changes_nothing_and_fails_where_there_is_something_to_change()
    {
        using var folder = new TemporaryFolder();
        var (untidy, tidy) = (folder.File("untidy.gm", Untidy), folder.File("tidy.gm", Tidy));
        Assert.Equal(new CliRun(ExitCode.Mistake, $"{untidy}\n", ""), CliRun.Of("format", "--check", tidy, untidy));
        Assert.Equal(Untidy, File.ReadAllText(untidy));
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of("format", tidy, "--check"));
    }

    [Fact]
    public void A_file_with_a_mistake_stays_as_it_is_and_the_others_are_laid_out()
    {
        using var folder = new TemporaryFolder();
        var (wrong, untidy) = (folder.File("wrong.gm", "x~Normal(0 1)"), folder.File("untidy.gm", Untidy));
        var run = CliRun.Of("format", wrong, untidy);
        Assert.Equal((ExitCode.Mistake, $"{untidy}\n"), (run.Code, run.Out));
        Assert.Contains("error GM0111", run.Error, StringComparison.Ordinal);
        Assert.Equal("x~Normal(0 1)", File.ReadAllText(wrong));
        Assert.Equal(Tidy, File.ReadAllText(untidy));
    }

    [Fact]
    public void A_byte_order_mark_and_carriage_returns_go()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Combine("m.gm");
        File.WriteAllText(path, Tidy.Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(ExitCode.Mistake, CliRun.Of("format", "--check", path).Code);
        Assert.Equal(ExitCode.Done, CliRun.Of("format", path).Code);
        Assert.Equal(Encoding.UTF8.GetBytes(Tidy), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_link_goes_on_pointing_to_its_file()
    {
        // Links need rights there that a test does not have.
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();
        var path = folder.File("m.gm", Untidy);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var link = File.CreateSymbolicLink(folder.Combine("link.gm"), path).FullName;
        Assert.Equal(ExitCode.Done, CliRun.Of("format", link).Code);
        Assert.Equal(path, new FileInfo(link).LinkTarget);
        Assert.Equal(Tidy, File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake_of_the_call() => Assert.Equal(ExitCode.Usage, CliRun.Of("format", "nowhere.gm").Code);

    [Fact]
    public void The_examples_are_laid_out_in_the_one_way()
    {
        // Where programs are built there are copies, which may be old.
        var built = $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}";
        string[] examples = [.. Directory.GetFiles(Repository.Examples, "*.gm", SearchOption.AllDirectories).Where(f => !f.Contains(built, StringComparison.Ordinal))];
        Assert.NotEmpty(examples);
        Assert.Equal(new CliRun(ExitCode.Done, "", ""), CliRun.Of(["format", "--check", .. examples]));
    }
}
