namespace ProbLang.Limits;

/// <summary>Long pieces of memory, gone through block by block, between which the computation may end: to touch fresh memory takes long.</summary>
internal static class Blockwise
{
    private const int Block = 1 << 16;

    /// <summary>So few are written one by one: to fill at once is compiled anew at every start, for the vectors that the processor has.</summary>
    private const int Few = 64;

    public static void Clear<T>(Span<T> memory)
    {
        for (; memory.Length > Block; memory = memory[Block..])
        {
            memory[..Block].Clear();
            Budget.Current.Check();
        }
        memory.Clear();
    }

    public static void Fill<T>(Span<T> memory, T value)
    {
        if (memory.Length <= Few)
        {
            foreach (ref var cell in memory) cell = value;
            return;
        }
        for (; memory.Length > Block; memory = memory[Block..])
        {
            memory[..Block].Fill(value);
            Budget.Current.Check();
        }
        memory.Fill(value);
    }

    public static void Copy<T>(ReadOnlySpan<T> from, Span<T> to)
    {
        while (from.Length > Block)
        {
            from[..Block].CopyTo(to);
            Budget.Current.Check();
            from = from[Block..];
            to = to[Block..];
        }
        from.CopyTo(to);
    }

    /// <summary>Where the elements are for which something holds.</summary>
    public static int[] Where<T>(T[] values, Func<T, bool> holds)
    {
        var (places, looks) = (new List<int>(), new Ticker());
        for (var i = 0; i < values.Length; i++)
        {
            looks.Tick();
            if (holds(values[i])) places.Add(i);
        }
        return [.. places];
    }

    /// <summary>An array with what is made of each element.</summary>
    public static TTo[] Map<TFrom, TTo>(TFrom[] values, Func<TFrom, TTo> map)
    {
        var (mapped, looks) = (GC.AllocateUninitializedArray<TTo>(values.Length), new Ticker());
        for (var i = 0; i < values.Length; i++)
        {
            looks.Tick();
            mapped[i] = map(values[i]);
        }
        return mapped;
    }
}
