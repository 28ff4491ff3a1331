namespace ProbLang.Numerics;

/// <summary>
/// A chain of at least one step with the same states at each. Where it is homogeneous one table of transitions serves all steps, else there
/// is one for each step but the first.
/// </summary>
internal readonly record struct ChainShape(int Steps, int States, bool IsHomogeneous)
{
    /// <summary>What precedes the arrays in an area.</summary>
    public const int Header = 4;

    /// <summary>The states in whole lanes.</summary>
    public int Padded => (States + Lanes.Width - 1) / Lanes.Width * Lanes.Width;

    /// <summary>How many tables of transitions there are.</summary>
    public int Tables => IsHomogeneous ? Math.Min(1, Steps - 1) : Steps - 1;

    /// <summary>How many doubles <see cref="TransitionTable.Prepare"/> makes of one table.</summary>
    public int Table => Header + 2 * Matrix;

    /// <summary>How many doubles a table has with its rows in whole lanes.</summary>
    public int Matrix => States * Padded;

    /// <summary>How far it is from the prepared table of a step to that of the next.</summary>
    public int TableStep => IsHomogeneous ? 0 : Table;

    /// <summary>How many doubles the work area of <see cref="ForwardBackward"/> has.</summary>
    public long Work => Header + 2L * Steps * Padded + Scales + Padded;

    private int Scales => (Steps / 2 + Lanes.Width) / Lanes.Width * Lanes.Width;

    /// <summary>For each step the weight of each state by what came so far: <see cref="Padded"/> numbers a step.</summary>
    public static unsafe double* Forward(double* work) => work + Header;

    /// <summary>For each step what a state's prediction is multiplied by; in logs the prediction itself.</summary>
    public unsafe double* Ratios(double* work) => work + Header + (long)Steps * Padded;

    /// <summary>The scales taken off, every other step.</summary>
    public unsafe double* ScalesOf(double* work) => work + Header + 2L * Steps * Padded;

    /// <summary>A number for each state.</summary>
    public unsafe double* Scratch(double* work) => ScalesOf(work) + Scales;
}
