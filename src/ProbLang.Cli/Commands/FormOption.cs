using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary>The option that says how a result is written.</summary>
internal static class FormOption
{
    public static Option<string> Create(string description)
    {
        var option = new Option<string>("--as") { Description = description, HelpName = "table|json|csv", DefaultValueFactory = _ => "table" };
        option.AcceptOnlyFromAmong("table", "json", "csv");
        return option;
    }

    public static SummaryForm Read(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        "json" => SummaryForm.Json,
        "csv" => SummaryForm.Csv,
        _ => SummaryForm.Table,
    };
}
