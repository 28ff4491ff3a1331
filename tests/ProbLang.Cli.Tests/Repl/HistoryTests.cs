using FsCheck;
using FsCheck.Fluent;
using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public sealed class HistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.Combine(Path.Combine("state", "history"));

    private History New() => new(new HistoryFile(FilePath));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_entry_is_read_back_as_it_was_entered() => Prop.ForAll<NonNull<string>>(entry =>
        HistoryFile.Unescaped(HistoryFile.Escaped(entry.Get)) == entry.Get && !HistoryFile.Escaped(entry.Get).Contains('\n', StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void Entries_are_there_in_the_next_session_each_once()
    {
        var history = New();
        foreach (var entry in (string[])["x ~ Normal(0, 1)", "for i in 1..3 {\n  y[i] = 1\n}", "x", "x", " ", "x ~ Normal(0, 1)"]) history.Add(entry);
        Assert.Equal(["for i in 1..3 {\n  y[i] = 1\n}", "x", "x ~ Normal(0, 1)"], history.Entries);
        Assert.Equal(history.Entries, New().Entries);
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files");
        New().Add("x");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public async Task Sessions_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(s => Task.Run(() =>
        {
            var history = New();
            for (var i = 0; i < 50; i++) history.Add($"x{s}_{i}");
            Assert.Null(history.Failure);
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(200, New().Entries.Length);
    }

    [Fact]
    public void It_does_not_grow_without_end()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllLines(FilePath, Enumerable.Range(0, 2 * HistoryFile.MostEntries).Select(i => $"x{i}"));
        var history = New();
        Assert.Equal(HistoryFile.MostEntries, history.Entries.Length);
        history.Add("last");
        Assert.Equal(HistoryFile.MostEntries, File.ReadAllLines(FilePath).Length);
        Assert.Equal("last", New().Entries[^1]);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_given_up_with_the_reason()
    {
        _folder.File("state", "no folder");
        var history = New();
        history.Add("x");
        Assert.NotNull(history.Failure);
        Assert.Equal(["x"], history.Entries);
    }
}
