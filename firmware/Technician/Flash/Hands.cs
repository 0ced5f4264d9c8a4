// Owns: what a person does to the board between two steps, and the port after that.
// Must never: go on with another board's port unseen.

using System.Diagnostics;
using Gateway.Technician.Serial;
using Spectre.Console;

namespace Gateway.Technician.Flash;

internal sealed class Hands(Desk desk, bool quiet)
{
    private const string BootPicture = """
              ┌────────────┐
              │ ESP32      │   ① 按住 BOOT   hold BOOT
              │ [BOOT][RST]│   ② 点一下 RST   tap RST (RESET, EN)
              └────┬USB┬───┘   ③ 松开 BOOT   let go of BOOT
        """;

    private readonly Tongue _tongue = desk.Tongue;

    /// <summary>Asks for the mode in which flash can be written; gives the port, which may be another one then.</summary>
    public string Boot(string port) => Do(port, BootPicture + Environment.NewLine,
        "有 J1 跳线的先插上 J1。USB 口就在芯片上的板（S3）照图做；带 CH340、CP2102 的板不用\nClose jumper J1 where there is one. "
            + "Boards whose USB is the chip's own (S3): as in the picture; boards with CH340 or CP2102: nothing");

    /// <summary>Asks for a start with the cable in. Jumper J1 stays: a box without settings feeds no watchdog.</summary>
    public string Reset(string port) => Do(port, "",
        "J1 跳线仍插着，带着USB线按一下 RESET\nLeave jumper J1 closed, and tap RESET with the cable in");

    private string Do(string port, string picture, string what)
    {
        if (desk.Asks && !quiet)
        {
            desk.Out.Write(picture);
            string enter = _tongue.Of($"{_tongue.Of(what)}，做好按回车", $"{_tongue.Of(what)}, then press Enter");
            desk.Terminal.Prompt(new TextPrompt<string>(Markup.Escape(enter)) { AllowEmpty = true });
        }

        return Back(port);
    }

    /// <summary>The port as it is called now: a board may come back under another number.</summary>
    private string Back(string port)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            if (desk.Ports.IsThere(port))
            {
                desk.Ports.Check(port);
                return port;
            }

            if (desk.Ports.List() is [var other])
            {
                desk.Out.WriteLine(_tongue.Of($"串口变成了 {other}。", $"The port is {other} now."));
                desk.Ports.Check(other);
                return other;
            }

            Thread.Sleep(TechnicianLimits.PortLookPauseMs);
        }
        while (watch.ElapsedMilliseconds < TechnicianLimits.PortBackMs);
        throw PortTrouble.Of(_tongue, PortFault.Missing, port, string.Join(' ', desk.Ports.List()));
    }
}
