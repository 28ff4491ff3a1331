using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>One log density by two hands: emitted from the model, and written in scalar C#.</summary>
internal sealed class GradientCase
{
    private const int PositionCount = 8;

    /// <param name="name">What the table calls it.</param>
    /// <param name="model">The model, as text.</param>
    /// <param name="data">Its data, as <see cref="Data.Of"/> takes them.</param>
    /// <param name="scalar">The same density by hand.</param>
    /// <exception cref="InvalidOperationException">The two are not the same density.</exception>
    public GradientCase(string name, string model, object data, LogDensity scalar)
    {
        Name = name;
        var compilation = Model.Compile(model, new CompileOptions { Path = $"{name}.gm" });
        if (!compilation.Success) throw new InvalidOperationException(string.Join('\n', compilation.Diagnostics));
        Emitted = DensityProgram.Compile(compilation.Model!.Condition(Data.Of(data)).Conditioned);
        Scalar = scalar;
        CheckNames();
        var random = new Philox(1, 0, 0);
        // Several positions, so that no branch predictor learns one by heart.
        for (var p = 0; p < Positions.Length; p++)
        {
            Positions[p] = new double[scalar.Dimension];
            for (var i = 0; i < scalar.Dimension; i++) Positions[p][i] = random.NextDouble() - 0.5;
        }
        Check();
    }

    public string Name { get; }

    public LogDensity Emitted { get; }

    public LogDensity Scalar { get; }

    /// <summary>Where the density is evaluated, in turn.</summary>
    public double[][] Positions { get; } = new double[PositionCount][];

    public override string ToString() => Name;

    private void CheckNames()
    {
        if (Emitted.Dimension != Scalar.Dimension) throw new InvalidOperationException($"{Name}: {Emitted.Dimension} coordinates emitted, {Scalar.Dimension} by hand");
        for (var i = 0; i < Scalar.Dimension; i++)
            if (Emitted.CoordinateName(i) != Scalar.CoordinateName(i))
                throw new InvalidOperationException($"{Name}: coordinate {i} is {Emitted.CoordinateName(i)} emitted, {Scalar.CoordinateName(i)} by hand");
    }

    /// <summary>The values may differ by a constant, the gradients not at all.</summary>
    private void Check()
    {
        double[] emitted = new double[Scalar.Dimension], scalar = new double[Scalar.Dimension];
        double? constant = null;
        foreach (var position in Positions)
        {
            var value = Scalar.Evaluate(position, scalar);
            var difference = Emitted.Evaluate(position, emitted) - value;
            constant ??= difference;
            Same("value", constant.Value, difference, Math.Abs(value));
            var scale = scalar.Max(Math.Abs);
            for (var i = 0; i < scalar.Length; i++) Same($"d/d{Scalar.CoordinateName(i)}", scalar[i], emitted[i], scale);
        }
    }

    private void Same(string what, double expected, double actual, double scale)
    {
        if (!(Math.Abs(expected - actual) <= 1e-8 * (1 + scale))) throw new InvalidOperationException($"{Name}: {what} is {actual:R} emitted, {expected:R} by hand");
    }
}
