namespace ProbLang.Analysis;

/// <summary>What takes room in a layered picture: a node, a place where a long edge goes through a row, or a plate with all that is in it.</summary>
internal sealed class LayoutItem(int first, int last, double width)
{
    /// <summary>The first row that it takes room in.</summary>
    public int First { get; private set; } = first;

    /// <summary>The last one.</summary>
    public int Last { get; private set; } = last;

    public double Width { get; set; } = width;

    /// <summary>The room that the label of a plate needs.</summary>
    public double LeastWidth { get; init; }

    /// <summary>Its middle, from the left end of the picture.</summary>
    public double X { get; set; }

    /// <summary>Where it would like its middle to be.</summary>
    public double Wanted { get; set; }

    /// <summary>What is inside of a plate, from left to right; of the others nothing.</summary>
    public List<LayoutItem> Inside { get; } = [];

    /// <summary>What its edges lead to, nodes and places alike.</summary>
    public List<LayoutItem> Neighbours { get; } = [];

    public bool IsPlate => Inside.Count > 0;

    /// <summary>A place where an edge goes through takes less room beside it.</summary>
    public bool IsPlace { get; init; }

    public void Add(LayoutItem item)
    {
        (First, Last) = (Math.Min(First, item.First), Math.Max(Last, item.Last));
        Inside.Add(item);
    }

    /// <summary>Whether both take room in one row.</summary>
    public bool Meets(LayoutItem other) => First <= other.Last && other.First <= Last;

    public void Move(double by)
    {
        X += by;
        foreach (var item in Inside) item.Move(by);
    }
}
