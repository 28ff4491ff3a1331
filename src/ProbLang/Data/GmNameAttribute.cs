namespace ProbLang;

/// <summary>
/// What a property is called in a model, where that is another name than its own: <c>[GmName("y")] public double Response { get; init; }</c>. The name is taken as it stands,
/// with its case.
/// </summary>
/// <param name="name">The name of a variable.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GmNameAttribute(string name) : Attribute
{
    /// <summary>The name of the variable.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));
}
