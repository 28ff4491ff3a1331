namespace ProbLang.Limits;

/// <summary>Loops over what a model has many of.</summary>
internal static class Watching
{
    /// <summary>The same items; before each of them the computation may end.</summary>
    /// <exception cref="OperationCanceledException">While going through them: the computation was cancelled.</exception>
    /// <exception cref="ResourceLimitException">While going through them: its time is over.</exception>
    public static IEnumerable<T> Watched<T>(this IEnumerable<T> items)
    {
        var budget = Budget.Current;
        foreach (var item in items)
        {
            budget.Check();
            yield return item;
        }
    }
}
