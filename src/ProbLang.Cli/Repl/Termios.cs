using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbLang.Cli.Repl;

/// <summary>
/// The settings of a terminal on Linux and macOS. Their layouts differ, so they are taken and given back whole, and changed by the
/// system; but for the one flag that no call of the system is for.
/// </summary>
[InlineArray(256)]
internal partial struct Termios
{
    private const int AfterOutput = 1;

    // The same on every system.
    private const byte Echo = 8;

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

    /// <summary>The same but that keys do not show.</summary>
    public readonly Termios Silent()
    {
        var silent = this;
        // The local flags are the fourth field, of four bytes each, of eight on macOS; the flag is in the first byte of it where bytes go from low to high.
        var place = OperatingSystem.IsMacOS() ? 24 : BitConverter.IsLittleEndian ? 12 : 15;
        silent[place] = (byte)(silent[place] & ~Echo);
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
