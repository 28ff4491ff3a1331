namespace ProbLang.Cli.Repl;

/// <summary>Hints that follow an entry while it is typed, worked out beside the typing, which never waits for them.</summary>
/// <param name="language">What is known of entries.</param>
/// <param name="changed">Called, from another thread, where there is another hint.</param>
internal sealed class Hints(EntryLanguage language, Action changed) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(120);

    /// <summary>A word that is being typed is mistaken until it is complete; it is spared for longer.</summary>
    private static readonly TimeSpan s_longPause = TimeSpan.FromMilliseconds(900);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _latest;
    private volatile Hint _current = Hint.None;

    public Hint Current => _current;

    /// <summary>The entry has changed, or the cursor has moved in it.</summary>
    public void Follow(TextBuffer buffer)
    {
        Stop();
        _current = buffer.IsEmpty ? Hint.None : _current.AfterChange;
        if (!buffer.IsEmpty) _ = WorkOut(buffer, (_latest = new CancellationTokenSource()).Token);
    }

    public void Dispose() => Stop();

    private void Stop()
    {
        // Within the lock: what was worked out for the entry before is not to show now.
        lock (_lock) _latest?.Cancel();
        _latest?.Dispose();
        _latest = null;
    }

    private async Task WorkOut(TextBuffer buffer, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(s_pause, cancellation).ConfigureAwait(false);
            var hint = Hint.Of(language, buffer);
            if (hint.IsAtWord(buffer))
            {
                Show(hint.AfterChange, cancellation);
                await Task.Delay(s_longPause, cancellation).ConfigureAwait(false);
            }
            Show(hint, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Another key came.
        }
    }

    private void Show(Hint hint, CancellationToken cancellation)
    {
        lock (_lock)
        {
            cancellation.ThrowIfCancellationRequested();
            _current = hint;
        }
        changed();
    }
}
