using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What can be wrong when a model meets its data, one method a message.</summary>
internal static class DataDiagnostics
{
    public static Diagnostic NotLearnedYet(string distribution, string net, Location place) => Error("GM0380",
        $"`{distribution}` has a density that only learning `{net}` settles, and that is not in this version", place, "`check`, `explain` and `dump --stage graph` show the model as it is");

    public static Diagnostic NetSizesDiffer(string net, int first, Location firstPlace, int second, Location place) => Error("GM0382",
        $"`{net}` takes and gives vectors of one length each, and this makes one {second} long that is {first} long elsewhere", place, "use a net of its own for each, or bring both to one length") with
    {
        Related = [($"{first} long here", firstPlace)],
    };

    public static Diagnostic NetSizeUnknown(string net, string verb, string argument, Location place) => Error("GM0383",
        $"nothing tells how long the vectors are that `{net}` {verb}", place, $"say it: `{argument}: 2`");

    public static Diagnostic NetArgument(string net, int given, int taken, string what, Location place, Location declared) => Error("GM0384",
        $"`{net}` takes {what} of length {taken}, and this one is {given} long", place) with
    {
        Related = [("the net is here", declared)],
    };

    public static Diagnostic GuideReadsLatent(string name, Location place, Location declared) => Error("GM0381",
        $"the guide reads `{name}`, which is latent with these data and which it does not draw", place, $"draw it in the guide: `{name} ~ …`") with
    {
        Related = [("defined in the model here", declared)],
    };

    public static Diagnostic InputMissing(Variable input, Location declared, string? misspelt) => Error("GM0301", $"the data do not give the input `{input.Name}`", declared,
        misspelt is null ? $"add `{input.Name}` to the data, or give it a default in the model" : $"the data give `{misspelt}`: did you mean `{input.Name}`?");

    public static Diagnostic ParameterMissing(Variable parameter, Location declared) => Error("GM0376",
        $"`{parameter.Name}` is a parameter whose value is not known", declared,
        $"learn it first with `fit`, give its value in the data, or give it a prior: write `{parameter.Name}{Brackets(parameter.Rank)} ~ …` instead of declaring it with `param`");

    public static Diagnostic ParameterNotReal(Variable parameter, string element, Location? place, Location declared) => Error("GM0510",
        $"`{element}` is a parameter of type `{parameter.DeclaredType}` without a value, and only real numbers can be learned", place ?? declared,
        "give its value in the data, or give it a prior: what is discrete and random is summed out") with
    { Related = Declared(place, declared) };

    public static Diagnostic BothBranches(string element, Location first, Location second) => Error("GM0377",
        $"both branches of an `if` that the data do not decide define `{element}`, in ways that cannot be joined", second,
        "write both with the same `for`s and indices, and draw (`~`) or compute (`=`) the same kind of quantity in both") with
    { Related = [("in the other branch", first)] };

    public static Diagnostic FactsContradict(Location place) => Error("GM0378", "the given facts contradict each other: this condition does not hold", place);

    public static Diagnostic ConditionOpen(Location place) => Error("GM0412", "this condition cannot be met by sampling that follows gradients", place,
        "write it as a comparison that bounds one continuous quantity, as `given a < b`, or draw the quantities from a distribution that is restricted to it");

    public static Diagnostic GivenInBranch(Location place) => Error("GM0349", "this value is given only where an `if` holds that the data do not decide", place,
        "give it outside of the branch: what a branch alone defines counts only where that branch holds");

    public static Diagnostic ConditionInBranch(Location place) => Error("GM0412", "this condition holds only where an `if` does that the data do not decide", place,
        "a condition bounds an unknown quantity everywhere or nowhere: use `truncated` in the branch");

    public static Diagnostic OutsideBranch(string element, Location use, string definition, Location defined) => Error("GM0379",
        $"`{element}` is used here (for {definition}), but only one branch of an `if` that the data do not decide defines it", use,
        "use it inside of that branch alone, or define it in the other one too") with
    { Related = [("defined here", defined)] };

    public static Diagnostic FactorForward(Location place) => Error("GM0413", "what a `factor` weights cannot be drawn forward", place,
        "write it as a distribution or as a `given`, or use `infer`");

    public static Diagnostic SizeUnknown(Variable input, Location declared) => Error("GM0302", $"the data do not give `{input.Name}`, and no array in them tells it", declared,
        $"add `{input.Name}` to the data, or an array whose size it is");

