// Owns: the talk with a box's console: a command and its answer up to the prompt, line by line.
// Must never: take an answer that was cut off for a whole one.

using System.Diagnostics;
using System.Text;
using Gateway.Technician.Make;

namespace Gateway.Technician.Serial;

/// <summary>An open port with a gateway behind it.</summary>
internal sealed class BoxConsole : IDisposable
{
    private const string Prompt = "> ";
    private const string Behind = "\n" + Prompt;

    private readonly Tongue _tongue;
    private readonly ISerialLine _line;
    private readonly int _waitMs;
    private readonly byte[] _some = new byte[1024];
    private readonly StringBuilder _heard = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    private BoxConsole(Tongue tongue, ISerialLine line, int waitMs)
    {
        _tongue = tongue;
        _line = line;
        _waitMs = waitMs;
    }

    /// <summary>Opens the port, and makes sure that a gateway's console is there.</summary>
    /// <exception cref="TroubleException">It is not, with what to do next.</exception>
    public static BoxConsole Open(Desk desk, string? port)
    {
        ISerialLine line = desk.Ports.Open(PortsCommand.Only(desk, port));
        try
        {
            // What was left in the line before is ended, and says nothing that counts: it is heard out.
            line.Write("\u0003\r"u8.ToArray());
            byte[] left = new byte[TechnicianLimits.AnswerBytesMax];
            for (int i = 0; i < TechnicianLimits.LeftLooksMax && line.Read(left, TechnicianLimits.PortLookMs) > 0; i++)
            {
            }

            string help = Talk.Ask(desk.Ports, desk.Tongue, line, "help", Behind);
            for (int i = 1; i < TechnicianLimits.HelpTriesMax && !help.Contains("walktest", StringComparison.Ordinal); i++)
            {
                help = Talk.Ask(desk.Ports, desk.Tongue, line, "help", Behind);
            }

            if (!help.Contains("walktest", StringComparison.Ordinal))
            {
                throw Trouble.At(desk.Tongue, line.Name, "有回答，但不是网关的控制台\nan answer, and no gateway's console",
                    "换一个端口；网关的控制台在第二个串口\nTake another port; a gateway's console is at its second serial port",
                    exitCode: ExitCodes.NoAnswer);
            }

            var console = new BoxConsole(desk.Tongue, line, desk.Ports.AnswerWaitMs);
            _ = console.Ask("lang " + (desk.Tongue.Chinese ? "zh" : "en"));
            return console;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    public string Port => _line.Name;

    /// <summary>The lines of an answer.</summary>
    /// <param name="eachLine">Told of each as it comes; null = nobody.</param>
    /// <param name="idle">Asked again and again: the command goes on until it is stopped. Null = it ends by itself.</param>
    /// <param name="atMostMs">Such a command ends by itself after so long.</param>
    /// <exception cref="TroubleException">The box fell silent, or the port went away.</exception>
    public IReadOnlyList<string> Ask(
        string command, Action<string>? eachLine = null, Action? idle = null, long atMostMs = 0)
    {
        _heard.Clear();
        Send(command);
        List<string> lines = [];
        bool echoed = false;
        var watch = Stopwatch.StartNew();
        Action? bounded = idle is null ? null : () =>
        {
            idle();
            if (watch.ElapsedMilliseconds > atMostMs + _waitMs)
            {
                throw PortTrouble.Of(_tongue, PortFault.Silent, _line.Name);
            }
        };
        while (true)
        {
            string? one;
            try
            {
                one = NextLine(bounded);
            }
            catch (TroubleException) when (lines.Count > 0
                && lines[^1].Contains(_tongue.Of("马上重启", "starts anew"), StringComparison.Ordinal))
            {
                // It does what it said, and shows no prompt before.
                return lines;
            }

            // The box repeats what is typed, a PIN as stars. What comes before that is left of another command.
            if (!echoed)
            {
                echoed = one == command || (one is not null && IsPin(command) && IsPin(one));
                continue;
            }

            if (one is null)
            {
                return lines;
            }

            lines.Add(one);
            eachLine?.Invoke(one);
        }
    }

    /// <summary>Gives the PIN, from a file or a person.</summary>
    /// <exception cref="TroubleException">The box does not take it.</exception>
    public void Unlock(Desk desk, string? pinFile)
    {
        string pin = pinFile is { } file
            ? SmallFile.Text(_tongue, file, TechnicianLimits.PasswordFileBytesMax).ReplaceLineEndings("\n").Split('\n')[0]
            : new Questions(desk).Secret("--pin-file", "控制台密码\nthe console's PIN", _ => null);
        string told = string.Join(' ', Ask("pin " + pin));
        if (!told.Contains(_tongue.Of("已解锁", "unlocked"), StringComparison.Ordinal))
        {
            bool empty = told.Contains(_tongue.Of("还没有配置", "no settings"), StringComparison.Ordinal);
            bool said = told.Contains(_tongue.Of("忘了密码", "PIN lost"), StringComparison.Ordinal);
            throw Trouble.At(_tongue, Port, told + "\n" + told,
                empty ? "gateway load 装入\nUse gateway load"
                    : said ? "命令是 gateway console \"pin new 1357\"\nThe command is gateway console \"pin new 1357\""
                    : "忘了密码：打开箱门，插上维护跳线，gateway console \"pin new 1357\""
                        + "\nPIN lost: close the service jumper in the open box, then gateway console \"pin new 1357\"",
                exitCode: ExitCodes.NoAnswer);
        }
    }

    public void SendText(byte[] text) => _line.Write(text);

    public void Send(string command) => _line.Write(Encoding.UTF8.GetBytes(command + "\r\n"));

    /// <summary>Ctrl-C.</summary>
    public void Stop() => _line.Write([3]);

    /// <summary>What came since the last look, for a person who types; "" when nothing did.</summary>
    public string Hear(int waitMs)
    {
        int count = _line.Read(_some, waitMs);
        char[] text = new char[_some.Length];
        return new string(text, 0, _decoder.GetChars(_some, 0, count, text, 0));
    }

    public void Dispose() => _line.Dispose();

    private static bool IsPin(string line) => line.StartsWith("pin ", StringComparison.Ordinal);

    /// <summary>The next whole line; null at the prompt.</summary>
    private string? NextLine(Action? idle)
    {
        while (true)
        {
            string heard = _heard.ToString();
            int end = heard.IndexOf('\n', StringComparison.Ordinal);
            if (end >= 0)
            {
                _heard.Remove(0, end + 1);
                string line = heard[..end].TrimEnd('\r');
                return line.StartsWith(Prompt, StringComparison.Ordinal) ? line[Prompt.Length..] : line;
            }

            if (heard == Prompt)
            {
                _heard.Clear();
                return null;
            }

            string more = Hear(idle is null ? _waitMs : TechnicianLimits.PortLookMs);
            idle?.Invoke();
            if (more.Length == 0 && idle is null)
            {
                throw PortTrouble.Of(_tongue, PortFault.Silent, _line.Name);
            }

            _heard.Append(more);
        }
    }
}
