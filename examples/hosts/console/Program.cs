using ProbLang;
using ProbLang.Hosts;
using ProbLang.Inference;

// Ctrl-C ends the inference with the draws that are finished, and then the program.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var folder = AppContext.BaseDirectory;
var compilation = Model.CompileFile(Path.Combine(folder, "churn.gm"));
foreach (var diagnostic in compilation.Diagnostics) Console.Error.WriteLine(diagnostic);
if (!compilation.Success) return 1;

// Records are a table: each property is the variable of its name.
var customers = Customer.Read(Path.Combine(folder, "churn.csv"));
var problem = compilation.Model.Condition(Data.OfRecords(customers));
var posterior = await problem.InferAsync(new Nuts { Seed = 1, Warmup = 500, Draws = 500 }, cancellation: stop.Token);
posterior.Write(Console.Out, SummaryForm.Table);
Console.WriteLine(posterior.Verdict);
if (posterior.Interrupted) return 130;

// Compiled once, the scorer takes customers that are not among the data.
var scorer = posterior.Scorer();
foreach (var customer in (Customer[])[new("basic", 1, 4), new("business", 48, 0)])
{
    var leaves = scorer.Predict(customer, cancellation: stop.Token)["leaves"];
    Console.WriteLine(FormattableString.Invariant($"{customer.Plan}, {customer.Months} months, {customer.Calls} calls: leaves with probability {leaves.Probability(1):0.00}"));
}
return 0;
