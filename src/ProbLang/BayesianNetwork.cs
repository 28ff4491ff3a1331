using System.Collections.Immutable;
using System.Text;
using ProbLang.Networks;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>
/// Discrete Bayesian networks in the interchange format BIF, which bnlearn, aGrUM, pgmpy and JavaBayes write, as models: a category for each
/// variable, with the labels of the file, and its table indexed by its parents.
/// </summary>
public static class BayesianNetwork
{
    /// <summary>Makes a model of a network.</summary>
    /// <param name="text">The text of a .bif file.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="silenced">The ids of warnings that are left out.</param>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning.</exception>
    public static ImportedNetwork Import(string text, string path = "network.bif", ImmutableArray<string> silenced = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var checkedIds = WarningCatalog.Checked(silenced);
        return Encoding.UTF8.GetByteCount(text) > BifReader.MaximumBytes ? Refused(NetworkDiagnostics.TooLarge(path)) : Import(new SourceText(path, text), checkedIds);
    }

    /// <summary>Makes a model of the network in a .bif file, without writing it anywhere.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning.</exception>
    public static ImportedNetwork ImportFile(string path, ImmutableArray<string> silenced = default)
    {
        var checkedIds = WarningCatalog.Checked(silenced);
        using var stream = File.OpenRead(path);
        var bytes = SourceReader.Bytes(stream, BifReader.MaximumBytes);
        if (bytes.Length > BifReader.MaximumBytes) return Refused(NetworkDiagnostics.TooLarge(path));
        return SourceReader.Decode(path, bytes, out var unreadable) is { } source ? Import(source, checkedIds) : Refused(unreadable!);
    }

    private static ImportedNetwork Import(SourceText source, ImmutableArray<string> silenced)
    {
        var diagnostics = new DiagnosticList();
        var file = BifReader.Read(source, diagnostics);
        var network = diagnostics.HasErrors ? null : NetworkBinder.Bind(file, source, diagnostics);
        var text = network is null ? null : ModelText.Of(network);
        if (network is not null && text is null) diagnostics.Add(NetworkDiagnostics.TooLong(source));
        return new ImportedNetwork(text, WarningCatalog.Shown(diagnostics.InOrder(), silenced, DiagnosticList.Capacity));
    }

    private static ImportedNetwork Refused(Diagnostic reason) => new(null, [reason]);
}

/// <summary>The model that was made of a network, or the mistakes that keep it from being read.</summary>
/// <param name="Text">The text of a .gm file in its one layout; null where the network has mistakes.</param>
/// <param name="Diagnostics">Mistakes, and warnings where rows are rounded, in the order of the file.</param>
public sealed record ImportedNetwork(string? Text, ImmutableArray<Diagnostic> Diagnostics);
