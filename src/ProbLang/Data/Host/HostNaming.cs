using System.Reflection;
using ProbLang.Syntax;

namespace ProbLang.Datasets;

/// <summary>Under which name a value of the program is data.</summary>
/// <param name="Name">In normal form.</param>
/// <param name="IsProperty">Whether the model may write it otherwise: names of properties begin with a capital. One that does not is written as in the model, so that `n` is never `N`.</param>
internal readonly record struct HostName(string Name, bool IsProperty)
{
    /// <summary>Of a property; null where it is left out.</summary>
    public static HostName? Of(PropertyInfo property, DataOptions options) =>
        options.Name is null && property.GetCustomAttribute<GmNameAttribute>() is { } own ? new HostName(Nfkc.Normalize(own.Name), false) : Of(property.Name, options, isProperty: true);

    /// <summary>Of a key or a column; null where it is left out.</summary>
    public static HostName? Of(string name, DataOptions options, bool isProperty) =>
        options.Name is not { } map ? new HostName(Nfkc.Normalize(name), isProperty && name.Length > 0 && char.IsUpper(name[0])) : map(name) is { } mapped ? new HostName(Nfkc.Normalize(mapped), false) : null;
}

/// <summary>The properties of a type that can be read.</summary>
internal static class ReadableProperties
{
    /// <summary>Whether objects of the type are written for their use: all that they have is meant.</summary>
    public static bool AreAllMeant(Type type) => type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    public static IEnumerable<PropertyInfo> Of(Type type)
    {
        var own = type.IsInterface ? type.GetInterfaces().Prepend(type).SelectMany(t => t.GetProperties()) : type.GetProperties();
        // A property that hides another one is declared farther down.
        return own.Where(p => p.GetMethod is { IsPublic: true, IsStatic: false } && p.GetIndexParameters().Length == 0 && CanBeValue(p.PropertyType))
            .GroupBy(p => p.Name).Select(g => g.Aggregate((a, b) => a.DeclaringType!.IsAssignableFrom(b.DeclaringType) ? b : a));
    }

    /// <summary>Whether there can be a generic type of it: not of spans, pointers and references.</summary>
    private static bool CanBeValue(Type type) => type is { IsByRefLike: false, IsPointer: false, IsFunctionPointer: false, IsByRef: false };
}
