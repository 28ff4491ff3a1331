using System.Diagnostics;

namespace ProbLang.FactorGraphs;

/// <summary>Spells distributions and functions as Infer.NET has them.</summary>
/// <param name="references">Spells their arguments.</param>
/// <param name="names">The identifiers.</param>
internal sealed class Operations(References references, CSharpNames names)
{
    /// <summary>What says that messages are normal; it needs the namespace of attributes.</summary>
    public const string MarginalPrototype = "new MarginalPrototype(Gaussian.Uniform())";

    /// <summary>The right side of a definition.</summary>
    public Operand Of(DefineStatement define)
    {
        var arguments = define.Arguments;
        return define.Operation switch
        {
            FactorOperation.Copy => Copy(arguments[0], define.Target.Variable),
            FactorOperation.TruncatedGaussian or FactorOperation.Beta or FactorOperation.Dirichlet when KnownPriors.IsPrior(arguments[0].Variable)
                => new($"Variable<{CSharpTypes.Value(define.Target.Variable)}>.Random({Text(arguments[0])})"),
            FactorOperation.GaussianFromMeanAndPrecision or FactorOperation.GaussianFromMeanAndVariance or FactorOperation.GammaFromShapeAndRate
                or FactorOperation.TruncatedGaussian or FactorOperation.Beta or FactorOperation.Bernoulli or FactorOperation.BernoulliFromLogOdds or FactorOperation.Binomial
                or FactorOperation.Poisson or FactorOperation.Multinomial or FactorOperation.VectorGaussianFromMeanAndPrecision
                or FactorOperation.VectorGaussianFromMeanAndVariance or FactorOperation.WishartFromShapeAndRate or FactorOperation.Log
                or FactorOperation.Max or FactorOperation.Min or FactorOperation.Sum or FactorOperation.InnerProduct or FactorOperation.MatrixTimesVector
                => Call(define.Operation.ToString(), [.. arguments.Select(Text)]),
            FactorOperation.Exp => Exp(define),
            FactorOperation.BinomialFromLogOdds => Call("Binomial", Text(arguments[0]), $"Variable.Logistic({Text(arguments[1])})"),
            FactorOperation.PoissonFromLogRate => Call("Poisson", $"Variable.Exp({Text(arguments[0])})"),
            FactorOperation.Discrete => Discrete(define),
            FactorOperation.DiscreteFromLogits => Call("Discrete", [.. Values(define), $"Variable.Softmax({Text(arguments[0])})"]),
            FactorOperation.Dirichlet or FactorOperation.DirichletSymmetric => Call(define.Operation.ToString(), [.. Values(define), Text(arguments[0])]),
            FactorOperation.VectorElement => Call("GetItem", Text(arguments[0]), Text(arguments[1])),
            FactorOperation.Plus => Binary("+", Binding.Additive, define),
            FactorOperation.Minus => Binary("-", Binding.Additive, define),
            FactorOperation.Product => Binary("*", Binding.Multiplicative, define),
            FactorOperation.Ratio => Binary("/", Binding.Multiplicative, define),
            FactorOperation.And => Binary("&", Binding.And, define),
            FactorOperation.Or => Binary("|", Binding.Or, define),
            FactorOperation.AreEqual => Binary("==", Binding.Equality, define),
            FactorOperation.Greater => Binary(">", Binding.Relational, define),
            FactorOperation.AtLeast => Binary(">=", Binding.Relational, define),
            FactorOperation.Not => new("!" + references.ReadVariable(arguments[0]).Within(Binding.Unary), Binding.Unary),
            _ => throw new UnreachableException($"{define.Operation}"),
        };
    }

    /// <summary>A call that says what is known to hold.</summary>
    public string Of(ConstrainStatement constrain) => Call($"Constrain{constrain.Constraint}", [.. constrain.Arguments.Select(Text)]).Text;

    private string Text(FactorReference reference) => references.Read(reference).Text;

    private static Operand Call(string function, params string[] arguments) => new($"Variable.{function}({string.Join(", ", arguments)})");

    private Operand Copy(FactorReference of, FactorVariable to)
    {
        var isNumber = CSharpTypes.Value(of.Variable) == "double" || CSharpTypes.Value(to) != "double";
        if (references.Read(of).IsKnown) return isNumber ? references.ReadVariable(of) : new($"Variable.Constant({CSharpLiterals.Double(of.Variable.Data!.Numbers.Span[0])})");
        return Call(isNumber ? "Copy" : "Double", Text(of));
    }

    /// <summary>An exponential is gamma distributed unless it is told otherwise.</summary>
    private Operand Exp(DefineStatement define)
    {
        var exp = Call("Exp", Text(define.Arguments[0]));
        return define.Target.Variable.Domain == FactorDomain.Gaussian ? new($"{exp.Text}.Attrib({MarginalPrototype})") : exp;
    }

    /// <summary>What numbers the values of what is defined.</summary>
    private string[] Values(DefineStatement define) => define.Target.Variable.Values is { } values ? [names[values.Name]] : [];

    /// <summary>Probabilities that are numbered by another range of the same size bring it themselves.</summary>
    private Operand Discrete(DefineStatement define)
    {
        var (p, values) = (define.Arguments[0], Values(define));
        var bringsItsOwn = p.Variable.Values is { } own && own != define.Target.Variable.Values && !references.Read(p).IsKnown;
        return Call("Discrete", [.. bringsItsOwn ? [] : values, Probabilities(Text(p))]);
    }

    /// <summary>Few known probabilities stand one by one.</summary>
    private static string Probabilities(string text)
    {
        const string vector = "Vector.FromArray(";
        return text.StartsWith(vector, StringComparison.Ordinal) ? text[vector.Length..^1] : text;
    }

    private Operand Binary(string sign, Binding binding, DefineStatement define)
    {
        var (first, second) = (define.Arguments[0], define.Arguments[1]);
        var (left, right) = (references.Read(first), references.Read(second));
        if (right.IsKnown) left = references.ReadVariable(first);
        // a + -2 is a - 2.
        if (sign == "+" && right is { IsKnown: true, Binding: Binding.Unary } && CSharpTypes.Value(second.Variable) == "double") (sign, right) = ("-", new(right.Text[1..]));
        return new($"{left.Within(binding)} {sign} {right.Within(binding + 1)}", binding);
    }
}
