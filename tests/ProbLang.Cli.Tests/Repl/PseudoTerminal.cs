using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>A terminal that a program takes for a real one, seen from the side of the keyboard and the screen. Linux and macOS.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteWithoutControl = 2;

    private readonly int _master;
    private readonly Lock _lock = new();
    private bool _isClosed;

    public PseudoTerminal(TerminalSize size)
    {
        var isMac = OperatingSystem.IsMacOS();
        // Not for children to inherit: while one holds it, closing it here would not hang up.
        _master = Open(ReadWriteWithoutControl | (isMac ? 0x20000 | 0x1000000 : 0x100 | 0x80000));
        if (_master < 0 || Grant(_master) != 0 || Unlock(_master) != 0) throw new IOException("there is no pseudo-terminal to be had");
        Path = Marshal.PtrToStringUTF8(Name(_master))!;
        Resize(size);
    }

    /// <summary>The side of the program.</summary>
    public string Path { get; }

    /// <summary>The program hears of it by a signal.</summary>
    public void Resize(TerminalSize size)
    {
        var settings = new WindowSize((ushort)size.Rows, (ushort)size.Columns, 0, 0);
        // What follows the second argument of ioctl goes by the stack on Apple's ARM, past the eight registers.
        var result = !OperatingSystem.IsMacOS() ? SetSize(_master, 0x5414, settings)
            : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? SetSizeByStack(_master, 0x80087467, 0, 0, 0, 0, 0, 0, settings)
            : SetSize(_master, 0x80087467, settings);
        if (result != 0) throw new IOException("the size of the pseudo-terminal cannot be set");
    }

    /// <summary>Starts a program whose controlling terminal this is.</summary>
    public Process Start(ProcessStartInfo program)
    {
        // A terminal becomes the controlling one of a new session only.
        var newSession = OperatingSystem.IsMacOS() ? "exec perl -MPOSIX -e 'POSIX::setsid(); ioctl(STDIN, 0x20007461, 0); exec @ARGV'" : "exec setsid --ctty";
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{newSession} \"$@\" <\"$PSEUDO_TERMINAL\" >\"$PSEUDO_TERMINAL\" 2>&1", "sh", program.FileName, .. program.ArgumentList]) { WorkingDirectory = program.WorkingDirectory };
        foreach (var (name, value) in program.Environment) start.Environment[name] = value;
        foreach (var name in start.Environment.Keys.Except(program.Environment.Keys).ToArray()) start.Environment.Remove(name);
        start.Environment["PSEUDO_TERMINAL"] = Path;
        return Process.Start(start)!;
    }

    /// <summary>What the program wrote; empty when it has closed the terminal.</summary>
    public string Read(Decoder decoder)
    {
        Span<byte> bytes = stackalloc byte[4096];
        var count = Read(_master, bytes, (nuint)bytes.Length);
        if (count <= 0) return "";
        Span<char> characters = stackalloc char[4096];
        // Half a character at the end waits for the rest.
        var length = decoder.GetChars(bytes[..(int)count], characters, flush: false);
        return length == 0 ? Read(decoder) : new string(characters[..length]);
    }

    public void Write(string keys)
    {
        var bytes = Encoding.UTF8.GetBytes(keys);
        for (var written = 0; written < bytes.Length;)
        {
            var count = Write(_master, bytes.AsSpan(written), (nuint)(bytes.Length - written));
            if (count <= 0) throw new IOException("the program has closed the terminal");
            written += (int)count;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isClosed) _ = Close(_master);
            _isClosed = true;
        }
    }

    // The names of termios.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct WindowSize(ushort ws_row, ushort ws_col, ushort ws_xpixel, ushort ws_ypixel);

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int Open(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int descriptor);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int descriptor);

    [LibraryImport("libc", EntryPoint = "ptsname")]
    private static partial nint Name(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int SetSize(int descriptor, nuint request, in WindowSize size);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int SetSizeByStack(int descriptor, nuint request, nint a, nint b, nint c, nint d, nint e, nint f, in WindowSize size);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, Span<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
