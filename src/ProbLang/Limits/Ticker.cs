namespace ProbLang.Limits;

/// <summary>Looks at the budget now and then, for loops of short steps.</summary>
internal struct Ticker
{
    private const int Steps = 64;
    private int _steps;

    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    /// <exception cref="ResourceLimitException">Its time is over.</exception>
    public void Tick()
    {
        if (++_steps < Steps) return;
        _steps = 0;
        Budget.Current.Check();
    }
}
