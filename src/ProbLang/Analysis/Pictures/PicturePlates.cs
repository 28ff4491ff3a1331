using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>The plates of a picture: loops of one index over one range, in the same plate, are one.</summary>
internal sealed class PicturePlates
{
    private readonly List<(string Label, int Parent)> _plates = [];
    private readonly Dictionary<Loop, int> _ofLoop = new(ReferenceEqualityComparer.Instance);

    public void Add(ImmutableArray<Plate> plates)
    {
        var parent = -1;
        foreach (var plate in plates)
        {
            if (!_ofLoop.TryGetValue(plate.Loop, out var place)) _ofLoop.Add(plate.Loop, place = Place((LabelOf(plate), parent)));
            parent = place;
        }
    }

    /// <summary>The innermost of some loops; -1 where there is none.</summary>
    public int Of(ImmutableArray<Plate> plates) => plates.IsEmpty ? -1 : _ofLoop[plates[^1].Loop];

    /// <summary>The plate of a loop; -1 for the index of a comprehension.</summary>
    public int Of(Loop loop) => _ofLoop.GetValueOrDefault(loop, -1);

    public int ParentOf(int plate) => _plates[plate].Parent;

    /// <summary>The picture with the plates that hold something.</summary>
    public GraphPicture Used(string title, ImmutableArray<GraphNode> nodes, IEnumerable<GraphEdge> edges)
    {
        var used = new bool[_plates.Count];
        foreach (var node in nodes)
            for (var plate = node.Plate; plate >= 0; plate = _plates[plate].Parent) used[plate] = true;
        var places = new int[_plates.Count];
        var shown = ImmutableArray.CreateBuilder<GraphPlate>();
        for (var plate = 0; plate < places.Length; plate++)
        {
            places[plate] = shown.Count;
            if (used[plate]) shown.Add(new GraphPlate(_plates[plate].Label, At(_plates[plate].Parent)));
        }
        return new GraphPicture(title, [.. nodes.Select(n => n with { Plate = At(n.Plate) })], shown.ToImmutable(), [.. edges]);

        int At(int plate) => plate < 0 ? -1 : places[plate];
    }

    private int Place((string Label, int Parent) plate)
    {
        if (_plates.IndexOf(plate) is >= 0 and var known) return known;
        _plates.Add(plate);
        return _plates.Count - 1;
    }

    private static string LabelOf(Plate plate) =>
        plate is { Loop.Category: { } category, Upper: VariableValue { Variable.LevelsOf: not null } } ? $"{plate.Loop.Name} in levels({category.Name})"
        : $"{plate.Loop.Name} in {GraphPrinter.Print(plate.Lower)}..{GraphPrinter.Print(plate.Upper)}";
}
