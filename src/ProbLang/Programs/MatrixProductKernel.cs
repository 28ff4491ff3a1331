using System.Collections.Immutable;
using ProbLang.Numerics;
using Routines = ProbLang.Numerics.Kernels;

namespace ProbLang.Programs;

/// <summary>
/// A product of two inputs of a kernel: result (+)= left right, row-major, of so many rows and columns. A transposed factor lies in memory
/// as its transpose.
/// </summary>
internal sealed record Product(int Left, bool IsLeftTransposed, int Right, bool IsRightTransposed, int Result, int Rows, int Depth, int Columns, bool Adds);

/// <summary>
/// Products of matrices and vectors. Their derivatives are such products again, as often as one differentiates. Where an argument is of
/// single precision the product is computed so, and the others are converted on the way.
/// </summary>
internal sealed unsafe class MatrixProductKernel : Kernel
{
    // Up to this many multiplications a product in double precision is as fast without packing.
    private const long MostUnpacked = 64 * 64 * 64;

    private readonly ImmutableArray<Product> _products;
    private readonly ImmutableArray<Precision> _inputs;
    private readonly ImmutableArray<Precision> _outputs;

    private MatrixProductKernel(string name, ImmutableArray<Product> products, ImmutableArray<Precision> inputs, ImmutableArray<Precision> outputs)
    {
        Name = name;
        _products = products;
        _inputs = inputs;
        _outputs = outputs;
    }

    public override string Name { get; }

    /// <summary>C = A B, with A of so many rows and so deep, and B as deep and of so many columns.</summary>
    public static KernelCall MatMul(BufferSlice a, BufferSlice b, BufferSlice c, int rows, int depth, int columns) =>
        Call($"matmul {rows}x{depth}x{columns}", [new Product(0, false, 1, false, 0, rows, depth, columns, Adds: false)], [a, b], [c]);

    /// <summary>y = A x.</summary>
    public static KernelCall MatVec(BufferSlice a, BufferSlice x, BufferSlice y, int rows, int columns) =>
        Call($"matvec {rows}x{columns}", [new Product(0, false, 1, false, 0, rows, columns, 1, Adds: false)], [a, x], [y]);

    public override void Run(double** a)
    {
        foreach (var p in _products) Run(p, a[p.Left], a[p.Right], a[_inputs.Length + p.Result], a[_inputs.Length + _outputs.Length]);
    }

