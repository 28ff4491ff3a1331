using System.Globalization;

namespace ProbLang.Inference;

/// <summary>How the learning rate changes while a model is trained: a factor of <see cref="Training.LearningRate"/> for each step.</summary>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>In the first so many steps the rate rises linearly to its full value.</summary>
    public long WarmUp { get; init; }

    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantRate();

    /// <summary>The same rate throughout.</summary>
    public sealed record ConstantRate : LearningRateSchedule
    {
        private protected override string Name => "constant";

        private protected override double Decayed(long step, long steps, long stepsPerEpoch) => 1;
    }

    /// <summary>Half a cosine, from the full rate down to a lowest one when all steps that were planned are made.</summary>
    /// <param name="Floor">The lowest factor, at least 0 and below 1.</param>
    public sealed record Cosine(double Floor = 0) : LearningRateSchedule
    {
        internal override bool DependsOnLength => true;

        private protected override string Name => Text($"cosine to {Floor}");

        private protected override double Decayed(long step, long steps, long stepsPerEpoch) =>
            Floor + (1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * (step - WarmUp) / (steps - WarmUp)));

        private protected override void CheckOwn() => Check(Floor is >= 0 and < 1, nameof(Floor), Floor, "must be at least 0 and below 1");
    }

    /// <summary>The rate is multiplied by a factor every so many epochs.</summary>
    /// <param name="Epochs">How many epochs a rate is kept, at least 1.</param>
    /// <param name="Factor">Above 0, at most 1.</param>
    public sealed record Steps(int Epochs, double Factor = 0.1) : LearningRateSchedule
    {
        private protected override string Name => Text($"× {Factor} every {Epochs} epochs");

        private protected override double Decayed(long step, long steps, long stepsPerEpoch) => Math.Pow(Factor, step / (stepsPerEpoch * Epochs));

        private protected override void CheckOwn()
        {
            Check(Epochs >= 1, nameof(Epochs), Epochs, "must be at least 1");
            CheckFactor(Factor);
        }
    }

    /// <summary>The rate falls at every step, by a factor an epoch.</summary>
    /// <param name="Factor">Above 0, at most 1.</param>
    public sealed record Exponential(double Factor) : LearningRateSchedule
    {
        private protected override string Name => Text($"× {Factor} an epoch");

        private protected override double Decayed(long step, long steps, long stepsPerEpoch) => Math.Pow(Factor, (double)step / stepsPerEpoch);

        private protected override void CheckOwn() => CheckFactor(Factor);
    }

    /// <summary>Whether a longer training has other rates from its first step on.</summary>
    internal virtual bool DependsOnLength => false;

    private protected abstract string Name { get; }

    /// <summary>The factor after so many steps of all that are planned.</summary>
    internal double FactorAt(long step, long steps, long stepsPerEpoch) =>
        step < WarmUp ? (step + 1.0) / (WarmUp + 1.0) : Decayed(step, steps, stepsPerEpoch);

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        Check(WarmUp >= 0, nameof(WarmUp), WarmUp, "must not be negative");
        CheckOwn();
    }

    /// <summary>What it is, exactly.</summary>
    internal string Description => WarmUp == 0 ? Name : Text($"{Name} after {WarmUp} steps");

    private protected abstract double Decayed(long step, long steps, long stepsPerEpoch);

    private protected virtual void CheckOwn()
    {
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void CheckFactor(double factor) => Check(factor is > 0 and <= 1, "Factor", factor, "must be above 0 and at most 1");

    private static void Check(bool holds, string name, object value, string rule)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} {rule}.");
    }
}