    public static Diagnostic SizesContradict(Variable size, Location declared, (string Array, int Size, Location? Place) first, (string Array, int Size, Location? Place) second) => Error("GM0303",
        $"the data contradict each other: `{first.Array}` makes {size.Name} {first.Size}, but `{second.Array}` makes it {second.Size}", declared) with
    {
        Related = [.. new[] { first, second }.Where(a => a.Place is not null).Select(a => ($"`{a.Array}` stands here", a.Place!))],
    };

    public static Diagnostic WrongShape(string name, string given, string expected, Location? place, Location declared) => Error("GM0304",
        $"`{name}` is {given} in the data, but the model makes it {expected}", place ?? declared, "give the array whole, with `null` (or an empty cell) for what is missing") with
    {
        Related = place is null ? [] : [("the model says so here", declared)],
    };

    public static Diagnostic InputCellMissing(Variable input, string element, Location? place, Location declared) => Error("GM0305",
        $"`{element}` is missing, but an input must be known", place ?? declared,
        $"fill it in, or model it: write `{input.Name}{Brackets(input.Rank)} ~ …` instead of declaring it as an input") with
    { Related = Declared(place, declared) };

    public static Diagnostic NotANumber(string element, Location? place, Location declared) => Error("GM0306", $"`{element}` is NaN in the data", place ?? declared,
        "a missing value is written null, NA or as an empty cell");

    public static Diagnostic OutsideType(string element, double value, string type, Location? place, Location declared) => Error("GM0307",
        $"`{element}` is {Show(value)}, but its type is {type}", place ?? declared) with
    { Related = Declared(place, declared) };

    public static Diagnostic OutsideSupport(string element, double value, string distribution, string support, Location? place, Location statement) => Error("GM0308",
        $"`{element}` is {Show(value)}, which {distribution} cannot give: {support}", place ?? statement) with
    {
        Related = place is null ? [] : [("it is drawn here", statement)],
    };

    public static Diagnostic OutsideDomain(string parameter, string distribution, double value, string domain, string where, Location? place, Location statement) => Error("GM0309",
        $"the {parameter} of {distribution} is {Show(value)}{where}, but must be {domain}", place ?? statement) with
    { Related = UsedHere(place, statement) };

    public static Diagnostic DefinedTwice(string element, Location first, Location second) => Error("GM0310", $"`{element}` is defined twice", second,
        "every element is defined once") with
    { Related = [("first defined here", first)] };

    public static Diagnostic TargetBelowOne(string variable, double index, Location target) => Error("GM0311",
        $"this defines `{variable}` at {Show(index)}, but indices start at 1", target);

    public static Diagnostic TargetNotWhole(string variable, double index, Location target) => Error("GM0311",
        $"this defines `{variable}` at {Show(index)}, which is not a whole number", target);

    public static Diagnostic TargetUnknown(string variable, Location target) => Error("GM0312",
        $"which element of `{variable}` this defines is not known from the data", target, "an index on the left may depend on inputs and observed values alone");

    public static Diagnostic RangeUnknown(Location place) => Error("GM0312", "this size or range is not known from the data", place,
        "sizes and ranges may depend on inputs and observed values alone");

    public static Diagnostic RangeNotWhole(Location place, double end) => Error("GM0313", $"a range ends at {Show(end)}, which is {(end == Math.Floor(end) ? "out of reach" : "not a whole number")}", place);

    public static Diagnostic SizeNotWhole(Location place, double size) => Error("GM0313", $"a size is {Show(size)}, but must be a whole number from 0", place);

    public static Diagnostic Undefined(string element, Location use, string definition) => Error("GM0314",
        $"`{element}` is used here (for {definition}), but nothing defines it and the data do not give it", use, $"define `{element}`, or give it in the data");

    public static Diagnostic IndexOutside(Location use, string? array, double index, int size, int dimension, int rank)
    {
        var name = array is null ? "the array" : $"`{array}`";
        var element = array is null ? $"element {Show(index)}" : rank == 1 ? $"`{array}[{Show(index)}]`" : $"index {Show(index)} of `{array}`";
        var dimensionText = rank > 1 ? $" in dimension {dimension + 1}" : "";
        return Error("GM0315", index < 1 ? $"{element} is used here, but indices start at 1" :
            index > size ? $"{element} is used here, but {name} has {size} elements{dimensionText}" : $"{element} is used here, but an index is a whole number", use);
    }

    public const string CycleId = "GM0316";

