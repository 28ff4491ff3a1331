using ProbLang.Hosts.Web;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
// Not a line, or several, for each request.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 256 * 1024);
// What cannot be read is answered like every other mistake.
builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
builder.Services.AddProblemDetails();
builder.Services.AddExceptionHandler<Problems>();
builder.Services.AddSingleton<InferenceActivity>();
builder.Services.AddSingleton<CurrentPosterior>();
builder.Services.AddHostedService(services => services.GetRequiredService<CurrentPosterior>());
// An inference takes whole processors: one at a time, and others are told to come back.
builder.Services.AddRateLimiter(limiter =>
{
    limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
    limiter.AddPolicy(InferEndpoint.OneAtATime, InferEndpoint.Partition);
});

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseRateLimiter();
app.MapGet("/health", (CurrentPosterior posterior, InferenceActivity activity) => new
{
    status = posterior.Current is null ? "waiting for a posterior" : "ready",
    posterior = posterior.Current?.Written,
    inferencesRunning = activity.Running,
    inferencesCancelled = activity.Cancelled,
});
app.MapPost("/score", RowEndpoints.Score);
app.MapPost("/predict", RowEndpoints.Predict);
app.MapPost("/infer", InferEndpoint.Infer).RequireRateLimiting(InferEndpoint.OneAtATime);
app.Run();
