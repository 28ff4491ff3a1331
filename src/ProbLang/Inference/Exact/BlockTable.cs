using ProbLang.Analysis;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>The integrals of a block for the settings of the finite cells that it depends on, each made once.</summary>
internal sealed class BlockTable(ConditionedModel model, Evaluator evaluator, FiniteCells finite, BlockIntegration integration, ContinuousBlock block, CancellationToken cancellation)
{
    /// <summary>An integral takes more memory and time than an entry of a table, by about this.</summary>
    private const int CostOfDraw = 16;

    private readonly double[][] _storage = Array.ConvertAll(block.Scope.Cells, number => evaluator[finite[number].Variable]);
    private readonly Dictionary<string, BlockIntegral> _integrals = [];
    private BlockIntegral? _only;

    public ContinuousBlock Block => block;

    /// <summary>The integral under the present values of the finite cells.</summary>
    public BlockIntegral Present()
    {
        if (block.Scope.Cells.Length == 0) return _only ??= integration.Integrate(block);
        var key = string.Create(block.Scope.Cells.Length, this, static (text, table) =>
        {
            for (var s = 0; s < text.Length; s++) text[s] = table.State(s);
        });
        if (!_integrals.TryGetValue(key, out var integral)) _integrals.Add(key, integral = integration.Integrate(block));
        return integral;
    }

    /// <summary>Why the block cannot be integrated out, or something that follows from it has no closed form; null where all can.</summary>
    public Diagnostic? Objection(ContinuousCells cells, Exact options)
    {
        var settings = new FiniteSettings(model, evaluator, finite, block.Scope);
        if ((double)settings.Count * (block.Draws.Length + block.Unknowns.Length) * CostOfDraw > options.MaxEntries && settings.Count > 1)
            return ConjugacyDiagnostics.TooManySettings(cells.NameOf(block.First), settings.Count, cells.PlaceOf(block.First));
        try
        {
            settings.ForEach(_ =>
            {
                cancellation.ThrowIfCancellationRequested();
                integration.Check(block, Present());
            }, excuse: (_, _) => true);
            foreach (var leaf in block.Leaves) Check(leaf, cells, options);
            return null;
        }
        catch (ConjugacyException objection)
        {
            return objection.Diagnostic;
        }
    }

    private void Check(Leaf leaf, ContinuousCells cells, Exact options)
    {
        cancellation.ThrowIfCancellationRequested();
        var settings = new FiniteSettings(model, evaluator, finite, leaf.Scope);
        if (settings.Count > options.MaxEntries / CostOfDraw)
            throw new ConjugacyException(ConjugacyDiagnostics.TooManySettings(cells.NameOf(leaf.Numbers[0]), settings.Count, cells.PlaceOf(leaf.Numbers[0])));
        settings.ForEach(_ =>
        {
            foreach (var number in leaf.Numbers) integration.Predict(Present(), leaf, number);
        }, excuse: (_, _) => true);
    }

    /// <summary>Which of its values a cell has, as a character.</summary>
    private char State(int s)
    {
        var cell = finite[block.Scope.Cells[s]];
        var value = _storage[s][cell.Cell];
        return cell.Values is { } values ? (char)values.Of.IndexOf(value) : (char)(int)(value - cell.Low);
    }
}
