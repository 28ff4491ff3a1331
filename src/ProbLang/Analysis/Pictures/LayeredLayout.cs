using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>
/// A layered layout: nodes in rows so that edges lead down, plates as boxes around what is in them and around nothing else. A plate takes room in all rows between its first and its last; an edge goes
/// through the rows between its ends at places of its own, and bends only between rows, where no node is.
/// </summary>
internal sealed class LayeredLayout
{
    private const double Margin = 12;
    private const double RowGap = 34;
    private const double AbovePlate = 12;
    private const double BelowPlate = 24;

    private readonly GraphPicture _picture;
    private readonly Ranks _ranks;
    private readonly LayoutItem _root;
    private readonly LayoutItem[] _plates;
    private readonly LayoutItem[] _nodes;
    private readonly double[] _heights;
    private readonly List<(LayoutItem Upper, LayoutItem Lower)> _segments = [];
    private readonly List<LayoutItem[]> _ways = [];

    private LayeredLayout(GraphPicture picture, Func<GraphNode, (double Width, double Height)> sizeOf, Func<GraphPlate, double> widthOf)
    {
        (_picture, _ranks) = (picture, Ranks.In(picture));
        _root = new LayoutItem(int.MaxValue, int.MinValue, 0);
        _plates = [.. picture.Plates.Select(p => new LayoutItem(int.MaxValue, int.MinValue, 0) { LeastWidth = widthOf(p) })];
        _nodes = [.. picture.Nodes.Select((n, i) => new LayoutItem(_ranks.Of[i], _ranks.Of[i], sizeOf(n).Width + (picture.Edges.Contains(new GraphEdge(i, i)) ? 2 * SelfLoop : 0)))];
        _heights = [.. picture.Nodes.Select(n => sizeOf(n).Height)];
    }

    /// <summary>How far the edge of a series to itself reaches to the right.</summary>
    public const double SelfLoop = 22;

    /// <param name="picture">The picture.</param>
    /// <param name="sizeOf">The size of a node.</param>
    /// <param name="widthOf">The least width of a plate.</param>
    public static GraphLayout Of(GraphPicture picture, Func<GraphNode, (double Width, double Height)> sizeOf, Func<GraphPlate, double> widthOf)
    {
        if (picture.Nodes.IsEmpty) return new GraphLayout(2 * Margin, 2 * Margin, [], [], []);
        var layout = new LayeredLayout(picture, sizeOf, widthOf);
        layout.Nest();
        layout.Connect();
        new LayerOrder(layout._root, layout._segments).Run();
        return layout.Placed(sizeOf);
    }

    /// <summary>Puts nodes into their plates and plates into those around them, inner ones first, so that each knows its rows.</summary>
    private void Nest()
    {
        for (var node = 0; node < _nodes.Length; node++) Around(_picture.Nodes[node].Plate).Add(_nodes[node]);
        for (var plate = _plates.Length - 1; plate >= 0; plate--) Around(_picture.Plates[plate].Parent).Add(_plates[plate]);
    }

    private LayoutItem Around(int plate) => plate < 0 ? _root : _plates[plate];

    private void Connect()
    {
        foreach (var edge in _ranks.Down)
        {
            List<LayoutItem> way = [_nodes[edge.From]];
            for (var row = _ranks.Of[edge.From] + 1; row < _ranks.Of[edge.To]; row++)
            {
                var place = new LayoutItem(row, row, 1) { IsPlace = true };
                PlateOf(edge, row).Add(place);
                way.Add(place);
            }
            way.Add(_nodes[edge.To]);
            _ways.Add([.. way]);
            for (var i = 1; i < way.Count; i++)
            {
                _segments.Add((way[i - 1], way[i]));
                way[i - 1].Neighbours.Add(way[i]);
                way[i].Neighbours.Add(way[i - 1]);
            }
        }
    }