    public static Diagnostic Cycle(string element, Location first, IEnumerable<(string Note, Location Place)> rest) => Error(CycleId,
        $"`{element}` depends on itself", first, "break the cycle: each element may depend on others only in one direction") with
    { Related = [.. rest] };

    public static Diagnostic CheckFails(string element, double given, double computed, Location? place, Location statement) => Error("GM0318",
        $"the data give `{element}` as {Show(given)}, but the model computes {Show(computed)}", place ?? statement) with
    { Related = place is null ? [] : [("it is computed here", statement)] };

    public static Diagnostic NotInModel(string name, Location? place, string? meant) => Warning("GM0320", $"the data give `{name}`, which the model does not name", place,
        meant is null ? null : $"did you mean `{meant}`?");

    public static Diagnostic ScalarClamped(string name, Location? place, Location statement) => Warning("GM0321",
        $"the data give `{name}`, so it is taken as observed and its prior only scores it", place ?? statement, $"leave `{name}` out of the data to infer it") with
    { Related = Declared(place, statement) };

    public static Diagnostic ConditionNotSolvable(Location place) => Error("GM0322", "this condition cannot be written as a bound on one unknown quantity by earlier ones", place,
        "write it so that one continuous quantity stands in it linearly, such as `a + b < 1`, or use a truncated prior");

    public static Diagnostic ConditionOnVector(Location place, string element, string distribution) => Error("GM0323",
        $"this condition bounds `{element}`, a part of one draw from {distribution}, which is not in this version", place);

    public static Diagnostic ConditionFails(Location place, double less, double greater) => Error("GM0324",
        $"this condition does not hold for the data: {Show(less)} is not below {Show(greater)}", place);

    public static Diagnostic GivenUnknown(Location place) => Error("GM0325", "the right side of `given` is not known from the data", place,
        "a value must be known; a condition between unknown quantities is written with `<` or `>`");

    public static Diagnostic ShapesDiffer(Location place, string difference) => Error("GM0326", $"shapes do not agree: {difference}", place);

    public static Diagnostic TooLarge(string what, Location place) => Error("GM0327", $"{what} is too large: at most {Layout.Limit:N0} elements", place);

    public static Diagnostic SizeDependsOnItself(string variable, Location place) => Error("GM0328", $"the size of `{variable}` depends on `{variable}` itself", place);

    public static Diagnostic SizeConflict(string variable, string first, string second, Location place, Location other) => Error("GM0329",
        $"`{variable}` is {second} here, but {first} elsewhere", place) with
    { Related = [("the other definition", other)] };

    public static Diagnostic RowLength(string name, int[] index, int length, string expected, Location? place, Location declared) => Error("GM0385",
        $"row {Row(index)} of `{name}` has {Values(length)}, but {expected}", place ?? declared) with
    {
        Related = place is null ? [] : [("the model says so here", declared)],
    };

    public static Diagnostic RowIndexOutside(Location use, string? array, double index, int[] row, int size) => Error("GM0386",
        $"{(array is null ? "an element" : $"`{array}[{string.Join(", ", row)}, {Show(index)}]`")} is used here, but row {Row(row)} of {(array is null ? "the array" : $"`{array}`")} has {(size == 1 ? "1 element" : $"{size.ToString(CultureInfo.InvariantCulture)} elements")}", use);

    public static Diagnostic BlockRagged(string name, Location place) => Error("GM0387",
        $"this defines several rows of `{name}` at once, and they differ in length", place, $"define a row at a time: `for i in 1..N {{ {name}[i] … }}`");

    public static Diagnostic SizesShape(string name, int dimension, string sizes, string expected, Location place) => Error("GM0388",
        $"the sizes of dimension {dimension.ToString(CultureInfo.InvariantCulture)} of `{name}` are {sizes}, but there is one for each of {expected}", place,
        "a vector of sizes has a size for each index before it: `input n[N]: count`, `input x[N, n]`");

    public static Diagnostic CannotSample(string distribution, Location place) => Error("GM0331", $"{distribution} cannot be sampled: it is improper, its density does not integrate to 1", place,
        "write a proper prior, such as Normal(0, 10)");

    public static Diagnostic BoundInPart(string name, string whole, Location? place, Location statement) => Error("GM0333",
        $"`{name}` is given in part, but {whole}, so those that are missing are bound by the others", place ?? statement,
        $"give all of `{name}` or none of it") with
    {
        Related = place is null ? [] : [("it is drawn here", statement)],
    };

    public static Diagnostic RejectedAlways(int limit, Location place) => Error("GM0332", $"none of {limit:N0} draws meets this condition", place, "choose priors under which the condition is not so rare");

