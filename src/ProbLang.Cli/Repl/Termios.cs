using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbLang.Cli.Repl;

/// <summary>
/// The settings of a terminal on Linux and macOS. Their layouts differ, so they are taken and given back whole, and changed by the
/// system; but for three flags that no call of the system is for.
/// </summary>
[InlineArray(256)]
internal partial struct Termios
{
    private const int AfterOutput = 1;

    // ECHO; ICANON, which macOS has in the next byte; NOFLSH, which it has in the last.
    private const byte Echo = 8, LinesOnLinux = 2, LinesOnMac = 1, NoFlush = 0x80;

    private byte _first;

    /// <summary>The settings of the terminal that is read from; null where it is none.</summary>
    public static Termios? OfInput() => Get(0, out var settings) == 0 ? settings : null;

    /// <summary>The same but for what treats keys and lines: each key comes at once, and what is written goes out as it is.</summary>
    public readonly Termios Raw()
    {
        var raw = this;
        MakeRaw(ref raw);
        return raw;
    }

    /// <summary>
    /// The same but that keys do not show and do not wait for the end of a line, so that what is typed meanwhile is read later as it is; and that Ctrl-C does not
    /// throw away what was written before, without which progress would not know where on the screen it is.
    /// </summary>
    public readonly Termios Silent()
    {
        var silent = this;
        // The local flags are the fourth field: of eight bytes on macOS, of four elsewhere, the lowest byte first on all processors that .NET runs on but one.
        if (OperatingSystem.IsMacOS()) (silent[24], silent[25], silent[27]) = ((byte)(silent[24] & ~Echo), (byte)(silent[25] & ~LinesOnMac), (byte)(silent[27] | NoFlush));
        else if (BitConverter.IsLittleEndian) silent[12] = (byte)(silent[12] & ~(Echo | LinesOnLinux) | NoFlush);
        return silent;
    }

    /// <summary>Makes them those of the terminal, when all that was written is out.</summary>
    public readonly void Apply() => _ = Set(0, AfterOutput, this);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int Get(int descriptor, out Termios settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int Set(int descriptor, int when, in Termios settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(ref Termios settings);
}
