using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>Looks at the budget as a kernel goes through a batch: before each member that is large, and now and then before small ones.</summary>
/// <param name="work">How many numbers the work area of a member holds.</param>
internal struct BatchTicker(int work)
{
    private const int Large = 1 << 12;
    private Ticker _small;

    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    /// <exception cref="ResourceLimitException">Its time is over.</exception>
    public void Tick()
    {
        if (work < Large) _small.Tick();
        else Budget.Current.Check();
    }
}
