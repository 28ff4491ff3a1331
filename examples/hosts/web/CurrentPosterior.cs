namespace ProbLang.Hosts.Web;

/// <summary>A posterior that was loaded, with its compiled scorer.</summary>
internal sealed record LoadedPosterior(Scorer Scorer, DateTimeOffset Written);

/// <summary>The posterior in a folder that the worker writes, loaded anew when the worker replaces it. Requests that are under way finish with the one that they began with.</summary>
internal sealed partial class CurrentPosterior(IConfiguration configuration, ILogger<CurrentPosterior> logger) : BackgroundService
{
    private readonly string _folder = configuration["Posterior"] ?? "posterior";
    private volatile LoadedPosterior? _current;

    /// <summary>Null before there is any.</summary>
    public LoadedPosterior? Current => _current;

    /// <summary>What requests are answered with.</summary>
    /// <exception cref="NoPosteriorException">There is none yet.</exception>
    public Scorer Scorer => _current?.Scorer ?? throw new NoPosteriorException();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do Look();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Look()
    {
        // The folder is there whole or not at all; this file says when it was written.
        var mark = new FileInfo(Path.Combine(_folder, "run.json"));
        if (!mark.Exists || _current is { } current && current.Written == mark.LastWriteTimeUtc) return;
        try
        {
            var scorer = SavedPosterior.Load(_folder).Scorer();
            scorer.Prepare();
            _current = new LoadedPosterior(scorer, mark.LastWriteTimeUtc);
            LogLoaded(_folder, scorer.Draws);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException or InvalidDataException or DataException or EngineException)
        {
            // The next look may find a better one; until then the old one answers.
            LogNotLoaded(mistake, _folder);
        }
    }

    [LoggerMessage(LogLevel.Information, "loaded {Folder}: {Draws} draws")]
    private partial void LogLoaded(string folder, int draws);

    [LoggerMessage(LogLevel.Warning, "{Folder} cannot be loaded")]
    private partial void LogNotLoaded(Exception mistake, string folder);
}

/// <summary>No posterior has been written yet.</summary>
internal sealed class NoPosteriorException() : Exception("there is no posterior yet");
