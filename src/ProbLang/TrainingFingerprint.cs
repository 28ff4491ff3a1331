using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ProbLang.Analysis;
using ProbLang.Inference;

namespace ProbLang;

/// <summary>Tells the model and the data of one training from those of another, whatever their files are called.</summary>
internal static class TrainingFingerprint
{
    public static TrainingSubject Of(Problem problem) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(problem.Model.PrintGraph()))), DataOf(problem.Conditioned));

    private static string DataOf(ConditionedModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var state in model.Variables)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(state.Variable.Name));
            hash.AppendData(MemoryMarshal.AsBytes<int>(state.Shape));
            hash.AppendData(MemoryMarshal.AsBytes<double>(state.Values));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
