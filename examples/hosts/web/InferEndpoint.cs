using System.Diagnostics;
using System.Threading.RateLimiting;
using ProbLang.Inference;

namespace ProbLang.Hosts.Web;

/// <summary>How many inferences run for requests, and how many ended because nobody waited any more.</summary>
internal sealed class InferenceActivity
{
    private int _running;
    private int _cancelled;

    public int Running => Volatile.Read(ref _running);

    public int Cancelled => Volatile.Read(ref _cancelled);

    public void Begin() => Interlocked.Increment(ref _running);

    public void End(bool isCancelled)
    {
        if (isCancelled) Interlocked.Increment(ref _cancelled);
        Interlocked.Decrement(ref _running);
    }
}

/// <summary>A small inference on data of the request, which ends soon after the client has gone away.</summary>
internal static partial class InferEndpoint
{
    /// <summary>The name of the limit on how many run.</summary>
    public const string OneAtATime = "one inference at a time";

    private static readonly Lazy<Model> s_model = new(() => Model.CompileFile(Path.Combine(AppContext.BaseDirectory, "churn.gm"), new CompileOptions { Limits = ResourceLimits.Untrusted }).Model);

    /// <summary>All requests share one place.</summary>
    public static RateLimitPartition<string> Partition(HttpContext context) =>
        RateLimitPartition.GetConcurrencyLimiter(OneAtATime, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 0 });

    /// <summary>The data are a JSON object with an array by the name of each variable; <c>?draws=</c> says how many draws a chain makes.</summary>
    public static async Task<IResult> Infer(HttpContext context, InferenceActivity activity, ILogger<InferenceActivity> logger, int draws = 500)
    {
        var aborted = context.RequestAborted;
        using var reader = new StreamReader(context.Request.Body);
        var problem = s_model.Value.Condition(Data.OfJson(await reader.ReadToEndAsync(aborted)), cancellation: aborted);
        activity.Begin();
        var (asked, gone) = (Stopwatch.GetTimestamp(), 0L);
        using var noted = aborted.Register(() => gone = Stopwatch.GetTimestamp());
        try
        {
            var posterior = await problem.InferAsync(new Nuts { Seed = 1, Chains = 2, Warmup = 500, Draws = Math.Clamp(draws, 100, 20_000) }, cancellation: aborted);
            // What was cancelled has the draws that were done: nobody waits for their summary.
            aborted.ThrowIfCancellationRequested();
            return TypedResults.Ok(new
            {
                trusted = posterior.Verdict.Trusted,
                summary = posterior.Summary.Rows.ToDictionary(r => r.Name, r => new { mean = r.Mean, sd = r.Sd, q5 = r.Q5, q95 = r.Q95 }),
            });
        }
        finally
        {
            activity.End(aborted.IsCancellationRequested);
            if (aborted.IsCancellationRequested) LogStopped(logger, Stopwatch.GetElapsedTime(asked).TotalMilliseconds, Stopwatch.GetElapsedTime(gone).TotalMilliseconds);
        }
    }

    [LoggerMessage(LogLevel.Information, "a client went away: the inference of {Milliseconds:F0} ms stopped after {Late:F1} ms")]
    private static partial void LogStopped(ILogger logger, double milliseconds, double late);
}