    public static Diagnostic SumNotOne(string parameter, string distribution, double sum, string where, Location? place, Location statement) => Error("GM0334",
        $"the {parameter} of {distribution} add up to {ShowSum(sum)}{where}, but must add up to 1", place ?? statement, "divide them by their sum") with
    { Related = UsedHere(place, statement) };

    public static Diagnostic NotSymmetric(string parameter, string distribution, string where, (string Element, double Value) one, (string Element, double Value) other, Location? place, Location statement) => Error("GM0335",
        $"the {parameter} of {distribution} is not symmetric{where}: at {one.Element} it is {Show(one.Value)}, but at {other.Element} {Show(other.Value)}", place ?? statement) with
    { Related = UsedHere(place, statement) };

    public static Diagnostic NotPositiveDefinite(string parameter, string distribution, string where, Location? place, Location statement) => Error("GM0336",
        $"the {parameter} of {distribution} is not positive definite{where}", place ?? statement, "no variance may be 0, and no variable a combination of the others; where rounding makes it so, add a little to the diagonal") with
    { Related = UsedHere(place, statement) };

    public static Diagnostic NotCholeskyFactor(string parameter, string distribution, string where, string element, double value, string needed, Location? place, Location statement) => Error("GM0337",
        $"the {parameter} of {distribution} is {Show(value)} at {element}{where}, but must be {needed}", place ?? statement,
        "a Cholesky factor is lower-triangular with a positive diagonal") with
    { Related = UsedHere(place, statement) };

    public static Diagnostic NoComponents(string where, Location place) => Error("GM0339", $"this mixture has no components{where}: its range is empty", place, "a mixture needs at least one component");

    public static Diagnostic AtEdge(string element, double value, string distribution, Location? place, Location statement) => Warning("GM0340",
        $"`{element}` is {Show(value)}, where the density of {distribution} is zero or infinite", place ?? statement,
        "model such values apart from the others (a hurdle), or move them off the edge") with
    {
        Related = place is null ? [] : [("it is drawn here", statement)],
    };

    public static Diagnostic WrongRank(string name, int[] given, string expected, int rank, Location? place, Location declared) => Error("GM0341",
        $"`{name}` has {Dimensions(given.Length)} in the data, {ShapeText.Of(given)}, but {rank.ToString(CultureInfo.InvariantCulture)} in the model, {expected}", place ?? declared) with
    {
        Related = place is null ? [] : [("the model says so here", declared)],
    };

    public static Diagnostic NotALevel(string element, string label, ImmutableArray<string> levels, string? meant, Location? place, Location declared) => Error("GM0342",
        $"`{element}` is {Literals.Quote(label)}, which is not one of its levels", place ?? declared,
        meant is null ? $"the levels are {Listed(levels)}" : $"did you mean {Literals.Quote(meant)}?") with
    { Related = Declared(place, declared) };

    public static Diagnostic LabelUnknown(string label, string category, string? meant, Location use) => Error("GM0343",
        $"{Literals.Quote(label)} is not a level of `{category}`: the data have no such label", use, meant is null ? null : $"did you mean {Literals.Quote(meant)}?");

    public static Diagnostic LevelsUnknown(string category, Location declared) => Error("GM0344",
        $"the levels of `{category}` are not known: the data give none of its labels", declared, "list them where it is declared: `category(\"low\", \"high\")`");

    public static Diagnostic OutsideDeclared(string name, string declared, string distribution, string values, Location statement) => Error("GM0345",
        $"`{name}` is declared `{declared}`, but {distribution} gives values {values}", statement, "a declared type does not cut a distribution: choose its arguments so that they agree");

    public static Diagnostic OutsideStructure(string part, string declared, string why, Location? place, Location statement) => Error("GM0346",
        $"`{part}` is declared `{declared}`, but {why}", place ?? statement) with
    { Related = Declared(place, statement) };

    public static Diagnostic StructureSize(string name, string declared, int size, int actual, Location place) => Error("GM0347",
        string.Create(CultureInfo.InvariantCulture, $"`{name}` is declared `{declared}`, which is {size} long, but the model makes it {actual} long"), place);

    public static Diagnostic CodeOutside(Location use, double code, int size) => Error("GM0348",
        string.Create(CultureInfo.InvariantCulture, $"`onehot` has {size} indicators, but the code is {code}"), use, code < 1 ? "codes count from 1" : "the second argument is how many codes there are");

