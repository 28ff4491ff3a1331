namespace ProbLang.Results;

/// <summary>Types as C# writes them.</summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying) + "?";
        if (type.IsArray)
        {
            // C# writes the outermost dimensions first.
            var dimensions = "";
            for (; type.IsArray; type = type.GetElementType()!) dimensions += $"[{new string(',', type.GetArrayRank() - 1)}]";
            return Of(type) + dimensions;
        }
        return type == typeof(double) ? "double" : type == typeof(float) ? "float" : type == typeof(int) ? "int" : type == typeof(long) ? "long" : type == typeof(bool) ? "bool"
            : type == typeof(string) ? "string" : type == typeof(object) ? "object" : type == typeof(byte) ? "byte" : type == typeof(short) ? "short" : type == typeof(decimal) ? "decimal" : type.Name;
    }
}