    /// <summary>In which plate an edge goes through a row: as far inside of those around its end, or else around its start, as they reach.</summary>
    private LayoutItem PlateOf(GraphEdge edge, int row)
    {
        foreach (var end in (ReadOnlySpan<int>)[edge.To, edge.From])
            foreach (var plate in _picture.Around(_picture.Nodes[end].Plate))
                if (_plates[plate].First <= row && row <= _plates[plate].Last) return _plates[plate];
        return _root;
    }

    private GraphLayout Placed(Func<GraphNode, (double Width, double Height)> sizeOf)
    {
        var (tops, bottoms) = Rows();
        var shift = Margin - (_root.X - _root.Width / 2);
        ImmutableArray<Box> nodes = [.. _nodes.Select((item, i) => Centred(item.X + shift, (tops[item.First] + bottoms[item.First]) / 2, sizeOf(_picture.Nodes[i])))];
        ImmutableArray<Box> plates = [.. _plates.Select((item, p) => new Box(item.X + shift - item.Width / 2, tops[item.First] - Above(p), item.Width, bottoms[item.Last] + Below(p) - tops[item.First] + Above(p)))];
        ImmutableArray<Route> routes = [.. _ranks.Down.Select((edge, e) => RouteOf(edge, _ranks.IsReversed[e], _ways[e], nodes, tops, bottoms, shift))];
        var height = Math.Max(nodes.Max(n => n.Bottom), plates.Select(p => p.Bottom).DefaultIfEmpty(0).Max());
        return new GraphLayout(_root.Width + 2 * Margin, height + Margin, nodes, plates, routes);
    }

    private static Box Centred(double x, double y, (double Width, double Height) size) => new(x - size.Width / 2, y - size.Height / 2, size.Width, size.Height);

    /// <summary>The rows from top to bottom, with room between them for the edges of plates.</summary>
    private (double[] Tops, double[] Bottoms) Rows()
    {
        var (tops, bottoms) = (new double[_ranks.Count], new double[_ranks.Count]);
        var plates = Enumerable.Range(0, _plates.Length).ToArray();
        for (var row = 0; row < tops.Length; row++)
        {
            var above = plates.Where(p => _plates[p].First == row).Select(Above).DefaultIfEmpty(0).Max();
            var below = plates.Where(p => _plates[p].Last == row - 1).Select(Below).DefaultIfEmpty(0).Max();
            tops[row] = above + (row == 0 ? Margin : bottoms[row - 1] + below + RowGap);
            bottoms[row] = tops[row] + Enumerable.Range(0, _nodes.Length).Where(n => _ranks.Of[n] == row).Max(n => _heights[n]);
        }
        return (tops, bottoms);
    }

    /// <summary>How far a plate reaches above its first row: more than those in it that begin there.</summary>
    private double Above(int plate) => AbovePlate + Within(plate).Where(p => _plates[p].First == _plates[plate].First).Select(Above).DefaultIfEmpty(0).Max();

    private double Below(int plate) => BelowPlate + Within(plate).Where(p => _plates[p].Last == _plates[plate].Last).Select(Below).DefaultIfEmpty(0).Max();

    private IEnumerable<int> Within(int plate) => Enumerable.Range(0, _plates.Length).Where(p => _picture.Plates[p].Parent == plate);

    private static Route RouteOf(GraphEdge edge, bool isUpward, LayoutItem[] way, ImmutableArray<Box> nodes, double[] tops, double[] bottoms, double shift)
    {
        var pieces = new (double X, double From, double To)[way.Length];
        for (var i = 0; i < way.Length; i++)
        {
            var from = i == 0 ? nodes[edge.From].Bottom : tops[way[i].First];
            var to = i == way.Length - 1 ? nodes[edge.To].Y : bottoms[way[i].First];
            pieces[i] = (way[i].X + shift, from, to);
        }
        if (!isUpward) return new Route(edge, false, [.. pieces]);
        return new Route(new GraphEdge(edge.To, edge.From), true, [.. pieces.Reverse().Select(p => (p.X, p.To, p.From))]);
    }
}
