using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>
/// Puts items beside each other: sweeps by the means of neighbours (Sugiyama, Tagawa and Toda 1981), plate by plate, of which the one with the fewest crossings and the
/// shortest edges is kept. What is in a plate stays together, since a plate is an item of what is around it.
/// </summary>
internal sealed class LayerOrder(LayoutItem root, IReadOnlyList<(LayoutItem Upper, LayoutItem Lower)> segments)
{
    public const double NodeGap = 26;
    public const double PlaceGap = 14;
    public const double PlatePadding = 16;

    private const int Sweeps = 24;

    /// <summary>With more edges crossings are not counted.</summary>
    private const int MostCounted = 600;

    public void Run()
    {
        Place(root, sorts: false);
        var (best, least) = (Positions(), Cost());
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Want(root);
            Place(root, sorts: sweep < 2 * Sweeps / 3);
            var cost = Cost();
            if (cost >= least) continue;
            (best, least) = (Positions(), cost);
        }
        foreach (var (item, x, width, inside) in best)
        {
            (item.X, item.Width) = (x, width);
            for (var i = 0; i < inside.Length; i++) item.Inside[i] = inside[i];
        }
    }

    /// <summary>An item wants to be at the mean of its neighbours, a plate where what is in it wants to be.</summary>
    private static double Want(LayoutItem item)
    {
        if (item.IsPlate) return item.Wanted = item.X + item.Inside.Average(i => Want(i) - i.X);
        return item.Wanted = item.Neighbours.Count == 0 ? item.X : item.Neighbours.Average(n => n.X);
    }

    /// <summary>Places what is in a plate, the plates in it first, so that it knows its width.</summary>
    private static void Place(LayoutItem plate, bool sorts)
    {
        foreach (var inner in plate.Inside)
            if (inner.IsPlate) Place(inner, sorts);
        if (sorts)
        {
            LayoutItem[] sorted = [.. plate.Inside.OrderBy(i => i.Wanted)];
            for (var i = 0; i < sorted.Length; i++) plate.Inside[i] = sorted[i];
        }
        var (left, right) = (Pushed(plate.Inside, 1), Pushed(plate.Inside, -1));
        for (var i = 0; i < plate.Inside.Count; i++) plate.Inside[i].Move((left[i] + right[i]) / 2 - plate.Inside[i].X);
        var (from, to) = (plate.Inside.Min(i => i.X - i.Width / 2), plate.Inside.Max(i => i.X + i.Width / 2));
        plate.Width = Math.Max(plate.LeastWidth, to - from + 2 * PlatePadding);
        plate.X = (from + to) / 2;
    }

    /// <summary>Where items come to be that start where they want to be and are pushed apart in one direction. The mean of both directions keeps them apart, too.</summary>
    private static double[] Pushed(List<LayoutItem> items, int direction)
    {
        var places = new double[items.Count];
        for (var k = 0; k < places.Length; k++)
        {
            var i = direction > 0 ? k : places.Length - 1 - k;
            places[i] = items[i].Wanted;
            for (var j = direction > 0 ? 0 : places.Length - 1; j != i; j += direction)
            {
                if (!items[i].Meets(items[j])) continue;
                var apart = (items[i].Width + items[j].Width) / 2 + (items[i].IsPlace || items[j].IsPlace ? PlaceGap : NodeGap);
                places[i] = direction > 0 ? Math.Max(places[i], places[j] + apart) : Math.Min(places[i], places[j] - apart);
            }
        }
        return places;
    }

    private double Cost()
    {
        var cost = segments.Sum(s => Math.Abs(s.Upper.X - s.Lower.X)) / 100 + root.Width / 100;
        if (segments.Count > MostCounted) return cost;
        for (var a = 0; a < segments.Count; a++)
            for (var b = a + 1; b < segments.Count; b++)
                if (segments[a].Upper.First == segments[b].Upper.First && (segments[a].Upper.X - segments[b].Upper.X) * (segments[a].Lower.X - segments[b].Lower.X) < 0) cost += 2;
        return cost;
    }

    private ImmutableArray<(LayoutItem Item, double X, double Width, ImmutableArray<LayoutItem> Inside)> Positions()
    {
        var all = ImmutableArray.CreateBuilder<(LayoutItem, double, double, ImmutableArray<LayoutItem>)>();
        var open = new Stack<LayoutItem>([root]);
        while (open.TryPop(out var item))
        {
            all.Add((item, item.X, item.Width, [.. item.Inside]));
            foreach (var inner in item.Inside) open.Push(inner);
        }
        return all.ToImmutable();
    }
}
