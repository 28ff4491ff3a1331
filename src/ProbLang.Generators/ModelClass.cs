using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProbLang.Generators;

/// <summary>A class that is to become one of a model.</summary>
/// <param name="Namespace">Empty where it is in none.</param>
/// <param name="Name">The name, escaped where it is a keyword.</param>
/// <param name="IsRecord">Whether it is a record.</param>
/// <param name="Model">The file as the attribute names it; null where it names none.</param>
/// <param name="File">The source file with the attribute.</param>
/// <param name="Place">The attribute.</param>
/// <param name="Objection">Why no model can be put into the class; null where one can.</param>
internal sealed record ModelClass(string Namespace, string Name, bool IsRecord, string? Model, string File, Place Place, Message? Objection)
{
    /// <summary>What the generated file is called.</summary>
    public string HintName => $"{(Namespace.Length > 0 ? Namespace + "." : "")}{Name}".Replace("@", "", StringComparison.Ordinal) + ".g.cs";

    /// <summary>The class under an attribute; null where another part of it has an attribute before, of which the compiler says that there are two.</summary>
    public static ModelClass? Of(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        var node = (TypeDeclarationSyntax)context.TargetNode;
        var all = type.GetAttributes().Where(a => a.AttributeClass?.Equals(attribute.AttributeClass, SymbolEqualityComparer.Default) == true);
        if (all.First().ApplicationSyntaxReference is not { } first || first.SyntaxTree != node.SyntaxTree || !node.Span.Contains(first.Span)) return null;
        var place = Place.Of(first.GetSyntax(cancellation).GetLocation());
        var model = attribute.ConstructorArguments is [{ Value: string path }, ..] ? path : null;
        return new ModelClass(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)),
            Identifier.Escaped(type.Name), type.IsRecord, model, node.SyntaxTree.FilePath, place, ObjectionTo(type, node, Place.Of(node.Identifier.GetLocation())));
    }

    private static Message? ObjectionTo(INamedTypeSymbol type, TypeDeclarationSyntax node, Place name) =>
        !node.Modifiers.Any(SyntaxKind.PartialKeyword) ? GeneratorMessages.NotPartial(type.Name, name)
        : type.ContainingType is not null ? GeneratorMessages.Nested(type.Name, type.ContainingType.Name, name)
        : type.IsGenericType ? GeneratorMessages.Generic(type.Name, name)
        : ClassWriter.OwnNames.Contains(type.Name) ? GeneratorMessages.NameTaken(type.Name, name)
        : null;
}