    public static Diagnostic FixedUnknown(string name, Location? place, string? meant) => Error("GM0370", $"the model has no variable `{name}` to fix", place,
        meant is null ? null : $"did you mean `{meant}`?");

    public static Diagnostic FixedShape(string name, string value, string expected, Location? place) => Error("GM0371",
        $"`{name}` is fixed to {value}, but the model makes it {expected}", place, "give the array whole, with `null` for what is drawn");

    public static Diagnostic FixedElement(string element, string name, string expected, Location place) => Error("GM0372",
        $"there is no `{element}` to fix: the model makes `{name}` {expected}", place, "indices count from 1, one for each dimension");

    public static Diagnostic FixedNotRandom(string element, Location? place, Location declared) => Error("GM0373",
        $"`{element}` is not random, and only what is random can be fixed", place ?? declared, "give inputs with the data") with
    { Related = Declared(place, declared) };

    public static Diagnostic FixedNotWhole(string element, double value, Location? place, Location declared) => Error("GM0374",
        $"`{element}` is fixed to {Show(value)}, but it is a whole number", place ?? declared) with
    { Related = Declared(place, declared) };

    public static Diagnostic FixedInPart(string name, Location statement) => Error("GM0375",
        $"a draw of `{name}` is fixed in part, but its elements depend on each other", statement, "fix all elements of the draw, or none");

    public static Diagnostic Uninformed(string name, Location statement) => Warning("GM0501", $"nothing observed depends on `{name}`: its posterior is its prior", statement,
        "use it in what the data are to explain, or leave it out");

    public static Diagnostic ProbabilityLeaves(string parameter, string distribution, string element, double lower, double upper, bool hasLogit, Location argument) => Warning("GM0505",
        $"the {parameter} of {distribution} can leave 0 to 1 for `{element}`: what is not known lets it be {Interval(lower, upper)}", argument,
        hasLogit ? "write `logit: …`, which may be any number, or bound what goes into it" : "write it as `logistic(…)`, or bound what goes into it");

    public static Diagnostic TooManyValues(string element, double count, Location statement) => Warning("GM0506",
        $"`{element}` is discrete and unknown, and the sum over its {count.ToString("0", CultureInfo.InvariantCulture)} values may take long", statement,
        "observe it, or bound it more closely: `truncated (0, 100)`");

    public static Diagnostic NothingObserved(string name, Location statement) => Warning("GM0507", "nothing is observed: the posterior is the prior", statement,
        $"give data, such as of `{name}`, on which nothing else depends");

    private static string Interval(double lower, double upper) => (double.IsInfinity(lower), double.IsInfinity(upper)) switch
    {
        (true, true) => "any number",
        (false, true) => $"anything above {Rounded(lower)}",
        (true, false) => $"anything below {Rounded(upper)}",
        _ when lower == upper => Rounded(lower),
        _ => $"anything from {Rounded(lower)} to {Rounded(upper)}",
    };

    private static string Rounded(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Listed(ImmutableArray<string> levels) => string.Join(", ", levels.Take(10).Select(Literals.Quote)) + (levels.Length > 10 ? ", …" : "");

    /// <summary>What people read of a sum: not the digits that rounding left, unless it misses 1 by no more.</summary>
    private static string ShowSum(double sum) => sum.ToString("G6", CultureInfo.InvariantCulture) is var text and not "1" ? text : Show(sum);

    internal static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static ImmutableArray<(string, Location)> Declared(Location? place, Location declared) =>
        place is null ? [] : [("declared here", declared)];

    private static ImmutableArray<(string, Location)> UsedHere(Location? place, Location statement) =>
        place is null ? [] : [("it is used here", statement)];

    private static string Dimensions(int rank) => rank switch
    {
        0 => "no dimensions",
        1 => "1 dimension",
        _ => $"{rank.ToString(CultureInfo.InvariantCulture)} dimensions",
    };

    private static string Row(int[] index) => index.Length == 1 ? index[0].ToString(CultureInfo.InvariantCulture) : $"[{string.Join(", ", index)}]";

    private static string Values(int n) => n == 1 ? "1 value" : n.ToString(CultureInfo.InvariantCulture) + " values";

    private static string Brackets(int rank) => rank == 0 ? "" : $"[{string.Join(", ", "ijk".Take(rank))}]";

    private static Diagnostic Error(string id, string message, Location? place, string? remedy = null) => new(id, Severity.Error, message, place, remedy);

    private static Diagnostic Warning(string id, string message, Location? place, string? remedy = null) => new(id, Severity.Warning, message, place, remedy);
}
