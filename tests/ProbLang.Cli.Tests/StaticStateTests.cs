using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary>Hosts run many models at once in one process: nothing that they share may change.</summary>
public class StaticStateTests
{
    /// <summary>What cannot be told from its type to be unchangeable, and why it may stand there.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_allowed = new Dictionary<string, string>
    {
        ["ProbLang.DataBinding.SamePosition"] = "a comparer without state",
        ["ProbLang.PlacedText.<Empty>k__BackingField"] = "no pieces, and so no texts",
        ["ProbLang.Syntax.Nfkc.s_table"] = "a table that is read from a resource once, by one thread",
        ["ProbLang.Programs.Coordinates.<None>k__BackingField"] = "its dictionary is filled where it is made",
        ["ProbLang.Limits.Budget.s_current"] = "flows with each computation and never between them",
        ["ProbLang.Limits.Budget.s_unlimited"] = "counts nothing",
        ["ProbLang.FactorGraphs.ElementLabels.<None>k__BackingField"] = "a lookup is never written",
        ["ProbLang.Programs.Bindings.<Empty>k__BackingField"] = "binds nothing",
        ["ProbLang.Binding.Surroundings.<None>k__BackingField"] = "no plates and no gates",
        ["ProbLang.Binding.Scope.<Top>k__BackingField"] = "knows no module",
        ["ProbLang.Analysis.FiniteEvents.<Once>k__BackingField"] = "one iteration of no plates",
        ["ProbLang.Analysis.Interventions.<None>k__BackingField"] = "fixes nothing",
        ["ProbLang.InferNet.CompiledAlgorithms.<Shared>k__BackingField"] = "a cache of at most 64 entries behind a lock, by structures without data; the least used goes, with its code",
        ["ProbLang.InferNet.CompilerThread.s_work"] = "a queue for threads, to the one thread that Infer.NET's compiler may run on",
        ["ProbLang.Numerics.Ziggurat.NormalEdges"] = Constants,
        ["ProbLang.Numerics.Ziggurat.NormalHeights"] = Constants,
        ["ProbLang.Numerics.Ziggurat.ExponentialEdges"] = Constants,
        ["ProbLang.Numerics.Ziggurat.ExponentialHeights"] = Constants,
    };

    private const string Constants = "read in the innermost loop of the samplers, where an array is faster; never written after its initializer";

    public static TheoryData<string> Assemblies => ["ProbLang", "ProbLang.InferNet", "ProbLang.Cli"];

    [Theory, MemberData(nameof(Assemblies))]
    public void Nothing_static_can_change(string assembly)
    {
        var types = Assembly.Load(assembly).GetTypes();
        Assert.NotEmpty(types);
        var changing = new List<string>();
        foreach (var type in types.Where(t => !t.Name.StartsWith('<') && !t.IsDefined(typeof(CompilerGeneratedAttribute), false) && t.Namespace?.StartsWith("ProbLang", StringComparison.Ordinal) == true))
            foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (!field.IsLiteral && !s_allowed.ContainsKey($"{type.FullName}.{field.Name}") && (!field.IsInitOnly || !IsFixed(field, []))) changing.Add($"{type.FullName}.{field.Name}: {field.FieldType}");
        Assert.Empty(changing);
    }

    [Fact]
    public void Every_exception_to_that_is_still_there() =>
        Assert.All(s_allowed.Keys.Where(k => !k.StartsWith("ProbLang.InferNet", StringComparison.Ordinal)), name =>
        {
            var at = name.LastIndexOf('.');
            Assert.NotNull(typeof(Model).Assembly.GetType(name[..at])?.GetField(name[(at + 1)..], BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public));
        });

    /// <summary>An array is a table of constants where nobody but its own type can reach it.</summary>
    private static bool IsFixed(FieldInfo field, HashSet<Type> seen) =>
        field.FieldType.IsArray ? field.IsPrivate || !field.IsStatic : IsFixed(field.FieldType, seen);

    private static bool IsFixed(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.IsPrimitive || type.IsEnum || type.IsPointer) return true;
        if (type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(CancellationToken) || type == typeof(JsonWriterOptions) || type == typeof(JsonReaderOptions)) return true;
        if (typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type) || type == typeof(Regex) || type == typeof(System.Text.Encoding)) return true;
        if (type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen" || type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) || type.Name is "Nullable`1" or "IReadOnlyDictionary`2" or "IReadOnlyList`1" or "IReadOnlySet`1")
            return type.GetGenericArguments().All(a => a.IsArray || IsFixed(a, seen));
        // A parameter of a primary constructor is a field that only looks as if it could change; a text remembers the line that it was last asked for, as a whole.
        return type.Namespace?.StartsWith("ProbLang", StringComparison.Ordinal) == true && (type.IsInterface || type.IsAbstract || type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .All(f => (f.IsInitOnly || f.Name.EndsWith(">P", StringComparison.Ordinal)) && IsFixed(f, seen)));
    }
}
