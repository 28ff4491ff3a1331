using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>
/// Named tensors and texts about them, in the safetensors format (github.com/huggingface/safetensors, "Format"): the length of
/// a JSON header in eight bytes, the header, and the values one after the other, little-endian.
/// </summary>
/// <param name="Tensors">The tensors; names differ.</param>
/// <param name="Metadata">Texts by name, such as the version of what wrote the file.</param>
internal sealed record SafetensorsFile(ImmutableArray<NamedTensor> Tensors, ImmutableSortedDictionary<string, string> Metadata)
{
    /// <summary>The tensor of a name.</summary>
    /// <exception cref="SafetensorsException">There is none.</exception>
    public NamedTensor this[string name] => Find(name) ?? throw new SafetensorsException($"There is no tensor `{name}`.");

    /// <summary>The tensor of a name; null when there is none.</summary>
    public NamedTensor? Find(string name) => Tensors.FirstOrDefault(t => t.Name == name);

    /// <summary>A text of the metadata.</summary>
    /// <exception cref="SafetensorsException">There is none.</exception>
    public string Text(string name) => Metadata.GetValueOrDefault(name) ?? throw new SafetensorsException($"The metadata have no `{name}`.");

    /// <exception cref="SafetensorsException">The file is not in the format, is cut off, or holds types that are not read here.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads a stream that can tell its length, to its end.</summary>
    /// <exception cref="SafetensorsException">It is not in the format, is cut off, or holds types that are not read here.</exception>
    public static SafetensorsFile Read(Stream stream) => SafetensorsReader.Read(stream);

    /// <summary>Writes a file that has its old content or the new one, whatever happens: beside its place, through to the disk, then renamed.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        var isLink = new FileInfo(path).LinkTarget is not null;
        var target = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        // Not a random name: what a killed process leaves is overwritten by the next.
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes to a stream.</summary>
    public void Write(Stream stream) => SafetensorsWriter.Write(this, stream);
}
