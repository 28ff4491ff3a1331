using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Hosts.Tests;

/// <summary>The host examples, run as their users run them.</summary>
public sealed partial class HostTests : IDisposable
{
    private static readonly string[] s_quick = ["--Refit:Warmup", "500", "--Refit:Draws", "500", "--Refit:Seed", "1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("problang-hosts-").FullName;

    private string Posterior => Path.Combine(_folder, "posterior");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_console_summarises_the_posterior_and_predicts()
    {
        await using var program = HostProgram.Start("Console");
        Assert.Equal(0, await program.WhenEnded(TestContext.Current.CancellationToken));
        var probabilities = Predicted().Matches(program.Output).Select(m => double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, probabilities.Length);
        Assert.InRange(probabilities[0], 0.7, 1);
        Assert.InRange(probabilities[1], 0, 0.15);
        Assert.Contains("of_plan[business]", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_worker_writes_the_posterior_and_keeps_it_where_the_next_is_not_trusted()
    {
        Assert.Equal(0, await Refit(s_quick));
        var written = File.GetLastWriteTimeUtc(Path.Combine(Posterior, "run.json"));
        // Two draws a chain are too few to be trusted.
        Assert.Equal(1, await Refit("--Refit:Warmup", "20", "--Refit:Draws", "2"));
        Assert.Equal(1, await Refit("--Refit:Data", Path.Combine(_folder, "nowhere.csv")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(Posterior, "run.json")));
    }

    [Fact]
    public async Task A_worker_that_waits_for_the_night_ends_when_it_is_asked_to()
    {
        await using var program = HostProgram.Start("Worker", "--Refit:Posterior", Posterior, "--Refit:At", DateTime.Now.AddHours(3).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await program.WhenWritten("next fit in ", TestContext.Current.CancellationToken);
        Assert.Equal(0, await program.Stop(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_web_host_scores_predicts_and_infers_and_says_what_is_wrong()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var program = HostProgram.Start("Web", "--urls", "http://127.0.0.1:0", "--Posterior", Posterior);
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(await program.WhenWritten("Now listening on: ", cancellation)).Groups[1].Value) };
        await Expect(client, "/score", """{ "plan": "basic", "months": 3, "calls": 2, "leaves": true }""", HttpStatusCode.ServiceUnavailable, "there is no posterior yet", cancellation);

        Assert.Equal(0, await Refit(s_quick));
        await program.WhenWritten("2000 draws", cancellation);
        using var yes = await Expect(client, "/score", """{ "plan": "basic", "months": 3, "calls": 2, "leaves": true }""", HttpStatusCode.OK, "logDensity", cancellation);
        using var no = await Expect(client, "/score", """{ "plan": "basic", "months": 3, "calls": 2, "leaves": false }""", HttpStatusCode.OK, "logDensity", cancellation);
        using var both = await Expect(client, "/predict", """{ "plan": "basic", "months": 3, "calls": 2 }""", HttpStatusCode.OK, "probabilities", cancellation);
        var probabilities = both.RootElement.GetProperty("leaves").GetProperty("probabilities");
        Assert.Equal(Math.Exp(yes.RootElement.GetProperty("logDensity").GetDouble()), probabilities.GetProperty("1").GetDouble(), 1e-12);
        Assert.Equal(Math.Exp(no.RootElement.GetProperty("logDensity").GetDouble()), probabilities.GetProperty("0").GetDouble(), 1e-12);

        await Expect(client, "/score", """{ "plan": "basik", "months": 3, "calls": 2 }""", HttpStatusCode.BadRequest, "did you mean", cancellation);
        await Expect(client, "/score", """{ "plan": "basic", "months": -3, "calls": 2, "leaves": true }""", HttpStatusCode.BadRequest, "\"field\":\"months\"", cancellation);
        await Expect(client, "/score", """{ "plan": "basic", "months": 3, "calls": 2 }""", HttpStatusCode.BadRequest, "\"field\":\"leaves\"", cancellation);
        await Expect(client, "/predict", """{ "plan": "basic", "months": 3, "calls": 2, "leavs": null }""", HttpStatusCode.BadRequest, "but `leavs`", cancellation);
        await Expect(client, "/predict", """{ "plan": "basic", "calls": 2 }""", HttpStatusCode.BadRequest, "the row has no", cancellation);
        await Expect(client, "/score", """{ "plan": """, HttpStatusCode.BadRequest, "The request cannot be read.", cancellation);
        await Expect(client, "/score", $$"""{ "plan": "{{new string('a', 300_000)}}" }""", HttpStatusCode.RequestEntityTooLarge, "", cancellation);
        await Expect(client, "/infer", """{ "plan": ["basic"], "months": [-1], "calls": [2], "leaves": [1] }""", HttpStatusCode.UnprocessableEntity, "\"diagnostics\"", cancellation);
        using var inferred = await Expect(client, "/infer", """{ "plan": ["basic", "student", "basic"], "months": [1, 5, 20], "calls": [2, 3, 0], "leaves": [1, 1, 0] }""", HttpStatusCode.OK, "of_plan[basic]", cancellation);
        using var health = await client.GetFromJsonAsync<JsonDocument>("/health", cancellation);
        Assert.Equal("ready", health!.RootElement.GetProperty("status").GetString());
        Assert.Equal(0, await program.Stop(cancellation));
    }

    [Fact]
    public async Task An_inference_whose_client_goes_away_stops()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var program = HostProgram.Start("Web", "--urls", "http://127.0.0.1:0", "--Posterior", Posterior);
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(await program.WhenWritten("Now listening on: ", cancellation)).Groups[1].Value) };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asked = client.PostAsync("/infer?draws=20000", new StringContent("""{ "plan": ["basic", "student", "basic"], "months": [1, 5, 20], "calls": [2, 3, 0], "leaves": [1, 1, 0] }"""), leaving.Token);
        while ((await Health(client, cancellation)).GetProperty("inferencesRunning").GetInt32() == 0) await Task.Delay(5, cancellation);
        using (var second = await client.PostAsync("/infer", new StringContent("{}"), cancellation)) Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await program.WhenWritten("a client went away", cancellation);
        Assert.Equal(1, (await Health(client, cancellation)).GetProperty("inferencesCancelled").GetInt32());
        Assert.Equal(0, await program.Stop(cancellation));
    }

    private static async Task<JsonElement> Health(HttpClient client, CancellationToken cancellation) => await client.GetFromJsonAsync<JsonElement>("/health", cancellation);

    private async Task<int> Refit(params string[] options)
    {
        await using var program = HostProgram.Start("Worker", ["--once", "--Refit:Posterior", Posterior, .. options]);
        return await program.WhenEnded(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonDocument> Expect(HttpClient client, string path, string body, HttpStatusCode status, string content, CancellationToken cancellation)
    {
        using var response = await client.PostAsync(path, new StringContent(body, null, "application/json"), cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Contains(content, text, StringComparison.Ordinal);
        if (status != HttpStatusCode.OK) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text);
    }

    [GeneratedRegex(@"leaves with probability ([0-9.]+)")]
    private static partial Regex Predicted();

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:[0-9]+)")]
    private static partial Regex Address();
}
