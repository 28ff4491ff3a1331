using System.Runtime.InteropServices;

namespace ProbLang.Cli;

/// <summary>How much a terminal shows, in cells.</summary>
/// <param name="Columns">How many characters a line holds, at least 1.</param>
/// <param name="Rows">How many lines there are, at least 1.</param>
internal readonly partial record struct TerminalSize(int Columns, int Rows)
{
    public static TerminalSize Usual => new(80, 24);

    /// <summary>
    /// The size of the terminal that the process writes to. Not asked of <see cref="Console"/> where that can be avoided: it would
    /// change the terminal's settings and write to it.
    /// </summary>
    public static TerminalSize Current()
    {
        if (OperatingSystem.IsWindows()) return Of(Console.WindowWidth, Console.WindowHeight);
        foreach (var descriptor in (ReadOnlySpan<int>)[1, 2, 0])
            if (Ask(descriptor) is { ws_col: > 0, ws_row: > 0 } size) return new(size.ws_col, size.ws_row);
        return Usual;
    }

    private static TerminalSize Of(int columns, int rows) => columns > 0 && rows > 0 ? new(columns, rows) : Usual;

    private static WindowSize? Ask(int descriptor)
    {
        // What follows the second argument of ioctl goes by the stack on Apple's ARM, past the eight registers.
        var answer = !OperatingSystem.IsMacOS() ? GetSize(descriptor, 0x5413, out var size)
            : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? GetSizeByStack(descriptor, 0x40087468, 0, 0, 0, 0, 0, 0, out size)
            : GetSize(descriptor, 0x40087468, out size);
        return answer == 0 ? size : null;
    }

    // The names of termios.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct WindowSize(ushort ws_row, ushort ws_col, ushort ws_xpixel, ushort ws_ypixel);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int GetSize(int descriptor, nuint request, out WindowSize size);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int GetSizeByStack(int descriptor, nuint request, nint a, nint b, nint c, nint d, nint e, nint f, out WindowSize size);
}
