using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using ProbLang.Text;

namespace ProbLang.Hosts.Web;

/// <summary>What can be wrong with a request, as problem+json: with the field of a row, or with the diagnostics of data.</summary>
internal sealed class Problems(IProblemDetailsService problems) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Of(exception) is not { } problem) return false;
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails? Of(Exception exception) => exception switch
    {
        ArgumentException mistake => Problem(StatusCodes.Status400BadRequest, "The row cannot be taken.", FirstLine(mistake), ("field", mistake.ParamName)),
        DataException mistake => Problem(StatusCodes.Status422UnprocessableEntity, "The data do not fit the model.", null, ("diagnostics", Described(mistake.Diagnostics))),
        EngineException mistake => Problem(StatusCodes.Status422UnprocessableEntity, "The model cannot answer this.", null, ("diagnostics", Described(mistake.Diagnostics))),
        ResourceLimitException exceeded => Problem(StatusCodes.Status422UnprocessableEntity, "This would take too much.", exceeded.Message),
        NoPosteriorException missing => Problem(StatusCodes.Status503ServiceUnavailable, "Not ready.", missing.Message),
        BadHttpRequestException bad => Problem(bad.StatusCode, "The request cannot be read.", bad.Message),
        // Nobody is there to read it.
        OperationCanceledException => Problem(StatusCodes.Status499ClientClosedRequest, "Cancelled.", null),
        _ => null,
    };

    private static ProblemDetails Problem(int status, string title, string? detail, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        foreach (var (name, value) in more)
            if (value is not null) problem.Extensions.Add(name, value);
        return problem;
    }

    /// <summary>The message without the name of the parameter that .NET puts after it.</summary>
    private static string FirstLine(ArgumentException mistake) => mistake.ParamName is { } name ? mistake.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : mistake.Message;

    private static object[] Described(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(d => new { id = d.Id, message = d.Message, line = d.Location?.Line, remedy = d.Remedy })];
}
