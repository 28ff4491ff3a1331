using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProbLang.Programs;

/// <summary>A scheduled program as text: what `problang dump --stage program` shows.</summary>
internal sealed class ProgramPrinter
{
    private readonly StringBuilder _text = new();
    private readonly Func<Term, Term> _resolve;
    private readonly Dictionary<Term, string> _names = [];
    private int _count;

    private ProgramPrinter(Func<Term, Term> resolve) => _resolve = resolve;

    public static string Print(Block block, Term total, Func<Term, Term> resolve, HoistedData hoisted, IReadOnlyList<Statement> tables, IEnumerable<Buffer> buffers)
    {
        var printer = new ProgramPrinter(resolve);
        string[] singles = [.. buffers.Where(b => b.Precision == Precision.Single && b.Kind != BufferKind.Adjoint).Select(b => $"{b}[{b.Length}]").Order(StringComparer.Ordinal)];
        if (singles.Length > 0) printer._text.Append("# in single precision, with their derivatives: ").AppendJoin(", ", singles).Append("\n\n");
        if (hoisted.Fills.Count + tables.Count > 0)
        {
            printer._text.Append("# computed once from the data\n");
            foreach (var table in tables) printer.Print(table);
            foreach (var (buffer, counters, term) in hoisted.Fills)
            {
                var indices = counters.Length > 0 ? $"[{string.Join(", ", counters.Select(TermPrinter.CounterName))}]" : "";
                printer.PrintOnce($"{buffer}{indices}", term, counters);
            }
            printer._text.Append("\n# at each evaluation\n");
        }
        printer.Print(block, 0);
        printer._text.Append("return ").Append(printer.Formula(resolve(total))).Append('\n');
        return printer._text.ToString();
    }

    private void Print(Statement table)
    {
        if (table is Store store) PrintOnce($"{store.Buffer}[{TermPrinter.Print(store.Index)}]", store.Value, store.Counters);
        else if (table is KernelCall call) Print(call, 0);
    }

    private void PrintOnce(string target, Term value, Counter[] counters) =>
        _text.Append(target).Append(" = ").Append(TermPrinter.Print(value)).Append(string.Concat(counters.Select(c => $"  for {TermPrinter.CounterName(c)} < {c.Extent}"))).Append('\n');

    private void Print(KernelCall call, int depth) =>
        Indent(depth).Append(string.Join(", ", call.Outputs)).Append(" <- ").Append(call.Kernel.Name).Append('(').Append(string.Join(", ", call.Inputs)).Append(")\n");

    private string Formula(Term term) => _names.TryGetValue(term, out var name) ? name : TermPrinter.Print(_resolve(term), Name);

    private string? Name(Term term) => _names.GetValueOrDefault(_resolve(term)) ?? (ReferenceEquals(_resolve(term), term) ? null : TermPrinter.Print(_resolve(term)));

    private StringBuilder Indent(int depth) => _text.Append(' ', 2 * depth);

    private void Print(Block block, int depth)
    {
        foreach (var instruction in block.Instructions)
        {
            switch (instruction)
            {
                case Let { Term: { Kind: TermKind.ToReal or TermKind.Detached } or { IsInteger: true } }:
                    break;
                case Let let:
                    var name = string.Create(CultureInfo.InvariantCulture, $"t{++_count}");
                    Indent(depth).Append(name).Append(" = ").Append(TermPrinter.Print(let.Term, Name)).Append('\n');
                    _names[let.Term] = name;
                    break;
                case Write { Store: var store }:
                    Indent(depth).Append(store.Buffer).Append('[').Append(Formula(_resolve(store.Index))).Append(store.Adds ? "] += " : "] = ").Append(Formula(_resolve(store.Value))).Append('\n');
                    break;
                case ForLoop loop:
                    Print(loop, depth);
                    break;
                case Call { Kernel: var call }:
                    Print(call, depth);
                    break;
                default:
                    throw new UnreachableException($"no case for {instruction}");
            }
        }
    }

    private void Print(ForLoop loop, int depth)
    {
        Indent(depth).Append(loop.IsSequential ? "sequential " : "").Append("for ").Append(TermPrinter.CounterName(loop.Counter))
            .Append(" < ").Append(Formula(loop.Counter.Extent)).Append(loop.IsReversed ? " backwards" : "").Append('\n');
        Print(loop.Body, depth + 1);
        foreach (var accumulator in loop.Accumulators)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"s{++_count}");
            Indent(depth + 1).Append(name).Append(accumulator.Kind == TermKind.Sum ? " += " : " max= ").Append(Formula(_resolve(accumulator.Arguments[0]))).Append('\n');
            _names[accumulator] = name;
        }
    }
}
