// Owns: the terminal while the gateway runs: drawing ten times a second, and the keyboard.
// Must never: hold up the loop, or leave the terminal other than it found it.

using System.Text;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Spectre.Console;

namespace Gateway.Pc.Screen;

/// <summary>The alternate screen of an ANSI terminal, drawn anew from the newest snapshot.</summary>
/// <param name="thread">The station.</param>
/// <param name="english">The language of the screen.</param>
public sealed class LiveScreen(StationThread thread, bool english)
{
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string EndOfLine = "\u001b[K";
    private const string Below = "\u001b[J";

    private readonly ScreenKeys _keys = new(english);
    private readonly Lock _gate = new();
    private Look _look = new(English: english);

    /// <summary>True when output is a terminal that understands cursor movement.</summary>
    public static bool Possible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Draws until the loop has ended.</summary>
    public void Run()
    {
        if (!Console.IsInputRedirected)
        {
            // A thread of its own that blocks in the read: between reads the terminal would echo.
            new Thread(ReadKeys) { Name = "keys", IsBackground = true }.Start();
        }

        try
        {
            Draw(Console.Out);
        }
        catch (IOException)
        {
            // The terminal is gone. The gateway is not there for its screen: it runs on without one.
            thread.Ended.WaitOne();
        }
    }

    private void Draw(TextWriter terminal)
    {
        terminal.Write(Enter);
        try
        {
            string shown = "";
            while (!thread.Ended.WaitOne(PcLimits.FrameMs))
            {
                string frame = Frame();
                if (frame != shown)
                {
                    terminal.Write(frame);
                    terminal.Flush();
                    shown = frame;
                }
            }
        }
        finally
        {
            terminal.Write(Leave);
            terminal.Flush();
        }
    }

    private string Frame()
    {
        Look look;
        lock (_gate)
        {
            look = _look;
        }

        // One column less: a character in the last one would wrap on some terminals.
        int width = Math.Max(PcLimits.WidthMin, Console.WindowWidth - 1);
        int height = Math.Max(PcLimits.HeightMin, Console.WindowHeight);
        var colours = (ColorSystemSupport)(int)AnsiConsole.Profile.Capabilities.ColorSystem;
        IReadOnlyList<string> lines = ScreenView.Lines(thread.Latest, look, width, height, colours);
        var frame = new StringBuilder(Home);
        for (int i = 0; i < lines.Count; i++)
        {
            frame.Append(lines[i]).Append(EndOfLine).Append(i < lines.Count - 1 ? "\r\n" : Below);
        }

        return frame.ToString();
    }

    private void ReadKeys()
    {
        try
        {
            while (!_keys.Quit)
            {
                Hand? hand = _keys.Take(Console.ReadKey(intercept: true), thread.Latest);
                bool taken = hand is null || thread.Post(hand);
                lock (_gate)
                {
                    _look = new Look(
                        _keys.Chosen, taken ? _keys.Note : _look.Say("按键过快，未执行", "too fast, not done"), english, _keys.Engineer);
                }
            }

            thread.RequestStop();
        }
        catch (InvalidOperationException)
        {
            // The terminal is gone; the station goes on without a keyboard until a signal ends it.
        }
    }
}
