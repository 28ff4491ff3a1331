using ProbLang.Limits;
using Xunit;

namespace ProbLang.Tests.Limits;

public class RecentTests
{
    [Fact]
    public void What_was_asked_for_last_is_kept()
    {
        var made = new List<int>();
        var recent = new Recent<int, string>(3, key =>
        {
            made.Add(key);
            return $"<{key}>";
        });
        foreach (var key in (int[])[1, 2, 3, 1, 4, 1, 2]) Assert.Equal($"<{key}>", recent[key]);
        // 4 came for 2, which had waited longest, and then 2 for 3.
        Assert.Equal([1, 2, 3, 4, 2], made);
        Assert.Equal(3, recent.Count);
        foreach (var key in (int[])[1, 4, 2]) Assert.Equal($"<{key}>", recent[key]);
        Assert.Equal(5, made.Count);
    }

    [Fact]
    public void Many_threads_get_the_values_of_their_keys_and_no_more_are_kept()
    {
        var recent = new Recent<int, string>(16, key => $"<{key}>");
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 5000; i++)
            {
                var key = random.Next(64);
                Assert.Equal($"<{key}>", recent[key]);
            }
        });
        Assert.Equal(16, recent.Count);
    }
}
