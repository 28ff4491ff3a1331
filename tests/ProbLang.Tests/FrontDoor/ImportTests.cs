using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>The functions of other files.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("problang-imports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The messages, with paths from the folder of the test.</summary>
    private string Messages(string model, CompileOptions? options = null) =>
        string.Join('\n', Model.CompileFile(Path.Combine(_folder, model), options).Diagnostics).Replace(_folder + "/", "", StringComparison.Ordinal);

    private string[] Ids(string model) => [.. Model.CompileFile(Path.Combine(_folder, model)).Diagnostics.Select(d => $"{d.Id} {Path.GetFileName(d.Location!.Path)}:{d.Location.Line}")];

    [Fact]
    public void A_model_uses_the_functions_of_another_file_and_those_use_their_own()
    {
        File("lib/priors.gm", "/// Priors.\n\nimport \"util.gm\"\ndef Study(mu) { theta ~ Normal(mu, twice(1)); return Normal(theta, 1) }\ninput unused: count\nw ~ Normal(0, unused)\n");
        File("lib/util.gm", "def twice(x) { t = x * 2; return t }\n");
        var model = Model.CompileFile(File("main.gm", "import \"lib/priors.gm\"\nmu ~ Normal(0, 1)\ny ~ Study(mu)\n")).Model;
        Assert.Equal("""
            variables
              random mu: real
              random y: real
              random y.theta: real

            definitions
              mu ~ Normal(mean: 0, sd: 1)
              y.theta ~ Normal(mean: mu, sd: 2)
              y ~ Normal(mean: y.theta, sd: 1)

            """, model.PrintGraph());
        Assert.Equal("import \"lib/priors.gm\"\nmu ~ Normal(0, 1)\ny ~ Study(mu)\n", model.PrintSyntax());
        Assert.Equal("import \"lib/priors.gm\"\nmu ~ Normal(0, 1)\ny ~ Study(mu)\n", model.Source.Content);
    }

    [Fact]
    public void Names_are_not_handed_on()
    {
        File("a.gm", "import \"b.gm\"\ndef f(x) = g(x)\n");
        File("b.gm", "def g(x) = x + 1\n");
        File("main.gm", "import \"a.gm\"\nx = f(1)\ny = g(1)\n");
        Assert.Equal("""
            main.gm:3:5: error GM0202: there is no function `g`
              3 | y = g(1)
                |     ^
            """, Messages("main.gm"));
    }

    [Fact]
    public void An_imported_function_sees_only_its_own_file()
    {
        File("a.gm", "// A first line.\ninput n: count\ndef f(x) = x + n\ndef D(m) { t ~ Normal(m, sigma); return t }\n");
        File("main.gm", "import \"a.gm\"\ninput sigma: positive\nx = f(1)\ny ~ D(sigma)\n");
        Assert.Equal("""
            a.gm:3:16: error GM0201: `n` is not in sight of an imported function
              3 | def f(x) = x + n
                |                ^
              = it sees its arguments, its locals and the functions of its own file: give it this as an argument
            a.gm:4:26: error GM0201: `sigma` is not in sight of an imported function
              4 | def D(m) { t ~ Normal(m, sigma); return t }
                |                          ^^^^^
              = it sees its arguments, its locals and the functions of its own file: give it this as an argument
            """, Messages("main.gm"));
    }

    [Fact]
    public void A_mistake_in_a_use_shows_both_files()
    {
        File("a.gm", "\n\ndef f(v) = v[1]\n");
        File("main.gm", "import \"a.gm\"\nx = f(1)\n");
        Assert.Equal("""
            a.gm:3:12: error GM0247: this is a single number and has no elements
              3 | def f(v) = v[1]
                |            ^^^^
              main.gm:2:5: in this use of `f`
              2 | x = f(1)
                |     ^^^^
            """, Messages("main.gm"));
    }

    [Fact]
    public void Mistakes_of_the_syntax_are_shown_in_their_file()
    {
        File("lib/a.gm", "def f(x) = = 1\n");
        File("main.gm", "import \"lib/a.gm\"\nx = f(1)\n");
        Assert.Equal("""
            lib/a.gm:1:12: error GM0111: expected an expression after `=`, found `=`
              1 | def f(x) = = 1
                |            ^
            """, Messages("main.gm"));
    }

    [Theory]
    [InlineData("target += normal_lpdf(y | 0, 1)")]
    [InlineData("real x;\nx <- 3\nfor (i in 1:3) { x[i] ~ dnorm(0, 1) }")]
    [InlineData("def f(x) = \"open\nx = 'a' $ 1..2.5e")]
    public void Foreign_text_in_an_imported_file_is_answered_there(string text)
    {
        File("a.gm", "// A line before.\n" + text + "\n");
        var found = Model.CompileFile(File("main.gm", "import \"a.gm\"\ny ~ Normal(0, 1)\n")).Diagnostics;
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.Equal("a.gm", Path.GetFileName(d.Location!.Path)));
        Assert.Equal(2, found[0].Location!.Line);
    }

    [Fact]
    public void What_the_engine_does_not_take_is_shown_in_the_imported_file()
    {
        File("a.gm", "\ndef D(m) { s ~ Normal(m, 1) censored (0, ); return Normal(s, 1) }\n");
        var model = Model.CompileFile(File("main.gm", "import \"a.gm\"\ny ~ D(3)\n")).Model;
        var mistakes = Assert.Throws<EngineException>(() => model.Condition(Data.Of(new { y = 1.0 })).Prepare()).Diagnostics;
        Assert.Equal(("a.gm", 2, 12), (Path.GetFileName(mistakes[0].Location!.Path), mistakes[0].Location!.Line, mistakes[0].Location!.Column));
    }

    [Fact]
    public void One_file_through_two_others_is_one_file()
    {
        File("base.gm", "def one() = 1\n");
        File("left.gm", "import \"base.gm\"\ndef l() = one()\n");
        File("right.gm", "import \"./base.gm\"\nimport \"base.gm\"\ndef r() = one()\n");
        File("main.gm", "import \"left.gm\"\nimport \"right.gm\"\nimport \"base.gm\"\nx = l() + r() + one()\n");
        Assert.Equal("", Messages("main.gm"));
    }

    [Fact]
    public void Imports_in_a_circle_show_the_way_round()
    {
        File("a.gm", "import \"b.gm\"\n");
        File("b.gm", "import \"c.gm\"\n");
        File("c.gm", "\nimport \"b.gm\"\n");
        Assert.Equal("""
            b.gm:1:8: error GM0296: `b.gm` imports itself: `b.gm` → `c.gm` → `b.gm`
              1 | import "c.gm"
                |        ^^^^^^
              c.gm:2:8: and this imports the next
              2 | import "b.gm"
                |        ^^^^^^
              = move what both need into a file of its own
            """, Messages("a.gm"));
        File("self.gm", "import \"self.gm\"\n");
        Assert.Equal(["GM0296 self.gm:1"], Ids("self.gm"));
    }

    [Fact]
    public void A_name_stands_for_one_function()
    {
        File("a.gm", "def f(x) = x\n");
        File("b.gm", "\ndef f(x) = x\nnet n = mlp([3])\n");
        File("main.gm", "import \"a.gm\"\nimport \"b.gm\"\ndef n(x) = x\ny = f(1)\n");
        Assert.Equal("""
            main.gm:2:8: error GM0260: `f` is defined a second time, by this file
              2 | import "b.gm"
                |        ^^^^^^
              a.gm:1:5: first defined here
              1 | def f(x) = x
                |     ^
              b.gm:2:5: and here
              2 | def f(x) = x
                |     ^
              = rename one of the two
            main.gm:2:8: error GM0260: `n` is defined a second time, by this file
              2 | import "b.gm"
                |        ^^^^^^
              main.gm:3:5: first defined here
              3 | def n(x) = x
                |     ^
              b.gm:3:5: and here
              3 | net n = mlp([3])
                |     ^
              = rename one of the two
            """, Messages("main.gm"));
    }

    [Fact]
    public void Nets_are_imported()
    {
        File("nets.gm", "net f = mlp([3])\nnet g = chain(f, f)\n");
        Assert.Equal("""
            variables
              deterministic y[_]: real

            nets
              f = mlp(hidden: [3])
              g = chain(f, f)

            definitions
              y = g([1, 2])

            """, Model.CompileFile(File("main.gm", "import \"nets.gm\"\ny = g([1, 2])\n")).Model.PrintGraph());
    }

    [Theory]
    [InlineData("../secret.gm", "GM0294")]
    [InlineData("lib/../../secret.gm", "GM0294")]
    [InlineData("/etc/hostname", "GM0294")]
    [InlineData("../nonesuch.gm", "GM0294")]
    [InlineData("", "GM0294")]
    [InlineData("nonesuch.gm", "GM0295")]
    [InlineData("lib", "GM0295")]
    [InlineData(".", "GM0294")]
    public void What_cannot_be_imported_is_refused(string path, string id)
    {
        File("secret.gm", "def f(x) = x\n");
        File("inner/lib/a.gm", "def f(x) = x\n");
        File("inner/main.gm", $"import \"{path}\"\n");
        Assert.Equal([$"{id} main.gm:1"], Ids("inner/main.gm"));
    }

    [Fact]
    public void A_host_allows_other_folders()
    {
        File("shared/a.gm", "def f(x) = x\n");
        File("inner/main.gm", "import \"../shared/a.gm\"\ny = f(1)\n");
        Assert.Equal("""
            inner/main.gm:1:8: error GM0294: `../shared/a.gm` is outside the folders that this model may import from
              1 | import "../shared/a.gm"
                |        ^^^^^^^^^^^^^^^^
              = an import is relative to its file, and stays within the model's folder or the one that the program runs in
            """, Messages("inner/main.gm"));
        Assert.Equal("", Messages("inner/main.gm", new CompileOptions { ImportRoots = [_folder] }));
        Assert.Equal("", Messages("inner/main.gm", new CompileOptions { ImportRoots = [Path.Combine(_folder, "shared") + "/"] }));
        // A folder of which the name only begins like an allowed one is another.
        Assert.Equal(["GM0294"], Model.CompileFile(Path.Combine(_folder, "inner/main.gm"), new CompileOptions { ImportRoots = [Path.Combine(_folder, "sha")] }).Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void A_link_is_followed_before_it_is_decided()
    {
        File("outside/secret.gm", "def f(x) = x\n");
        File("inner/lib/real.gm", "def f(x) = x\n");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "inner/file.gm"), Path.Combine(_folder, "outside/secret.gm"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "inner/folder"), Path.Combine(_folder, "outside"));
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "inner/ok.gm"), "lib/real.gm");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "inner/round.gm"), "round.gm");
        File("inner/main.gm", "import \"file.gm\"\nimport \"folder/secret.gm\"\nimport \"ok.gm\"\nimport \"round.gm\"\n");
        Assert.Equal(["GM0294 main.gm:1", "GM0294 main.gm:2", "GM0294 main.gm:4"], Ids("inner/main.gm"));
        Assert.Contains("`file.gm` is a link that leads outside the folders that this model may import from", Messages("inner/main.gm"), StringComparison.Ordinal);
        // The allowed folder may itself be reached through a link.
        File("inner/good.gm", "import \"ok.gm\"\ny = f(1)\n");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "way"), Path.Combine(_folder, "inner"));
        Assert.Equal("", Messages("way/good.gm"));
    }

    [Fact]
    public void What_is_no_text_or_too_much_of_it_is_refused()
    {
        File("main.gm", "import \"bytes.gm\"\nimport \"large.gm\"\nimport \"most.gm\"\nimport \"empty.gm\"\n");
        System.IO.File.WriteAllBytes(Path.Combine(_folder, "bytes.gm"), [(byte)'a', 0xFF, 0xFE]);
        File("large.gm", new string(' ', (4 << 20) + 1));
        File("most.gm", new string(' ', (4 << 20) - 10));
        File("empty.gm", "");
        var found = Model.CompileFile(Path.Combine(_folder, "main.gm")).Diagnostics;
        Assert.Equal(4, found.Length);
        Assert.Equal("bytes.gm", Path.GetFileName(found[0].Location!.Path));
        Assert.Equal("GM0103", found[1].Id);
        Assert.Equal("with `most.gm` the model and its imports are larger than 4 MiB", found[2].Message.Replace(_folder + "/", "", StringComparison.Ordinal));
        Assert.Equal("empty.gm", Path.GetFileName(found[3].Location!.Path));
    }

    [Fact]
    public void A_long_chain_of_imports_is_refused()
    {
        for (var i = 0; i < 200; i++) File($"f{i}.gm", $"import \"f{i + 1}.gm\"\n");
        Assert.Equal(["GM0295 f64.gm:1"], Ids("f0.gm"));
    }

    [Fact]
    public void A_model_from_text_imports_what_its_host_gives()
    {
        const string Text = "import \"lib/a.gm\"\ny = f(1)";
        Assert.Equal("""
            model.gm:1:8: error GM0294: `lib/a.gm` cannot be imported: this model is compiled from text, and nothing says where its files are
              1 | import "lib/a.gm"
                |        ^^^^^^^^^^
              = give it a folder to import from
            """, string.Join('\n', Model.Compile(Text).Diagnostics));

        var files = new Dictionary<string, string> { ["lib/a.gm"] = "import \"../b.gm\"\ndef f(x) = g(x)\n", ["b.gm"] = "def g(x) = x + 1\n" };
        Assert.True(Model.Compile(Text, new CompileOptions { ImportText = files.GetValueOrDefault }).Success);
        files["b.gm"] = "import \"../c.gm\"\nimport \"d.gm\"\n";
        Assert.Equal("""
            b.gm:1:8: error GM0294: `../c.gm` is outside the folders that this model may import from
              1 | import "../c.gm"
                |        ^^^^^^^^^
              = an import is relative to its file, and stays within the model's folder or the one that the program runs in
            b.gm:2:8: error GM0295: there is no file `d.gm`
              2 | import "d.gm"
                |        ^^^^^^
              = an import is relative to the file that it stands in
            """, string.Join('\n', Model.Compile(Text, new CompileOptions { ImportText = files.GetValueOrDefault }).Diagnostics));

        File("lib/a.gm", "def f(x) = x\n");
        Assert.True(Model.Compile(Text, new CompileOptions { Path = Path.Combine(_folder, "model.gm"), ImportRoots = [_folder] }).Success);
    }

    [Fact]
    public void Names_of_locals_survive_in_every_output()
    {
        var model = Model.Compile("def D(m) { theta ~ Normal(m, 1); return Normal(theta, 1) }\nfor i in 1..2 { y[i] ~ D(0) }").Model;
        var posterior = model.Condition(Data.Of(new { y = new[] { 1.0, -1.0 } })).Infer(new Nuts { Seed = 3, Chains = 2 }, cancellation: TestContext.Current.CancellationToken);
        // Conjugate: half of the observation, with variance one half.
        var theta = posterior.Scalar("y.theta[1]");
        Assert.InRange(theta.Mean, 0.5 - 4 * theta.Mcse, 0.5 + 4 * theta.Mcse);
        var error = Math.Sqrt(0.25 / theta.EssBulk);
        Assert.InRange(theta.Sd, Math.Sqrt(0.5) - 4 * error, Math.Sqrt(0.5) + 4 * error);
        using var text = new StringWriter();
        model.Condition(Data.Empty).Sample(1, 1, TestContext.Current.CancellationToken).WriteJson(text);
        Assert.Contains("\"y.theta\"", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_a_guide_is_explained_and_inferred_without_it()
    {
        const string Text = "mu ~ Normal(0, 1)\ny ~ Normal(mu, 1)\nguide { mu ~ Normal(y / 2, 0.7) }";
        var model = Model.Compile(Text).Model;
        Assert.Contains("\nguide: mu\n  it is for learning by `fit`; `infer` draws from the posterior itself, and does without it\n\nengine: nuts\n", model.Explain(), StringComparison.Ordinal);
        var posterior = model.Condition(Data.Of(new { y = 2.0 })).Infer(new Nuts { Seed = 3, Chains = 2 }, cancellation: TestContext.Current.CancellationToken);
        var mu = posterior.Scalar("mu");
        Assert.InRange(mu.Mean, 1 - 4 * mu.Mcse, 1 + 4 * mu.Mcse);
    }

    [Theory]
    [InlineData("net g = mlp([8])\nfor i in 1..3 { z[i] ~ Normal(0, 1) ^ 2\n x[i] = g(z[i]) }", "class: implicit\n  `x` (line 3) is computed of random variables and cannot be solved for one of them, so that there is no density: the net `g` has no inverse")]
    [InlineData("net g = coupling(2, [8])\nfor i in 1..3 { z[i] ~ Normal(0, 1) ^ 2\n x[i] = g(z[i]) }", "class: explicit, tractable\n  `x` (line 3) is an invertible map")]
    [InlineData("net g = mlp([8])\nfor i in 1..3 { z[i] ~ Normal(0, 1) ^ 2\n x[i] ~ Normal(g(z[i]), 1) }", "class: explicit, approximate\n  `z` (line 2) is a continuous latent")]
    [InlineData("net g = mlp([8])\nx ~ Energy(g)", "class: explicit, approximate\n  `x` (line 2) has a density up to a normalizer that is unknown")]
    [InlineData("net g = mlp([8])\nx ~ Diffusion(g)", "class: explicit, approximate\n  `x` (line 2) is made in steps")]
    public void The_class_of_a_model_with_nets_is_derived(string text, string explained)
    {
        Assert.Contains(explained, Model.Compile(text).Model.Explain(), StringComparison.Ordinal);
        Assert.Contains("engine: none\n", Model.Compile(text).Model.Explain(), StringComparison.Ordinal);
    }
}
