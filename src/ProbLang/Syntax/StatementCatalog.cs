using System.Collections.Immutable;

namespace ProbLang.Syntax;

/// <summary>A statement as the reference page shows it.</summary>
/// <param name="Node">Its part of the tree.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Summary">What it means, in a few sentences.</param>
/// <param name="Example">A model that uses it, whole.</param>
internal sealed record StatementEntry(Type Node, string Name, string Form, string Summary, string Example);

/// <summary>Every statement of the language, in the order of the reference page.</summary>
internal static class StatementCatalog
{
    public static ImmutableArray<StatementEntry> All { get; } =
    [
        new(typeof(InputStatement), "input", "input x[N, D]: type = default",
            "A known quantity that the model does not explain: sizes, covariates, constants. The data give it, or else the default. A dimension that is a vector of sizes makes it ragged.",
            """
            input N: count
            input dose[N]: positive
            effect ~ Normal(0, 1)
            for i in 1..N {
              y[i] ~ Normal(effect * log(dose[i]), 1)
            }
            """),
        new(typeof(DefineStatement), "random and deterministic variables", "x[i]: type ~ distribution   x[i]: type = expression",
            "`~` draws an element from a distribution, `=` computes it. Every element is defined once, in any order; what the data give of a random variable is observed.",
            """
            mu ~ Normal(0, 10)
            half = mu / 2
            y ~ Normal(half, 1)
            """),
        new(typeof(ForStatement), "for", "for i in lower..upper { … }",
            "Repeats its statements: a plate, or a chain where they use other rounds (`x[t-1]`). The index names the dimension in every output.",
            """
            input T: count
            x[1] ~ Normal(0, 1)
            for t in 2..T {
              x[t] ~ Normal(0.9 * x[t-1], 1)
            }
            """),
        new(typeof(IfStatement), "if", "if condition { … } else { … }",
            "A gate: which statements hold depends on the condition, which may be known or random. Both branches may define the same element; an element of one branch alone is used only where that branch holds.",
            """
            input N: count
            input treated[N]: bool
            effect ~ Normal(0, 1)
            for i in 1..N {
              if treated[i] {
                mean[i] = effect
              } else {
                mean[i] = 0
              }
              y[i] ~ Normal(mean[i], 1)
            }
            """),
        new(typeof(GivenStatement), "given", "given x[i] = value   given condition",
            "With `=`, a value in the file itself, over which data win. Without, an event that is known to have happened: it restricts the priors to where it holds, and does not renormalise them.",
            """
            a ~ Normal(0, 1)
            b ~ Normal(0, 1)
            given a < b
            y ~ Normal(a + b, 1)
            given y = 0.5
            """),
        new(typeof(ParamStatement), "param", "param w[D]: type = start",
            "An unknown constant without a prior. `infer` and `sample` take its value from the data; the start is where learning begins.",
            """
            param rate: positive = 1
            n ~ Poisson(rate)
            """),
        new(typeof(FactorStatement), "factor", "factor expression",
            "Adds a number to the log density: a likelihood, a penalty, or a preference that no distribution states.",
            """
            theta ~ Normal(0, 5)
            factor -abs(theta - 1)
            """),
        new(typeof(DefStatement), "def", "def f(a, b) = expression   def f(a, b) { …; return expression }",
            "A function. One whose block draws (`~`), or that returns a distribution, is a random function: `x ~ f(1, 2)` draws from it, and what it draws inside is local to each use.",
            """
            def standardized(x) = (x - mean(x)) / sd(x)
            input N: count
            input age[N]: real
            slope ~ Normal(0, 1)
            y ~ Normal(slope * standardized(age), 1)
            """),
        new(typeof(ImportStatement), "import", "import \"file.gm\"",
            "Brings in the top-level functions and nets of another file, whose path is relative to this one and stays inside the folders that the host allows. An imported function sees only its own file.",
            """
            import "growth.gm"
            input N: count
            input day[N]: real
            rate ~ LogNormal(0, 1)
            y ~ Normal(logistic_growth(day, rate), 0.1)
            """),
        new(typeof(NetStatement), "net", "net f = mlp(hidden: [64])",
            "A function with learned weights. Its input and output sizes follow from its uses.",
            """
            net f = mlp(hidden: [16], activation: tanh)
            input N: count
            input x[N, 2]: real
            for i in 1..N {
              y[i] ~ Normal(sum(f(x[i])), 1)
            }
            """),
        new(typeof(GuideStatement), "guide", "guide { … }",
            "The family in which variational inference looks for the posterior. Each `~` in it names a latent of the model; `=`, `param` and `net` are its own.",
            """
            mu ~ Normal(0, 1)
            y ~ Normal(mu, 1)
            guide {
              param centre: real = 0
              param spread: positive = 1
              mu ~ Normal(centre, spread)
            }
            """),
    ];
}
