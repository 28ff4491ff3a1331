namespace ProbLang.Inference;

/// <summary>The last steps with what they did to the gradient, which stand for the inverse Hessian (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4).</summary>
internal sealed class CurvatureMemory(int dimension, int capacity)
{
    private const double MachineEpsilon = 2.220446049250313e-16;
    private readonly double[][] _steps = Arrays(capacity, dimension);
    private readonly double[][] _changes = Arrays(capacity, dimension);
    private readonly double[] _inverseProducts = new double[capacity];
    private readonly double[] _weights = new double[capacity];
    private int _newest = -1;

    public int Count { get; private set; }

    public void Forget() => Count = 0;

    /// <summary>Remembers a step, unless curvature along it is not positive: then the inverse Hessian would not stay positive definite.</summary>
    public void Add(ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<double> gradientFrom, ReadOnlySpan<double> gradientTo)
    {
        var next = (_newest + 1) % capacity;
        double[] s = _steps[next], y = _changes[next];
        double product = 0, square = 0;
        for (var i = 0; i < s.Length; i++)
        {
            s[i] = to[i] - from[i];
            y[i] = gradientTo[i] - gradientFrom[i];
            product += s[i] * y[i];
            square += y[i] * y[i];
        }
        if (!(product > MachineEpsilon * square) || !double.IsFinite(1 / product) || !double.IsFinite(square)) return;
        _inverseProducts[next] = 1 / product;
        _newest = next;
        Count = Math.Min(Count + 1, capacity);
    }

    /// <summary>direction := -H⁻¹ gradient</summary>
    public void Descend(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        for (var i = 0; i < direction.Length; i++) direction[i] = -gradient[i];
        if (Count == 0) return;
        for (var age = 0; age < Count; age++)
        {
            var k = Place(age);
            _weights[k] = _inverseProducts[k] * Vectors.Dot(_steps[k], direction);
            Vectors.AddScaled(-_weights[k], _changes[k], direction);
        }
        var newest = _changes[_newest];
        var scale = 1 / (_inverseProducts[_newest] * Vectors.Dot(newest, newest));
        for (var i = 0; i < direction.Length; i++) direction[i] *= scale;
        for (var age = Count - 1; age >= 0; age--)
        {
            var k = Place(age);
            Vectors.AddScaled(_weights[k] - _inverseProducts[k] * Vectors.Dot(_changes[k], direction), _steps[k], direction);
        }
    }

    private int Place(int age) => (_newest - age + capacity) % capacity;

    private static double[][] Arrays(int count, int dimension)
    {
        var vectors = new double[count][];
        for (var i = 0; i < count; i++) vectors[i] = new double[dimension];
        return vectors;
    }
}
