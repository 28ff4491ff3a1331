using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProbLang.Analysis;
using ProbLang.Results;
using JsonArray = System.Text.Json.Nodes.JsonArray;

namespace ProbLang;

/// <summary>
/// The weights of nets in files: a tensor for each matrix and each vector, <c>f.layer1.weight</c>, as other programs expect, where the model has one vector of all, <c>f.weights</c>.
/// </summary>
/// <param name="Nets">The tensors of each vector, by its name, in the order in which they lie in it.</param>
internal sealed record WeightTensors(ImmutableSortedDictionary<string, ImmutableArray<(string Name, ImmutableArray<int> Shape)>> Nets)
{
    public static WeightTensors Of(ConditionedModel model) => new(model.Nets.ToImmutableSortedDictionary(
        n => WeightOpening.NameOf(n.Key), n => n.Value.Weights.Select(w => ($"{n.Key.Name}.{w.Name}", w.Shape)).ToImmutableArray(), StringComparer.Ordinal));

    /// <summary>The tensors of a vector.</summary>
    public IEnumerable<NamedTensor> Split(string vector, double[] values)
    {
        var offset = 0;
        foreach (var (name, shape) in Nets[vector])
        {
            var count = shape.Aggregate(1, (a, b) => a * b);
            yield return new NamedTensor(name, shape, values[offset..(offset + count)]);
            offset += count;
        }
    }

    /// <summary>The vector that was split.</summary>
    public NamedTensor Join(string vector, SafetensorsFile file) => new(vector, [.. Nets[vector].SelectMany(t => file[t.Name].Doubles)]);

    /// <summary>Which tensors make which vector; their shapes stand beside their values.</summary>
    public JsonObject ToJson() => new(Nets.Select(n => KeyValuePair.Create<string, JsonNode?>(n.Key, new JsonArray([.. n.Value.Select(t => JsonValue.Create(t.Name))]))));

    public static WeightTensors Read(JsonObject json, SafetensorsFile file) => new(json.ToImmutableSortedDictionary(
        n => n.Key, n => n.Value!.AsArray().Select(t => (t!.GetValue<string>(), file[t!.GetValue<string>()].Shape)).ToImmutableArray(), StringComparer.Ordinal));
}
