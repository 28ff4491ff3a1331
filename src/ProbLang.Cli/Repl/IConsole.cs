namespace ProbLang.Cli.Repl;

/// <summary>What happens at a terminal.</summary>
internal enum InputKind
{
    /// <summary>A key is pressed.</summary>
    Key,

    /// <summary>The screen is another, in size or in what it shows: everything is to be drawn anew.</summary>
    Redraw,

    /// <summary>Someone called <see cref="IConsole.Wake"/>.</summary>
    Woken,

    /// <summary>The terminal is gone.</summary>
    End,
}

/// <summary>Something that happened at a terminal.</summary>
internal readonly record struct Input(InputKind Kind, Key Key = default);

/// <summary>How the terminal treats keys.</summary>
internal enum TerminalMode
{
    /// <summary>As it was found.</summary>
    Original,

    /// <summary>Every key comes at once, and nothing shows but what is written.</summary>
    Editing,

    /// <summary>Ctrl-C is a signal; what is typed meanwhile does not show, and is read later.</summary>
    Computing,
}

/// <summary>A terminal with a keyboard and a screen.</summary>
internal interface IConsole : IDisposable
{
    TerminalSize Size { get; }

    /// <summary>How keys are treated from now on; the original way is restored when the process ends, however it does.</summary>
    TerminalMode Mode { set; }

    void Write(string text);

    /// <summary>What happens next, waited for.</summary>
    Input Next();

    /// <summary>Lets <see cref="Next"/> return; from any thread.</summary>
    void Wake();

    /// <summary>Stops the process until the shell wakes it.</summary>
    void Suspend();
}
