using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary>What of the posterior is to be reported.</summary>
internal sealed class QueryOptions
{
    private readonly Option<string[]> _query = new("--query") { Description = "The variables or elements to report; with commas, a,b, their joint distribution.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _mpe = new("--mpe") { Description = "The most probable explanation: the values of all discrete unknowns that are most probable together." };

    public QueryOptions(Command command)
    {
        command.Options.Add(_query);
        command.Options.Add(_mpe);
    }

    public Query Read(ParseResult parsed) => Query.Of(parsed.GetValue(_query) ?? []) with { MostProbable = parsed.GetValue(_mpe) };

    /// <summary>What asks for an exact answer, as it stands on the command line; null where nothing does.</summary>
    public static string? AsksForExact(Query query) => query.MostProbable ? "--mpe" : query.Joint.IsEmpty ? null : $"--query {string.Join(',', query.Joint[0])}";

    /// <exception cref="UsageException">There is nothing of a name to report.</exception>
    public static void Check(Query query, Problem problem)
    {
        foreach (var name in query.Marginals)
            if (!problem.Reported.Contains(name) && !problem.ReportedElements.Contains(name)) throw NoVariable(name, problem);
        foreach (var name in query.Joint.SelectMany(g => g))
        {
            if (problem.ReportedElements.Contains(name)) continue;
            if (!problem.Reported.Contains(name)) throw NoVariable(name, problem);
            var elements = problem.ReportedElements.Where(e => e.StartsWith(name + "[", StringComparison.Ordinal)).ToArray();
            throw new UsageException($"--query: a joint distribution is of numbers, and `{name}` is an array: name its elements, {elements[0]}{(elements.Length > 1 ? $" to {elements[^1]}" : "")}");
        }
    }

    private static UsageException NoVariable(string name, Problem problem) =>
        new($"--query: {(problem.Observed.Contains(name) ? $"`{name}` is observed, so that there is nothing to report of it; there are" : $"the model has no variable `{name}` to report; it has")} {string.Join(", ", problem.Reported)}");
}
