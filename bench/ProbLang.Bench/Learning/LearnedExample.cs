using ProbLang.Inference;

namespace ProbLang.Bench;

/// <summary>An example of learning with the settings that its documentation gives.</summary>
/// <param name="Model">The model, below the folder of examples, without its extension.</param>
/// <param name="Training">The settings; null where it is learned from all rows at once.</param>
/// <param name="Seconds">How long it may take on two cores.</param>
/// <param name="Tables">The tables to learn from, without extension; with <c>_test</c> behind the name they are those to score.</param>
internal sealed record LearnedExample(string Model, Training? Training, double Seconds, params string[] Tables)
{
    private const double Planar = 20;
    private const double Picture = 120;

    /// <summary>How many numbers a row has, over which its score is divided; 1 where a row is one.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Those of the repository.</summary>
    public static IReadOnlyList<LearnedExample> All { get; } =
    [
        new("flows/two_moons", Settings(60, 100, 3e-3, clip: 1), Planar, "flows/two_moons"),
        new("flows/pinwheel", Settings(100, 100, 2e-3, clip: 1), Planar, "flows/pinwheel"),
        new("flows/eight_gaussians", Settings(100, 200, 5e-3, clip: 1), Planar, "flows/eight_gaussians"),
        new("flows/checkerboard", Settings(100, 100, 5e-3, clip: 1), Planar, "flows/checkerboard"),
        new("flows/correlated", Settings(40, 200, 5e-3), Planar, "flows/correlated"),
        new("flows/correlated_ar", null, Planar, "flows/correlated"),
        new("nets/waves", Settings(300, 50, 5e-3), Planar, "nets/waves"),
        new("nets/arms", Settings(100, 50, 3e-3), Planar, "nets/arms"),
        new("text/characters", Settings(10, 200, 5e-3), Picture, "text/sailors"),
        new("glyphs/logistic_autoregressive", Settings(60, 50, 1e-2), Picture, "glyphs/glyphs") { Parts = 144 },
        new("glyphs/masked_net", Settings(100, 50, 2e-3), Picture, "glyphs/glyphs") { Parts = 144 },
        new("glyphs/conditional", Settings(100, 50, 2e-3), Picture, "glyphs/glyphs", "glyphs/digits") { Parts = 144 },
        new("glyphs/flow", Settings(40, 30, 1e-3) with { WeightDecay = 1 }, Picture, "glyphs/grey") { Parts = 64 },
    ];

    /// <summary>As on the command line: what is not said is as usual.</summary>
    private static Training Settings(int epochs, int batch, double rate, double? clip = null)
    {
        var settings = new Training { Epochs = epochs, BatchSize = batch, LearningRate = rate, Schedule = new LearningRateSchedule.Cosine(), Patience = null, Seed = 1 };
        return clip is { } norm ? settings with { ClipNorm = norm } : settings;
    }
}
