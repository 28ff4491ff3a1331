using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Results;

/// <summary>Finds the reasons not to trust draws, each with the element that shows it most.</summary>
internal sealed class Judge(Draws draws, Summary summary)
{
    private const double LeastEnergyFraction = 0.3;
    private const double MostRHat = 1.01;
    private const double LeastEssPerChain = 100;

    /// <summary>Of more chains a sentence names only the first.</summary>
    private const int MostChainsNamed = 8;

    private readonly ImmutableArray<Reason>.Builder _reasons = ImmutableArray.CreateBuilder<Reason>();
    private readonly double[] _column = new double[draws.Complete.Length * draws.Count];

    /// <summary>The reasons that elements have each by themselves: those of some of them, instead of those of the element of all that shows it most.</summary>
    /// <param name="reasons">Those of the whole run.</param>
    /// <param name="draws">The draws of the run.</param>
    /// <param name="rows">What sums up some of the elements.</param>
    public static ImmutableArray<Reason> About(ImmutableArray<Reason> reasons, Draws draws, ImmutableArray<SummaryRow> rows)
    {
        var judge = new Judge(draws, new Summary(rows));
        judge.NotFinite();
        judge.Disagreement();
        if (!rows.IsEmpty) judge.FewDraws();
        return [.. reasons.Where(r => r.Concern is not (Concern.NotFinite or Concern.Disagreement or Concern.FewDraws)), .. judge.Reasons];
    }

    public ImmutableArray<Reason> Reasons => _reasons.ToImmutable();

    /// <summary>The worst of the measures that a trusted result has passed, in a few words.</summary>
    public string Grounds
    {
        get
        {
            if (summary.Rows.IsEmpty) return "there was nothing to infer";
            double rHat = 0, ess = double.PositiveInfinity;
            foreach (var row in summary.Rows)
            {
                // A constant has neither.
                if (double.IsFinite(row.RHat)) rHat = Math.Max(rHat, row.RHat);
                if (double.IsFinite(row.EssBulk)) ess = Math.Min(ess, row.EssBulk);
                if (double.IsFinite(row.EssTail)) ess = Math.Min(ess, row.EssTail);
            }
            var agreement = rHat > 0 ? string.Create(CultureInfo.InvariantCulture, $"R-hat at most {rHat:0.000}, ") : "";
            var precision = double.IsFinite(ess) ? string.Create(CultureInfo.InvariantCulture, $"at least {ess:0} effective draws, ") : "";
            return $"{agreement}{precision}no divergences";
        }
    }

    public void Interruption() => Add(Concern.Interrupted, null, $"interrupted: {Named(draws.Chains.Length, DrawsOf)}");

    public void NoDraws()
    {
        if (Total == 0) Add(Concern.NoDraws, null, "There are no draws, so there is no posterior to look at.");
    }

    public void LeftOut(ImmutableArray<ChainFailure> failures)
    {
        if (Total == 0) return;
        var summarised = draws.Complete.ToHashSet();
        var failed = failures.Select(f => f.Chain - 1).ToHashSet();
        var without = new List<int>();
        for (var c = 0; c < draws.Chains.Length; c++)
            if (!summarised.Contains(draws.Chains[c]) && !failed.Contains(c)) without.Add(c);
        if (without.Count == 0) return;
        Add(Concern.LeftOut, null,
            $"The summary leaves out {Named(without.Count, i => DrawsOf(without[i]))}: less than half as many as the longest chain has. They may have found something else; let all chains finish.");
    }

    public void Failures(ImmutableArray<ChainFailure> failures)
    {
        foreach (var failure in failures) Add(Concern.Failure, failure.Coordinate, failure.Message);
    }

    public void NotFinite()
    {
        var (name, others) = Worst(row => double.IsFinite(row.Mean) ? 0 : 1, 0.5);
        if (name is null) return;
        Add(Concern.NotFinite, name, $"{name}{others} has draws that are infinite or not a number, so its summary has no meaning. Check where its definition overflows or divides by zero.");
    }

    public void Divergences(int count)
    {
        if (count == 0) return;
        var (name, low) = MostApart(draw => draw > 0, Statistic.Divergent);
        var where = name is null ? "" : $", mostly where {name} is {(low ? "small" : "large")}";
        var prior = name is null ? "" : $", or give {name} a prior that says more";
        Add(Concern.Divergence, name,
            $"{count} of {Total} transitions diverged{where}: the sampler could not follow the posterior there, and the draws may miss part of it. Raise the target acceptance (--target-accept 0.95){prior}.");
    }

    public void Depth(int hits, int maxDepth)
    {
        if (hits == 0) return;
        var name = Slowest();
        Add(Concern.Depth, name,
            $"{hits} of {Total} trajectories were cut off at the maximum depth {maxDepth}{Of(name, "; the slowest to mix is ")}: steps are too small for the posterior's width, so each draw moves little. Raise --max-depth, or bring the variables to similar scales.");
    }

    public void Energy(ImmutableArray<double> fractions)
    {
        var worst = -1;
        for (var c = 0; c < fractions.Length; c++)
        {
            if (fractions[c] < LeastEnergyFraction && (worst < 0 || fractions[c] < fractions[worst])) worst = c;
        }
        if (worst < 0) return;
        var name = MostCorrelatedWithEnergy();
        Add(Concern.Energy, name,
            $"A chain explores the energy slowly (E-BFMI {Math.Floor(100 * fractions[worst]) / 100:0.00}, should be over {LeastEnergyFraction}){Of(name, "; it goes most with ")}: the tails may be missed. Draw more, or give {name ?? "the variables"} a prior with lighter tails.");
    }

