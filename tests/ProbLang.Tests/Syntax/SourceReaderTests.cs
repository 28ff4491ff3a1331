using System.Text;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class SourceReaderTests
{
    [Fact]
    public void A_byte_order_mark_is_skipped() =>
        Assert.Equal("μ = 1", SourceReader.Read("m.gm", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("μ = 1")], out _)?.Content);

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xCE, 0xBC, (byte)' ', 0xE9, (byte)'=' }, 2, 3, "0xE9")]
    [InlineData(new byte[] { (byte)'x', 0xC3 }, 1, 2, "0xC3")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'x', 0 }, 1, 1, "0xFF")]
    [InlineData(new byte[] { (byte)'x', 0xED, 0xA0, 0x80 }, 1, 2, "0xED")]
    public void A_byte_that_is_not_UTF8_is_shown_where_it_stands(byte[] bytes, int line, int column, string bad)
    {
        Assert.Null(SourceReader.Read("m.gm", bytes, out var diagnostic));
        Assert.Equal(("GM0102", line, column), (diagnostic!.Id, diagnostic.Location!.Line, diagnostic.Location.Column));
        Assert.Equal($"the file is not UTF-8: the byte {bad} cannot stand here", diagnostic.Message);
    }

    [Fact]
    public void A_file_of_4_MiB_is_read_and_a_larger_one_is_not()
    {
        var most = new byte[SourceReader.MaximumBytes];
        Array.Fill(most, (byte)' ');
        Assert.Equal(most.Length, SourceReader.Read("m.gm", new MemoryStream(most), out _)?.Content.Length);
        Assert.Null(SourceReader.Read("m.gm", new MemoryStream([.. most, (byte)' ']), out var diagnostic));
        Assert.Equal("m.gm:1:1: error GM0103: the file is larger than 4 MiB, the most a model may have\n  = large tables belong into data files", diagnostic!.ToString());
    }

    [Fact]
    public void A_line_without_end_costs_no_more_than_the_limit()
    {
        using var endless = new Endless();
        Assert.Null(SourceReader.Read("m.gm", endless, out var diagnostic));
        Assert.Equal("GM0103", diagnostic!.Id);
        Assert.InRange(endless.Position, SourceReader.MaximumBytes, 2 * SourceReader.MaximumBytes);
    }

    [Fact]
    public void Text_that_a_host_passes_has_the_same_limit() =>
        Assert.Equal("GM0103", Assert.Single(Parser.Parse(new SourceText("m.gm", new string(' ', SourceReader.MaximumBytes + 1))).Diagnostics).Id);

    private sealed class Endless : MemoryStream
    {
        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'a');
            Position += buffer.Length;
            return buffer.Length;
        }
    }
}
