using System.Globalization;
using System.Net;
using System.Text;

namespace ProbLang.Docs.Grammar;

/// <summary>Draws a rule as a railroad diagram: every way along the tracks, from left to right, is a text that the rule allows.</summary>
internal sealed class Railroad
{
    private const int Box = 22;
    private const int Gap = 10;
    private const int Curve = 10;
    private const int Letter = 8;

    private readonly StringBuilder _svg = new();

    public static string Svg(EbnfRule rule)
    {
        var track = Track.Of(rule.Body);
        var (width, up, down) = (track.Width + 2 * (Gap + Curve), track.Up + Gap, track.Down + Gap);
        var railroad = new Railroad();
        railroad._svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{up + down}" viewBox="0 0 {width} {up + down}" role="img" aria-label="{WebUtility.HtmlEncode($"{rule.Name} = {rule.Text}")}">
            <style>
              path {"{"} fill: none; stroke: #57606a; stroke-width: 1.5 {"}"}
              rect {"{"} fill: #fff8c5; stroke: #9a6700; stroke-width: 1 {"}"}
              rect.rule {"{"} fill: #ddf4ff; stroke: #0969da {"}"}
              text {"{"} font: 13px monospace; fill: #1f2328; text-anchor: middle {"}"}
            </style>
            <rect x="0" y="0" width="{width}" height="{up + down}" style="fill: #ffffff; stroke: none"/>

            """);
        railroad.Path($"M 4 {up - 6} v 12 M 4 {up} h {Gap + Curve - 4}");
        track.Draw(railroad, Gap + Curve, up);
        railroad.Path($"M {width - Gap - Curve} {up} h {Gap + Curve - 4} m 0 -6 v 12");
        return railroad._svg.Append("</svg>\n").ToString();
    }

    private void Path(FormattableString path) => _svg.Append("<path d=\"").Append(path.ToString(CultureInfo.InvariantCulture)).Append("\"/>\n");

    /// <summary>A piece of track. It enters and leaves at the same height; it needs room above and below.</summary>
    private abstract record Track(int Width, int Up, int Down)
    {
        public abstract void Draw(Railroad railroad, int x, int y);

        public static Track Of(Production production) => production switch
        {
            Literal literal => new Station(literal.Text, IsRule: false),
            Reference reference => new Station(reference.Rule, IsRule: true),
            Maybe maybe => new Switch([new Straight(), Of(maybe.Part)]),
            Repetition repetition => new Switch([new Straight(), new Loop(Of(repetition.Part), new Straight())]),
            Choice choice => new Switch([.. choice.Alternatives.Select(Of)]),
            Sequence sequence => Line(sequence.Parts),
            _ => throw new System.Diagnostics.UnreachableException(production.GetType().Name),
        };

        /// <summary><c>x {y x}</c> is a loop through x that comes back through y, where that is one box: the way back is read from right to left.</summary>
        private static Track Line(IReadOnlyList<Production> parts)
        {
            var tracks = new List<Track>();
            for (var i = 0; i < parts.Count; i++)
            {
                if (i + 1 < parts.Count && parts[i + 1] is Repetition { Part: Sequence { Parts: [var between, var again] } } && again == parts[i])
                {
                    tracks.Add(new Loop(Of(parts[i]), Of(between)));
                    i++;
                }
                else tracks.Add(Of(parts[i]));
            }
            return tracks is [var alone] ? alone : new Row(tracks);
        }
    }

    /// <summary>Nothing on the way; it keeps as far from its neighbours as the curves need.</summary>
    private sealed record Straight() : Track(Gap, Curve - Gap / 2, Curve - Gap / 2)
    {
        public override void Draw(Railroad railroad, int x, int y) => railroad.Path($"M {x} {y} h {Width}");
    }

    private sealed record Station(string Text, bool IsRule) : Track(Text.Length * Letter + 20, Box / 2, Box / 2)
    {
        public override void Draw(Railroad railroad, int x, int y)
        {
            var look = IsRule ? "class=\"rule\"" : $"rx=\"{Box / 2}\"";
            railroad._svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y - Box / 2}\" width=\"{Width}\" height=\"{Box}\" {look}/>\n");
            railroad._svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Width / 2}\" y=\"{y + 4}\">{WebUtility.HtmlEncode(Text)}</text>\n");
        }
    }

    private sealed record Row(List<Track> Tracks) : Track(Tracks.Sum(t => t.Width) + Gap * (Tracks.Count - 1), Tracks.Max(t => t.Up), Tracks.Max(t => t.Down))
    {
        public override void Draw(Railroad railroad, int x, int y)
        {
            foreach (var track in Tracks)
            {
                if (track != Tracks[0]) railroad.Path($"M {x - Gap} {y} h {Gap}");
                track.Draw(railroad, x, y);
                x += track.Width + Gap;
            }
        }
    }

    /// <summary>One of several, the first straight on and the others below.</summary>
    private sealed record Switch(Track[] Tracks)
        : Track(Tracks.Max(t => t.Width) + 4 * Curve, Tracks[0].Up, Tracks[0].Down + Tracks.Skip(1).Sum(t => t.Up + Gap + t.Down))
    {
        public override void Draw(Railroad railroad, int x, int y)
        {
            var inner = Width - 4 * Curve;
            var below = y;
            for (var i = 0; i < Tracks.Length; i++)
            {
                var track = Tracks[i];
                if (i > 0) below += Tracks[i - 1].Down + Gap + track.Up;
                track.Draw(railroad, x + 2 * Curve, below);
                railroad.Path($"M {x + 2 * Curve + track.Width} {below} h {inner - track.Width}");
                if (i == 0) railroad.Path($"M {x} {y} h {2 * Curve} M {x + inner + 2 * Curve} {y} h {2 * Curve}");
                else railroad.Path($"M {x} {y} q {Curve} 0 {Curve} {Curve} V {below - Curve} q 0 {Curve} {Curve} {Curve} M {x + inner + 2 * Curve} {below} q {Curve} 0 {Curve} {-Curve} V {y + Curve} q 0 {-Curve} {Curve} {-Curve}");
            }
        }
    }

    /// <summary>On through one, and back through the other as often as one likes.</summary>
    private sealed record Loop(Track On, Track Back)
        : Track(Math.Max(On.Width, Back.Width) + 4 * Curve, On.Up, On.Down + Gap + Back.Up + Back.Down)
    {
        public override void Draw(Railroad railroad, int x, int y)
        {
            var inner = Width - 4 * Curve;
            var below = y + On.Down + Gap + Back.Up;
            var (left, right) = (x + 2 * Curve, x + 2 * Curve + inner);
            railroad.Path($"M {x} {y} H {left + (inner - On.Width) / 2} M {left + (inner - On.Width) / 2 + On.Width} {y} H {x + Width}");
            On.Draw(railroad, left + (inner - On.Width) / 2, y);
            railroad.Path($"M {right} {y} q {Curve} 0 {Curve} {Curve} V {below - Curve} q 0 {Curve} {-Curve} {Curve} H {left + (inner - Back.Width) / 2 + Back.Width}");
            Back.Draw(railroad, left + (inner - Back.Width) / 2, below);
            railroad.Path($"M {left + (inner - Back.Width) / 2} {below} H {left} q {-Curve} 0 {-Curve} {-Curve} V {y + Curve} q 0 {-Curve} {Curve} {-Curve}");
        }
    }
}
