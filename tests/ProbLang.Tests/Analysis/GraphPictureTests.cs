using System.Runtime.CompilerServices;
using System.Xml.Linq;
using ProbLang.Analysis;
using ProbLang.Tests.Editing;
using Xunit;

namespace ProbLang.Tests.Analysis;

/// <summary>The golden files are Pictures/NAME.FORM beside NAME.gm; PROBLANG_ACCEPT=1 writes them, then read them.</summary>
public class GraphPictureTests
{
    public static TheoryData<string, GraphForm> Golden => new(
        from model in Directory.GetFiles(Folder(), "*.gm").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)
        from form in Enum.GetValues<GraphForm>()
        select (model, form));

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_model_is_drawn_in_every_form(string name, GraphForm form)
    {
        var picture = Model.CompileFile(Path.Combine(Folder(), name + ".gm")).Model.DrawGraph(form);
        var file = Path.Combine(Folder(), $"{name}.{(form == GraphForm.Text ? "txt" : form.ToString().ToLowerInvariant())}");
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(file, picture);
        Assert.Equal(File.ReadAllText(file), picture);
    }

    [Fact]
    public void What_the_data_give_is_observed()
    {
        var model = Model.Compile("x ~ Normal(0, 1) ^ 3\ny ~ Normal(x[1], 1)\nz ~ Normal(x[2], 1)").Model;
        Assert.True(model.TryDrawGraph(Data.Of(new { x = new double?[] { 1, null, 2 }, y = 1.0 }), GraphForm.Text, out var text, out _));
        Assert.Equal("x  ~ Normal, partly observed\ny  ~ Normal, observed         ← x\nz  ~ Normal                   ← x\n", text);
    }

    [Fact]
    public void Data_that_do_not_fit_are_no_picture()
    {
        Assert.False(Model.Compile("x ~ Normal(0, 1)").Model.TryDrawGraph(Data.Of(new { x = new[] { 1.0, 2 } }), GraphForm.Text, out var text, out var diagnostics));
        Assert.Null(text);
        Assert.NotEmpty(diagnostics);
    }

    [Fact]
    public void Without_data_what_nothing_depends_on_is_observed_where_they_are_expected()
    {
        var model = Model.Compile("x ~ Normal(0, 1)\ny ~ Normal(x, 1)").Model;
        Assert.Equal("x  ~ Normal\ny  ~ Normal, observed  ← x\n", model.DrawGraph(GraphForm.Text));
        Assert.Equal("x  ~ Normal\ny  ~ Normal  ← x\n", model.DrawGraph(GraphForm.Text, expectsData: false));
    }

    [Fact]
    public void Every_model_of_the_corpus_is_drawn_with_everything_in_its_place()
    {
        var drawn = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(Folder(), "..", "..", "Corpus"), "*.gm", SearchOption.AllDirectories))
        {
            if (Model.CompileFile(file) is not { Success: true, Model: var model }) continue;
            foreach (var form in Enum.GetValues<GraphForm>()) Assert.NotEqual("", model.DrawGraph(form));
            var picture = GraphPictureBuilder.Of(model.Graph, "", _ => Observed.None);
            CheckBoxes(picture, LayeredLayout.Of(picture, SvgGraph.SizeOf, SvgGraph.PlateWidth));
            drawn++;
        }
        Assert.InRange(drawn, 100, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(ModelTexts.Examples), MemberType = typeof(ModelTexts))]
    public void Boxes_do_not_overlap_plates_hold_their_own_and_edges_lead_down(string example)
    {
        var picture = PictureOf(example);
        CheckBoxes(picture, LayeredLayout.Of(picture, SvgGraph.SizeOf, SvgGraph.PlateWidth));
    }

    private static void CheckBoxes(GraphPicture picture, GraphLayout layout)
    {
        Assert.Equal(picture.Nodes.Length, layout.Nodes.Length);
        for (var a = 0; a < layout.Nodes.Length; a++)
            for (var b = a + 1; b < layout.Nodes.Length; b++)
                Assert.False(layout.Nodes[a].Meets(layout.Nodes[b]), $"{picture.Nodes[a].Name} and {picture.Nodes[b].Name}");
        for (var plate = 0; plate < layout.Plates.Length; plate++)
        {
            for (var node = 0; node < layout.Nodes.Length; node++)
                Assert.True(picture.Around(picture.Nodes[node].Plate).Contains(plate) ? layout.Plates[plate].Contains(layout.Nodes[node]) : !layout.Plates[plate].Meets(layout.Nodes[node]), $"{picture.Nodes[node].Name} and {picture.Plates[plate].Label}");
            for (var other = 0; other < plate; other++)
                Assert.True(picture.Around(plate).Contains(other) ? layout.Plates[other].Contains(layout.Plates[plate]) : !layout.Plates[other].Meets(layout.Plates[plate]), $"{picture.Plates[other].Label} and {picture.Plates[plate].Label}");
        }
        Assert.All(layout.Routes.Where(r => !r.IsUpward), r => Assert.True(layout.Nodes[r.Edge.From].Bottom < layout.Nodes[r.Edge.To].Y));
        Assert.All(layout.Nodes.Concat(layout.Plates), box => Assert.True(new Box(0, 0, layout.Width, layout.Height).Contains(box)));
    }

    [Theory]
    [MemberData(nameof(ModelTexts.Examples), MemberType = typeof(ModelTexts))]
    public void Vertical_pieces_of_edges_go_through_no_node_and_bend_only_between_rows(string example)
    {
        var picture = PictureOf(example);
        var layout = LayeredLayout.Of(picture, SvgGraph.SizeOf, SvgGraph.PlateWidth);
        foreach (var route in layout.Routes)
        {
            var pieces = route.IsUpward ? route.Pieces.Reverse().Select(p => (p.X, From: p.To, To: p.From)).ToArray() : [.. route.Pieces];
            foreach (var (node, place) in layout.Nodes.Select((box, place) => (box, place)))
            {
                if (place == route.Edge.From || place == route.Edge.To) continue;
                Assert.DoesNotContain(pieces, p => p.From <= p.To && node.Meets(new Box(p.X - 0.1, p.From, 0.2, p.To - p.From)));
                for (var i = 1; i < pieces.Length; i++)
                    Assert.True(node.Bottom <= pieces[i - 1].To || node.Y >= pieces[i].From, $"{picture.Nodes[place].Name} in the way of an edge");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelTexts.Examples), MemberType = typeof(ModelTexts))]
    public void An_edge_leads_to_each_variable_from_what_its_definitions_name(string example)
    {
        var picture = PictureOf(example);
        Assert.Equal(picture.Edges.Length, picture.Edges.Distinct().Count());
        foreach (var edge in picture.Edges.Where(e => picture.Nodes[e.To] is { Kind: NodeKind.Random or NodeKind.Computed, Statement.Length: > 0 }))
            Assert.NotEqual("", picture.Nodes[edge.From].Name);
        var svg = XDocument.Parse(Model.CompileFile(PathOf(example)).Model.DrawGraph(GraphForm.Svg));
        Assert.Equal(picture.Edges.Length, svg.Descendants().Count(e => e.Attribute("class")?.Value.StartsWith("edge", StringComparison.Ordinal) == true));
        Assert.Equal(picture.Plates.Length, svg.Descendants().Count(e => e.Attribute("class")?.Value == "plate"));
    }

    [Fact]
    public void Labels_are_escaped_in_each_form()
    {
        var model = Model.Compile("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ninput c: category\ngiven a < b\ngiven c == \"x \\\"y\\\" & <z>\"\n", new CompileOptions { Path = "a \"b\" <c>&.gm" });
        Assert.True(model.Success, string.Join('\n', model.Diagnostics));
        Assert.Equal("a \"b\" <c>&", XDocument.Parse(model.Model.DrawGraph(GraphForm.Svg)).Root!.Elements().First().Value);
        Assert.Contains("label=\"a \\\"b\\\" <c>&\"", model.Model.DrawGraph(GraphForm.Dot), StringComparison.Ordinal);
        Assert.Contains("[\"a #60; b\"]", model.Model.DrawGraph(GraphForm.Mermaid), StringComparison.Ordinal);
    }

    private static GraphPicture PictureOf(string example) => GraphPictureBuilder.Of(Model.CompileFile(PathOf(example)).Model.Graph, "", _ => Observed.None);

    private static string PathOf(string example) => Path.Combine(Folder(), "..", "..", "..", "..", "examples", example);

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Pictures");
}
