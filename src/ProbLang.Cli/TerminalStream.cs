using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ProbLang.Cli;

/// <summary>
/// Writes to a terminal of Linux or macOS what it is given and nothing else. The streams of <see cref="Console"/> first switch the keyboard of a terminal to other sequences, and
/// read the description of the terminal for it, which takes time.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class TerminalStream(int descriptor) : Stream
{
    private const short Writable = 4;
    private const int Interrupted = 4;

    // EAGAIN: someone who had the terminal before may have left it so that it does not wait.
    private static readonly int s_full = OperatingSystem.IsMacOS() ? 35 : 11;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Write(descriptor, buffer, (nuint)buffer.Length);
            if (count > 0) buffer = buffer[(int)count..];
            else if (Marshal.GetLastPInvokeError() is var error && error == s_full) WaitForRoom();
            else if (error != Interrupted) throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WaitForRoom()
    {
        var wanted = new PollDescriptor(descriptor, Writable, 0);
        _ = Poll(ref wanted, 1, -1);
    }

    // The names of poll.h: fd, events, revents.
    [StructLayout(LayoutKind.Sequential)]
    private record struct PollDescriptor(int Descriptor, short Events, short Returned);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);
}
