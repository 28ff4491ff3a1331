using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>A rectangle by its left upper corner.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double Middle => X + Width / 2;

    public bool Contains(Box other) => X <= other.X && Y <= other.Y && Right >= other.Right && Bottom >= other.Bottom;

    public bool Meets(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}

/// <summary>The way of an edge: vertical pieces through the rows, with curves between them.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="IsUpward">Whether it leads up, because it closes a circle.</param>
/// <param name="Pieces">The vertical pieces from the edge's start to its end.</param>
internal sealed record Route(GraphEdge Edge, bool IsUpward, ImmutableArray<(double X, double From, double To)> Pieces);

/// <summary>A picture with a place for everything.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Nodes">The box of each node.</param>
/// <param name="Plates">The box of each plate.</param>
/// <param name="Routes">The ways of the edges between different nodes.</param>
internal sealed record GraphLayout(double Width, double Height, ImmutableArray<Box> Nodes, ImmutableArray<Box> Plates, ImmutableArray<Route> Routes);