    public void Disagreement()
    {
        var (name, others) = Worst(row => row.RHat, MostRHat);
        if (name is null) return;
        Add(Concern.Disagreement, name,
            $"The chains disagree about {name}{others} (R-hat {Above(Row(name).RHat)}, should be at most {MostRHat}): they have not all found the same distribution. Run longer (--warmup, --draws); if it stays, the posterior has several modes or {name} is not identified.");
    }

    public void FewDraws()
    {
        var least = LeastEssPerChain * draws.Complete.Length;
        var (name, others) = Worst(row => -Math.Min(row.EssBulk, row.EssTail), -least);
        if (name is null)
        {
            // So few that even their effective number cannot be estimated.
            if (Total < least && summary.Rows.Length > 0)
                Add(Concern.FewDraws, null, $"There are only {Total} draws, too few to tell whether they can be trusted (at least {least:0}). Draw more (--draws).");
            return;
        }
        var row = Row(name);
        Add(Concern.FewDraws, name,
            $"{name}{others} {(others.Length == 0 ? "has" : "have")} few effective draws (bulk {Math.Floor(row.EssBulk):0}, tail {Math.Floor(row.EssTail):0}, should be at least {least:0}): {(others.Length == 0 ? "its" : "their")} mean and quantiles are imprecise. Draw more (--draws).");
    }

    private int Total
    {
        get
        {
            var total = 0;
            foreach (var chain in draws.Chains) total += chain.Count;
            return total;
        }
    }

    private string DrawsOf(int chain) => string.Create(CultureInfo.InvariantCulture, $"{draws.Chains[chain].Count} draws of chain {chain + 1}");

    private static string Named(int count, Func<int, string> name) =>
        string.Join(", ", Enumerable.Range(0, Math.Min(count, MostChainsNamed)).Select(name)) + (count > MostChainsNamed ? ", …" : "");

    private void Add(Concern concern, string? variable, string text) => _reasons.Add(new Reason(concern, variable, text));

    /// <summary>An R-hat over its limit, rounded so that it is over it in print too: "1.010, should be at most 1.01" would help no one.</summary>
    private static string Above(double rHat) => rHat < MostRHat + 0.0005
        ? (Math.Ceiling(rHat * 10_000) / 10_000).ToString("0.0000", CultureInfo.InvariantCulture) : rHat.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Of(string? name, string before) => name is null ? "" : before + name;

    private SummaryRow Row(string name)
    {
        foreach (var row in summary.Rows) if (row.Name == name) return row;
        throw new System.Diagnostics.UnreachableException(name);
    }

    /// <summary>The row whose measure is largest, if over the limit, and how many others are.</summary>
    private (string? Name, string Others) Worst(Func<SummaryRow, double> measure, double limit)
    {
        SummaryRow? worst = null;
        var count = 0;
        foreach (var row in summary.Rows)
        {
            if (!(measure(row) > limit)) continue;
            count++;
            if (worst is null || measure(row) > measure(worst)) worst = row;
        }
        return (worst?.Name, count < 2 ? "" : count == 2 ? " and one other" : $" and {count - 1} others");
    }

    private string? Slowest()
    {
        SummaryRow? slowest = null;
        foreach (var row in summary.Rows) if (row.EssBulk < (slowest?.EssBulk ?? double.PositiveInfinity)) slowest = row;
        return slowest?.Name;
    }

    /// <summary>The element whose mean over the draws that a statistic selects is furthest from its mean over all, in standard deviations.</summary>
    private (string? Name, bool Low) MostApart(Func<double, bool> selects, Statistic statistic)
    {
        (string? Name, bool Low) most = (null, false);
        var furthest = 0.0;
        for (var k = 0; k < summary.Rows.Length; k++)
        {
            var row = summary.Rows[k];
            var sum = 0.0;
            var count = 0;
            foreach (var chain in draws.Chains)
            {
                for (var i = 0; i < chain.Count; i++)
                {
                    if (!selects(chain[i, statistic])) continue;
                    // Ranks would be safer against outliers; a bounded distance does nearly as well.
                    sum += Math.Clamp((chain.Draw(i)[k] - row.Q50) / row.Sd, -3, 3);
                    count++;
                }
            }
            var distance = Math.Abs(sum / count);
            if (!(distance > furthest)) continue;
            furthest = distance;
            most = (row.Name, sum < 0);
        }
        return most;
    }

    private string? MostCorrelatedWithEnergy()
    {
        string? name = null;
        var most = 0.0;
        for (var k = 0; k < summary.Rows.Length; k++)
        {
            draws.CopyColumn(k, _column);
            double covariance = 0, variance = 0;
            var at = 0;
            foreach (var chain in draws.Complete)
            {
                var mean = 0.0;
                for (var i = 0; i < draws.Count; i++) mean += chain[i, Statistic.Energy] / draws.Count;
                for (var i = 0; i < draws.Count; i++, at++)
                {
                    var energy = chain[i, Statistic.Energy] - mean;
                    covariance += energy * (_column[at] - summary.Rows[k].Mean);
                    variance += energy * energy;
                }
            }
            var correlation = Math.Abs(covariance) / summary.Rows[k].Sd / Math.Sqrt(variance);
            if (!(correlation > most)) continue;
            most = correlation;
            name = summary.Rows[k].Name;
        }
        return name;
    }
}
