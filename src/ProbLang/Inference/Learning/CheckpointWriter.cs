using System.Diagnostics;

namespace ProbLang.Inference;

/// <summary>When a training is saved. A disk that is full hours later ends no training, but one that cannot be written at all says so before it begins.</summary>
internal sealed class CheckpointWriter(Training options, Checkpoint checkpoint)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private long _last;
    private long _savedStep = -1;
    private int _savedEpochs;

    /// <summary>Why the last one could not be written; null when it could.</summary>
    public string? Problem { get; private set; }

    public void Begin(TrainingState state)
    {
        if (options.CheckpointPath is not null) Write(state);
    }

    public void AfterStep(TrainingState state)
    {
        if (options.CheckpointEvery is { } every && state.Step % every == 0) Save(state);
    }

    public void AfterEpoch(TrainingState state)
    {
        if (options.CheckpointEvery is null && Stopwatch.GetElapsedTime(_last) >= s_pause) Save(state);
    }

    public void End(TrainingState state) => Save(state);

    private void Save(TrainingState state)
    {
        if (options.CheckpointPath is null || _savedStep == state.Step && _savedEpochs == state.History.Count) return;
        try
        {
            Write(state);
            Problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = e.Message;
        }
    }

    private void Write(TrainingState state)
    {
        checkpoint.Write(options.CheckpointPath!, state);
        (_last, _savedStep, _savedEpochs) = (Stopwatch.GetTimestamp(), state.Step, state.History.Count);
    }
}
