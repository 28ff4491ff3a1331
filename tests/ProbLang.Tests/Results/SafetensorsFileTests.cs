using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var file = new SafetensorsFile(
            [
                new NamedTensor("weight", [2, 3], [1f, -2.5f, float.NaN, float.PositiveInfinity, 1e-40f, 0]),
                new NamedTensor("μ \"quoted\"\n", [], new[] { Math.PI }),
                new NamedTensor("empty", [0, 5], Array.Empty<double>()),
                new NamedTensor("codes", [long.MinValue, -1, long.MaxValue]),
                new NamedTensor("odd", [5], new float[] { 1, 2, 3, 4, 5 }),
            ],
            Metadata(("model", "mu ~ Normal(0, 1) // µ\n\t\"x\" <&>\u2028\ud83d\ude00"), ("", "")));
        var read = Read(Bytes(file));
        Assert.Equal(file.Metadata, read.Metadata);
        Assert.Equal(file.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal), read.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
        foreach (var tensor in file.Tensors)
        {
            Assert.Equal(tensor.Type, read[tensor.Name].Type);
            Assert.Equal(tensor.Shape, read[tensor.Name].Shape);
            Assert.Equal(tensor.Bytes.ToArray(), read[tensor.Name].Bytes.ToArray());
        }
    }

    [Fact]
    public void The_layout_is_that_of_the_format()
    {
        var bytes = Bytes(new SafetensorsFile([new NamedTensor("b", [2], new float[] { 1, 2 }), new NamedTensor("a", [2.5])], Metadata(("k", "v"))));
        var header = """{"__metadata__":{"k":"v"},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        Assert.Equal(padded.Length, BinaryPrimitives.ReadInt64LittleEndian(bytes));
        Assert.Equal(padded, Encoding.UTF8.GetString(bytes, 8, padded.Length));
        var values = bytes.AsSpan(8 + padded.Length);
        Assert.Equal(2.5, BinaryPrimitives.ReadDoubleLittleEndian(values));
        Assert.Equal(1, BinaryPrimitives.ReadSingleLittleEndian(values[8..]));
        Assert.Equal(2, BinaryPrimitives.ReadSingleLittleEndian(values[12..]));
        Assert.Equal(16, values.Length);
    }

    [Fact]
    public void A_file_without_tensors_is_a_file() => Assert.Empty(Read(Bytes(new SafetensorsFile([], Metadata()))).Tensors);

    [Fact]
    public void Half_a_character_does_not_spoil_the_file() =>
        Assert.Equal("a\ufffd", Read(Bytes(new SafetensorsFile([], Metadata(("k", "a\ud800"))))).Metadata["k"]);

    public static TheoryData<string, string, int> BadHeaders => new()
    {
        { "The header is not JSON", "{\"a\":", 0 },
        { "The header is not JSON", "", 0 },
        { "The header is not JSON", "{\"a\":[[[[[[[[[[1]]]]]]]]]]}", 0 },
        { "The header is not a JSON object.", "[1]", 0 },
        { "The header is not UTF-8.", "{\"a\u00ff\":{}}", 0 },
        { "The header has a text that is not Unicode.", "{\"\\ud800\":{}}", 0 },
        { "The header has `a` twice.", Entry("a", 0, 8)[..^1] + "," + Entry("a", 8, 16)[1..], 16 },
        { "The header says of `a` no more than Number.", "{\"a\":1}", 0 },
        { "The header must say of `a` its dtype, shape and data_offsets, each once.", "{\"a\":{\"dtype\":\"F64\",\"shape\":[1]}}", 8 },
        { "The header must say of `a` its dtype, shape and data_offsets, each once.", "{\"a\":{\"dtype\":\"F64\",\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8 },
        { "`a` is of type BF16; F64, F32 and I64 are read here.", Entry("a", 0, 8, "BF16"), 8 },
        { "`a` is of type 7; F64, F32 and I64 are read here.", Entry("a", 0, 8).Replace("\"F64\"", "7"), 8 },
        { "`a` is of type f64; F64, F32 and I64 are read here.", Entry("a", 0, 8, "f64"), 8 },
        { "The shape of `a` is not a list.", Entry("a", 0, 8).Replace("[1]", "1"), 8 },
        { "The shape of `a` has -1 where a whole number from 0 is needed.", Entry("a", 0, 8).Replace("[1]", "[-1,-1]"), 8 },
        { "The shape of `a` has 1.5 where a whole number from 0 is needed.", Entry("a", 0, 8).Replace("[1]", "[1.5]"), 8 },
        { "`a` has more values than are read here.", Entry("a", 0, 8).Replace("[1]", "[9223372036854775807]"), 8 },
        { "`a` has more values than are read here.", Entry("a", 0, 8).Replace("[1]", "[4294967296,4294967296]"), 8 },
        { "`a` has more values than are read here.", Entry("a", 0, 8).Replace("[1]", "[65536,65536,65536,65536]"), 8 },
        { "`a` has 1 values of type F64, which do not take the 16 bytes from 0 to 16.", Entry("a", 0, 16), 16 },
        { "`a` has 1 values of type F64, which do not take the -8 bytes from 8 to 0.", Entry("a", 8, 0), 8 },
        { "`a` has 100000000 values of type F64, which do not take the 8 bytes from 0 to 8.", Entry("a", 0, 8).Replace("[1]", "[100000000]"), 8 },
        { "The data_offsets of `a` are not two numbers.", Entry("a", 0, 8).Replace("[0,8]", "[0,8,16]"), 8 },
        { "The data_offsets of `a` has -8 where a whole number from 0 is needed.", Entry("a", -8, 0), 8 },
        { "The data_offsets of `a` has 1e99 where a whole number from 0 is needed.", Entry("a", 0, 8).Replace("[0,8]", "[0,1e99]"), 8 },
        { "The values of `b` overlap those before them.", Entry("a", 0, 8)[..^1] + "," + Entry("b", 4, 12)[1..], 12 },
        { "There are bytes before the values of `b` that belong to no tensor.", Entry("a", 0, 8)[..^1] + "," + Entry("b", 16, 24)[1..], 24 },
        { "The file is cut off: its values have 8 bytes, of which 7 are there.", Entry("a", 0, 8), 7 },
        { "The file is cut off: its values have 800000000 bytes, of which 8 are there.", Entry("a", 0, 800000000).Replace("[1]", "[100000000]"), 8 },
        { "The file has 1 bytes after its last tensor.", Entry("a", 0, 8), 9 },
        { "`__metadata__` is not an object.", "{\"__metadata__\":[]}", 0 },
        { "`k` of the metadata is not a text.", "{\"__metadata__\":{\"k\":1}}", 0 },
        { "The metadata have `k` twice.", "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0 },
    };

    [Theory, MemberData(nameof(BadHeaders))]
    public void A_header_that_lies_is_told_so(string message, string header, int values)
    {
        // Latin-1, so that one of them is not UTF-8.
        var bytes = Encoding.Latin1.GetBytes(header);
        var exception = Assert.Throws<SafetensorsException>(() => Read([.. Length((ulong)bytes.Length), .. bytes, .. new byte[values]]));
        Assert.StartsWith(message, exception.Message);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001UL)]
    [InlineData(2_336_927_755_366_295_155UL)]
    public void An_absurd_length_of_the_header_says_that_this_is_no_such_file(ulong length) =>
        Assert.Equal($"This is not a safetensors file: its header would have {length} bytes.", Assert.Throws<SafetensorsException>(() => Read([.. Length(length), .. new byte[50]])).Message);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var bytes = Bytes(new SafetensorsFile([new NamedTensor("a", [1, 2, 3.0]), new NamedTensor("b", [1L])], Metadata(("k", "v"))));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.StartsWith("The file is cut off", Assert.Throws<SafetensorsException>(() => Read(bytes[..length])).Message);
        }
    }

    [Fact]
    public void No_single_changed_byte_of_a_header_makes_it_fail_otherwise_than_by_saying_so()
    {
        var bytes = Bytes(new SafetensorsFile([new NamedTensor("a", [1, 2, 3.0]), new NamedTensor("b", [2, 1], [1f, 2])], Metadata(("k", "v"))));
        var refused = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var value in (byte[])[0, 0x22, 0x2c, 0x31, 0x39, 0x5c, 0x7d, 0xff])
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                try
                {
                    Read(changed);
                }
                catch (SafetensorsException)
                {
                    refused++;
                }
            }
        }
        Assert.InRange(refused, bytes.Length, 8 * bytes.Length);
    }

    [Fact]
    public void A_missing_tensor_or_one_of_another_type_is_named()
    {
        var file = new SafetensorsFile([new NamedTensor("a", [1.0])], Metadata());
        Assert.Equal("There is no tensor `b`.", Assert.Throws<SafetensorsException>(() => file["b"]).Message);
        Assert.Equal("`a` is of type F64, where F32 was expected.", Assert.Throws<SafetensorsException>(() => file["a"].Floats).Message);
        Assert.Equal("The metadata have no `k`.", Assert.Throws<SafetensorsException>(() => file.Text("k")).Message);
    }

    [Fact]
    public void A_file_that_could_not_be_written_leaves_the_old_one_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("problang-safetensors-");
        try
        {
            var path = Path.Combine(folder.FullName, "fit.safetensors");
            new SafetensorsFile([new NamedTensor("a", [1.0])], Metadata()).Write(path);
            // A name twice: the writer of JSON does not mind, but no file may be there half.
            Directory.CreateDirectory(Path.Combine(folder.FullName, "taken"));
            Assert.ThrowsAny<Exception>(() => new SafetensorsFile([new NamedTensor("a", [2.0])], Metadata()).Write(Path.Combine(folder.FullName, "taken")));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            Assert.Equal([1.0], SafetensorsFile.Read(path)["a"].Doubles);
            new SafetensorsFile([new NamedTensor("a", [2.0])], Metadata()).Write(path);
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            Assert.Equal([2.0], SafetensorsFile.Read(path)["a"].Doubles);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_shape_that_the_values_do_not_have_is_the_hosts_mistake()
    {
        Assert.Throws<ArgumentException>(() => new NamedTensor("a", [2, 2], [1.0, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NamedTensor("a", [-1, -2], [1.0, 2]));
    }

    internal static ImmutableSortedDictionary<string, string> Metadata(params (string Name, string Text)[] texts) =>
        texts.ToImmutableSortedDictionary(t => t.Name, t => t.Text, StringComparer.Ordinal);

    private static string Entry(string name, long begin, long end, string type = "F64") =>
        $$$"""{"{{{name}}}":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[{{{begin}}},{{{end}}}]}}""";

    private static byte[] Length(ulong length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }

    private static byte[] Bytes(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static SafetensorsFile Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return SafetensorsFile.Read(stream);
    }
}
