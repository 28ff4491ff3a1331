using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ProbLang.Cli.Repl;

/// <summary>What a wait has ended with.</summary>
internal enum Arrival
{
    Nothing,
    Input,
    Wake,
}

/// <summary>Waits for the standard input or for another thread, whichever is first: <c>poll</c> on the input and on a pipe to oneself.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class WakeablePoll
{
    private const short Readable = 1;
    private const int Interrupted = 4;

    // On every system of this kind for processors of today; one that counts otherwise gets the signal by its name from the shell.
    private static readonly int s_stop = OperatingSystem.IsLinux() ? 20 : 18;

    private readonly int _readEnd, _writeEnd;

    public WakeablePoll()
    {
        if (MakePipe(out var ends) != 0) throw new IOException("there is no pipe to be had from the system");
        (_readEnd, _writeEnd) = (ends.Read, ends.Write);
    }

    /// <summary>Waits so many milliseconds at most; -1 for without limit.</summary>
    public Arrival Wait(int milliseconds)
    {
        Span<PollDescriptor> descriptors = [new(0, Readable, 0), new(_readEnd, Readable, 0)];
        if (Poll(descriptors, 2, milliseconds) <= 0) return Marshal.GetLastPInvokeError() == Interrupted && milliseconds < 0 ? Arrival.Wake : Arrival.Nothing;
        if (descriptors[1].Returned == 0) return Arrival.Input;
        Span<byte> wakes = stackalloc byte[64];
        _ = Read(_readEnd, wakes, (nuint)wakes.Length);
        return Arrival.Wake;
    }

    /// <summary>Lets a wait end; from any thread.</summary>
    public void Wake() => _ = Write(_writeEnd, [0], 1);

    /// <summary>Reads what is there; 0 where the input has ended.</summary>
    public static int ReadInput(Span<byte> bytes)
    {
        while (true)
        {
            var count = Read(0, bytes, (nuint)bytes.Length);
            if (count >= 0) return (int)count;
            if (Marshal.GetLastPInvokeError() != Interrupted) return 0;
        }
    }

    /// <summary>Stops the processes of this job, as Ctrl-Z does; returns when they go on.</summary>
    public static void StopProcess()
    {
        using var resumed = new ManualResetEventSlim();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => resumed.Set());
        // The signal may take a moment to arrive. Where no shell waits for the job it is ignored, and there is nothing to wait for.
        if (Kill(0, s_stop) == 0) resumed.Wait(TimeSpan.FromMilliseconds(200));
    }

    // The names of poll.h: fd, events, revents.
    [StructLayout(LayoutKind.Sequential)]
    private record struct PollDescriptor(int Descriptor, short Events, short Returned);

    [StructLayout(LayoutKind.Sequential)]
    private record struct PipeEnds(int Read, int Write);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Span<PollDescriptor> descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "pipe")]
    private static partial int MakePipe(out PipeEnds ends);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
