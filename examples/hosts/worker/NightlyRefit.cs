using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProbLang.Inference;

namespace ProbLang.Hosts.Worker;

/// <summary>Fits the model to the data once a night. A posterior that cannot be trusted is not written: the old one goes on serving.</summary>
internal sealed partial class NightlyRefit(IOptions<RefitOptions> options, IHostApplicationLifetime lifetime, ILogger<NightlyRefit> logger, TimeProvider? time = null) : BackgroundService
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.IsOnce)
        {
            Environment.ExitCode = await Refit(stoppingToken) ? 0 : 1;
            lifetime.StopApplication();
            return;
        }
        while (true)
        {
            var wait = UntilNext(_time.GetLocalNow(), options.Value.At);
            LogWaiting(wait);
            await Task.Delay(wait, _time, stoppingToken);
            await Refit(stoppingToken);
        }
    }

    /// <summary>How long it is until it is that time of day, today or tomorrow.</summary>
    internal static TimeSpan UntilNext(DateTimeOffset now, TimeOnly at)
    {
        var wait = at.ToTimeSpan() - now.TimeOfDay;
        return wait > TimeSpan.Zero ? wait : wait + TimeSpan.FromDays(1);
    }

    private async Task<bool> Refit(CancellationToken stopping)
    {
        try
        {
            return await TryRefit(stopping);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            // Tomorrow's data may be better.
            LogFailed(mistake);
            return false;
        }
    }

    private async Task<bool> TryRefit(CancellationToken stopping)
    {
        var compilation = Model.CompileFile(options.Value.Model, cancellation: stopping);
        if (!compilation.Success) throw new DataException(compilation.Diagnostics);
        var problem = compilation.Model.Condition(Data.Load(options.Value.Data, stopping), cancellation: stopping);
        var engine = new Nuts { Seed = options.Value.Seed, Warmup = options.Value.Warmup, Draws = options.Value.Draws };
        var posterior = await problem.InferAsync(engine, cancellation: stopping);
        // What was interrupted is not trusted either.
        if (!posterior.Verdict.Trusted)
        {
            LogKept(posterior.Verdict.ToString());
            return false;
        }
        // There whole or not at all: whoever reads the folder sees the old posterior or the new one.
        posterior.Save(options.Value.Posterior, typeof(Model).Assembly.GetName().Version!.ToString(), FormattableString.Invariant($"problang infer churn.gm --seed {posterior.Seed}"), stopping);
        LogWritten(options.Value.Posterior, posterior.Verdict.ToString());
        return true;
    }

    [LoggerMessage(LogLevel.Information, "next fit in {Wait}")]
    private partial void LogWaiting(TimeSpan wait);

    [LoggerMessage(LogLevel.Information, "wrote {Folder}: {Verdict}")]
    private partial void LogWritten(string folder, string verdict);

    [LoggerMessage(LogLevel.Warning, "the old posterior is kept: {Verdict}")]
    private partial void LogKept(string verdict);

    [LoggerMessage(LogLevel.Error, "the fit failed")]
    private partial void LogFailed(Exception mistake);
}
