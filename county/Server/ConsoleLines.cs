// Owns: the lines that `county run` prints while it works, and the thread that prints them: on a terminal, plain, or for the journal.
// Must never: let text from outside steer the terminal, or let a terminal that stands still hold up the county's work.

using System.Threading.Channels;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Gateway.County.Server;

/// <summary>A line that knows its colour; other lines have that of their level.</summary>
internal readonly record struct ColouredLine(string Colour, string Text)
{
    public override string ToString() => Text;
}

/// <summary>
/// Newest below; coloured on a terminal, with the level in front for the journal, plain otherwise. Lines that find no room are counted
/// instead.
/// </summary>
internal sealed class ConsoleLines : ILoggerProvider
{
    private readonly Channel<(LogLevel Level, ColouredLine Line)> _lines =
        Channel.CreateBounded<(LogLevel, ColouredLine)>(ServerLimits.WaitingLinesMax);

    private readonly IAnsiConsole? _terminal = Console.IsOutputRedirected ? null : Unwrapped();
    private readonly bool _journal = SystemdHelpers.IsSystemdService();
    private readonly Thread _printing;
    private long _skipped;

    public ConsoleLines()
    {
        _printing = new Thread(Print) { IsBackground = true, Name = "county-lines" };
        _printing.Start();
    }

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    /// <summary>Prints what is waiting, as far as the terminal takes it.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _printing.Join(ServerLimits.ConsoleEndWaitMs);
    }

    /// <summary>The journal's priorities: a fire is crit.</summary>
    internal static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private static string ColourOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "red bold",
        LogLevel.Error => "red",
        LogLevel.Warning => "yellow",
        _ => "grey",
    };

    /// <summary>The terminal folds long lines itself, whatever its width is by then.</summary>
    private static IAnsiConsole Unwrapped()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = ServerLimits.LineCellsMax;
        return console;
    }

    private void Print()
    {
        foreach ((LogLevel level, ColouredLine line) in _lines.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            Print(level, line);
            if (_lines.Reader.Count == 0 && Interlocked.Exchange(ref _skipped, 0) is > 0 and long skipped)
            {
                Print(LogLevel.Warning, new ColouredLine("grey", $"（另有{skipped}行未显示，可用 county events 查询）"));
            }
        }
    }

    private void Print(LogLevel level, ColouredLine line)
    {
        try
        {
            string text = ScreenText.Plain(line.Text);
            if (_terminal is not null)
            {
                _terminal.MarkupLine($"[{line.Colour}]{text.EscapeMarkup()}[/]");
            }
            else
            {
                Console.Out.WriteLine(_journal ? $"<{Priority(level)}>{text}" : text);
            }
        }
        catch (IOException)
        {
            // Whoever read the lines has gone; the county goes on.
        }
    }

    private sealed class Lines(ConsoleLines all, string category) : ILogger
    {
        // What the libraries say of themselves, below a warning, is no news for people on duty.
        // What stops the host is told by the command itself.
        private readonly LogLevel _least = category switch
        {
            _ when category.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) => LogLevel.None,
            _ when category.StartsWith("Microsoft.", StringComparison.Ordinal) => LogLevel.Warning,
            _ => LogLevel.Information,
        };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            ColouredLine line = state is ColouredLine coloured
                ? coloured
                : new ColouredLine(ColourOf(logLevel), $"{formatter(state, exception)} {exception?.Message}".TrimEnd());
            if (!all._lines.Writer.TryWrite((logLevel, line)))
            {
                Interlocked.Increment(ref all._skipped);
            }
        }
    }
}
