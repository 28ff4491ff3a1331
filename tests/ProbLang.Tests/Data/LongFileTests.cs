using System.Text;
using ProbLang.Datasets;
using Xunit;

namespace ProbLang.Tests.Datasets;

/// <summary>Files are read in blocks, and cells are kept in blocks, which nobody sees.</summary>
public class LongFileTests
{
    private const int Block = 1 << 20;

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("𝄞")]
    public void Characters_may_lie_across_the_blocks_of_a_file(string character)
    {
        var width = Encoding.UTF8.GetByteCount(character);
        for (var shift = 0; shift < width; shift++)
        {
            var bytes = Encoding.UTF8.GetBytes($"{{\"s\": [\"{new string('a', shift)}{string.Concat(Enumerable.Repeat(character, 3 * Block / width))}\"]}}");
            Assert.Empty(DataFile.Read(new DataBytes("data.json", bytes), DataFormat.Json).Diagnostics);
            // The last byte of the character that is before or across the end of the second block.
            var broken = (byte[])bytes.Clone();
            var at = Array.FindLastIndex(broken, (2 * Block) + 3, b => (b & 0xC0) == 0x80);
            broken[at] = (byte)'a';
            var mistake = Assert.Single(DataFile.Read(new DataBytes("data.json", broken), DataFormat.Json).Diagnostics);
            Assert.Contains("UTF-8", mistake.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_long_list_of_cells_has_what_was_put_into_it()
    {
        const int count = 200_003;
        var cells = new CellList();
        for (var i = 0; i < 1000; i++) cells.Add(i);
        cells.AddAll([.. Enumerable.Range(1000, 150_000).Select(i => (double)i)]);
        for (var i = 151_000; i < count; i++)
        {
            if (i % 65_536 is 0 or 1 or 65_535) cells.AddMissing();
            else cells.Add(i);
        }
        var (values, missing) = (cells.Values, cells.Missing!);
        Assert.Equal((count, count, count), (cells.Count, values.Length, missing.Length));
        for (var i = 0; i < count; i++)
        {
            var isMissing = i >= 151_000 && (i % 65_536) is (0 or 1 or 65_535);
            Assert.Equal((isMissing, isMissing), (missing[i], cells.IsMissing(i)));
            if (!isMissing) Assert.Equal((i, i), (values[i], cells[i]));
        }
    }
}