    /// <remarks>Of C += A B: gA += gC Bᵀ and gB += Aᵀ gC, each transposed where the factor is.</remarks>
    public override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint)
    {
        BufferSlice[] inputs = [.. call.Inputs, .. call.Outputs.Select(o => adjoint(o)!.Value)];
        var gradients = Array.ConvertAll(call.Inputs, i => adjoint(i));
        BufferSlice[] outputs = [.. gradients.OfType<BufferSlice>()];
        int Place(int input) => gradients.Take(input).Count(g => g is not null);
        var products = new List<Product>();
        foreach (var p in _products)
        {
            var seed = call.Inputs.Length + p.Result;
            if (gradients[p.Left] is not null)
                products.Add(p.IsLeftTransposed
                    ? new Product(p.Right, p.IsRightTransposed, seed, true, Place(p.Left), p.Depth, p.Columns, p.Rows, Adds: true)
                    : new Product(seed, false, p.Right, !p.IsRightTransposed, Place(p.Left), p.Rows, p.Columns, p.Depth, Adds: true));
            if (gradients[p.Right] is not null)
                products.Add(p.IsRightTransposed
                    ? new Product(seed, true, p.Left, p.IsLeftTransposed, Place(p.Right), p.Columns, p.Rows, p.Depth, Adds: true)
                    : new Product(p.Left, !p.IsLeftTransposed, seed, false, Place(p.Right), p.Depth, p.Rows, p.Columns, Adds: true));
        }
        return Call($"{Name} adjoint", [.. products], inputs, outputs);
    }

    /// <summary>Whether an output is all of its buffer, and one product's alone.</summary>
    public bool IsWhole(KernelCall call, int output) =>
        call.Outputs[output].Offset == 0 && call.Outputs.Count(o => o.Buffer == call.Outputs[output].Buffer) == 1
        && _products.Where(p => p.Result == output).ToArray() is [var only] && only.Rows * only.Columns == call.Outputs[output].Buffer.Length;

    /// <summary>The same products with some outputs set and not added to.</summary>
    public MatrixProductKernel Overwriting(int[] outputs) =>
        new(Name, [.. _products.Select(p => outputs.Contains(p.Result) ? p with { Adds = false } : p)], _inputs, _outputs);

    private static KernelCall Call(string name, ImmutableArray<Product> products, BufferSlice[] inputs, BufferSlice[] outputs)
    {
        var kernel = new MatrixProductKernel(name, products, Precisions(inputs), Precisions(outputs));
        return new KernelCall(kernel, inputs, outputs, kernel.Scratch());
    }

    /// <summary>A work area for all products, one after the other; none where no product needs it.</summary>
    private BufferSlice[] Scratch()
    {
        var (doubles, singles) = (0, 0);
        foreach (var p in _products)
        {
            if (IsSingle(p)) singles = Math.Max(singles, MatrixProduct.Work<float>(p.Rows, p.Depth, p.Columns));
            else if (IsPacked(p)) doubles = Math.Max(doubles, MatrixProduct.Work<double>(p.Rows, p.Depth, p.Columns));
        }
        var length = Math.Max(doubles, (singles + 1) / 2);
        return length == 0 ? [] : [new BufferSlice(new Buffer("product_work", length, BufferKind.Scratch) { IsShared = true }, 0)];
    }

    private void Run(Product p, double* left, double* right, double* result, double* work)
    {
        if (IsSingle(p))
        {
            if (_inputs[p.Left] == Precision.Single) RunSingle<float>(p, left, right, result, work);
            else RunSingle<double>(p, left, right, result, work);
        }
        else if (p is { Columns: 1, IsLeftTransposed: false, Adds: false }) Routines.MatVec(left, p.Rows, p.Depth, right, result);
        else if (p is { Columns: 1, IsLeftTransposed: true, Adds: true }) Routines.MatVecTransposedAdd(left, p.Depth, p.Rows, right, result);
        else if (p is { Depth: 1, Adds: true }) Routines.OuterAdd(left, p.Rows, right, p.Columns, result);
        else if (IsPacked(p)) Multiply<double, double, double, double>(p, left, right, result, work);
        else
        {
            var (a, b) = (LeftOf<double>(p, left), RightOf<double>(p, right));
            if (!p.Adds) new Span<double>(result, p.Rows * p.Columns).Clear();
            Routines.MatMulAdd(left, (int)a.RowStride, (int)a.ColumnStride, right, (int)b.RowStride, (int)b.ColumnStride, p.Rows, p.Depth, p.Columns, result);
        }
    }

    private void RunSingle<TLeft>(Product p, double* left, double* right, double* result, double* work) where TLeft : unmanaged
    {
        if (_inputs[p.Right] == Precision.Single) RunSingle<TLeft, float>(p, left, right, result, work);
        else RunSingle<TLeft, double>(p, left, right, result, work);
    }

    private void RunSingle<TLeft, TRight>(Product p, double* left, double* right, double* result, double* work) where TLeft : unmanaged where TRight : unmanaged
    {
        if (_outputs[p.Result] == Precision.Single) Multiply<TLeft, TRight, float, float>(p, left, right, result, work);
        else Multiply<TLeft, TRight, double, float>(p, left, right, result, work);
    }

    private static void Multiply<TLeft, TRight, TResult, T>(Product p, double* left, double* right, double* result, double* work)
        where TLeft : unmanaged where TRight : unmanaged where TResult : unmanaged where T : unmanaged =>
        MatrixProduct.Run(LeftOf<TLeft>(p, left), RightOf<TRight>(p, right), new MatrixView<TResult>((TResult*)result, p.Columns, 1), p.Rows, p.Depth, p.Columns, p.Adds, (T*)work);

    private static MatrixView<T> LeftOf<T>(Product p, double* at) where T : unmanaged => ViewOf<T>(at, p.Rows, p.Depth, p.IsLeftTransposed);

    private static MatrixView<T> RightOf<T>(Product p, double* at) where T : unmanaged => ViewOf<T>(at, p.Depth, p.Columns, p.IsRightTransposed);

    private static MatrixView<T> ViewOf<T>(double* at, int rows, int columns, bool isTransposed) where T : unmanaged =>
        isTransposed ? new MatrixView<T>((T*)at, 1, rows) : new MatrixView<T>((T*)at, columns, 1);

    private bool IsSingle(Product p) => _inputs[p.Left] == Precision.Single || _inputs[p.Right] == Precision.Single || _outputs[p.Result] == Precision.Single;

    /// <summary>Whether a product in double precision is one of those that packing makes faster.</summary>
    private static bool IsPacked(Product p) => p.Columns > 1 && p.Depth > 1 && (long)p.Rows * p.Depth * p.Columns > MostUnpacked;

    private static ImmutableArray<Precision> Precisions(ReadOnlySpan<BufferSlice> slices)
    {
        var precisions = ImmutableArray.CreateBuilder<Precision>(slices.Length);
        foreach (var slice in slices) precisions.Add(slice.Buffer.Precision);
        return precisions.MoveToImmutable();
    }
}
