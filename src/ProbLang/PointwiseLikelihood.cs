using System.Globalization;
using System.Runtime.ExceptionServices;
using ProbLang.Analysis;
using ProbLang.Limits;
using ProbLang.Results;

namespace ProbLang;

/// <summary>
/// The log density of each row of the data in each draw, for leave-one-out comparison. A row is an element of the one
/// outermost plate around what is observed; where there is no such plate, each observed draw is a row by itself. Discrete unknowns that belong to
/// one row alone are summed out of it.
/// </summary>
internal sealed class PointwiseLikelihood
{
    /// <summary>Beyond this many numbers the file would be larger, and take longer, than everything else in the folder.</summary>
    private const long Most = 4_000_000;

    private readonly SampledPosterior _posterior;
    private readonly ConditionedModel _model;
    private readonly LikelihoodRows _rows;

    private PointwiseLikelihood(SampledPosterior posterior)
    {
        (_posterior, _model) = (posterior, posterior.Problem.Conditioned);
        _rows = new LikelihoodRows(_model);
    }

    private int Columns => _rows.Names.Count;

    /// <summary>Null where nothing is observed, or where there are too many numbers to write.</summary>
    public static PointwiseLikelihood? Of(SampledPosterior posterior)
    {
        var likelihood = new PointwiseLikelihood(posterior);
        var draws = posterior.Draws.Chains.Sum(c => (long)c.Count);
        return likelihood.Columns > 0 && likelihood.Columns * draws <= Most ? likelihood : null;
    }

    /// <summary>A line for each draw, chain after chain, a column for each row of the data.</summary>
    public void Write(TextWriter text)
    {
        text.Write(string.Join(',', _rows.Names.Select(n => "log_lik." + n)));
        text.Write('\n');
        var chains = _posterior.Draws.Chains;
        var values = new double[chains.Length][];
        try
        {
            Parallel.For(0, chains.Length, chain => values[chain] = Evaluate(chains[chain]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        var numbers = new Ticker();
        foreach (var chain in values)
            for (var at = 0; at < chain.Length; at++)
            {
                numbers.Tick();
                text.Write(chain[at].ToString(CultureInfo.InvariantCulture));
                text.Write((at + 1) % Columns == 0 ? '\n' : ',');
            }
    }

    private double[] Evaluate(ChainDraws draws)
    {
        var evaluator = new Evaluator(_model);
        var sums = _posterior.Problem.Sums is { } plan ? new SummedRows(_model, evaluator, plan, _rows.RowOf) : null;
        var cells = _posterior.Draws.Layout.Variables.Select(v => (Variable: v, Cells: evaluator[_model.Graph.Find(v.Name)!])).ToArray();
        var values = new double[draws.Count * Columns];
        for (var draw = 0; draw < draws.Count; draw++)
        {
            var outputs = draws.Draw(draw);
            foreach (var (variable, into) in cells)
                for (var element = 0; element < variable.Count; element++)
                    into[variable.Cells.IsDefault ? element : variable.Cells[element]] = outputs[variable.Offset + element];
            var row = values.AsMemory(draw * Columns, Columns);
            evaluator.LogLikelihood((variable, cell, density) =>
            {
                if (sums?.Covers(variable, cell) != true) row.Span[_rows.RowOf[(variable, cell)]] += density;
            });
            sums?.Add(row.Span);
            _rows.AddFactors(evaluator, (at, density) => row.Span[at] += density);
        }
        return values;
    }
}
