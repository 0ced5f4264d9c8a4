// Owns: a technician's terminal at a gateway in a test: keys in, what is said out, a tick at a time.
// Must never: know a command.

using System.Text;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>A cable of 115200 baud, or one that takes nothing.</summary>
internal sealed class TestPort : ConsolePort
{
    private readonly Queue<byte> _in = [];
    private readonly List<byte> _out = [];

    public bool Open { get; set; }

    public bool Pulled { get; set; }

    /// <summary>Joins the port's two wires.</summary>
    public bool Echoes { get; set; }

    public int Unread => _in.Count;

    /// <summary>Bytes that were said so far.</summary>
    public int Sent { get; private set; }

    public void Type(params byte[] bytes)
    {
        foreach (byte one in bytes)
        {
            _in.Enqueue(one);
        }

        Waits = true;
    }

    public string TakeSaid()
    {
        string said = Encoding.UTF8.GetString([.. _out]);
        _out.Clear();
        return said;
    }

    public override int Read(byte[] into, int max)
    {
        int count = 0;
        while (count < max && _in.TryDequeue(out byte one))
        {
            into[count++] = one;
        }

        Waits = _in.Count > 0;
        return count;
    }

    public override int Write(byte[] from, int at, int count)
    {
        if (Pulled)
        {
            return 0;
        }

        Sent += count;
        _out.AddRange(from[at..(at + count)]);
        if (Echoes)
        {
            Type(from[at..(at + count)]);
        }

        return count;
    }

    public override bool BoxIsOpen() => Open;

    public override int FreeKb() => 4711;

    public override int SystemFreeKb() => 0;
}

/// <summary>The console of a scene; made anew with each start, as the platforms do.</summary>
internal sealed class ConsoleRig(TrialScene scene)
{
    private MainLoop? _loop;
    private TechnicianConsole? _console;

    public TestPort Port { get; } = new();

    public void Pass(int ms)
    {
        for (int at = 0; at < ms; at += Limits.TickMs)
        {
            scene.Pass(Limits.TickMs);
            if (_loop != scene.Loop)
            {
                _loop = scene.Loop;
                _console = null;
            }

            if (_console == null && Port.Waits)
            {
                _console = new TechnicianConsole(Port, scene.Loop, scene.Trial, 1 << 20, scene.NowMs);
            }

            if (_console != null && (_console.Busy || Port.Waits))
            {
                _console.Step(scene.NowMs);
            }
        }
    }

    /// <summary>Types a line and gives what was said, without what was typed and the prompt.</summary>
    public string Say(string line, int ms = 2000)
    {
        Pass(ms: 40);
        _ = Port.TakeSaid();
        Port.Type(Encoding.UTF8.GetBytes(line + "\r\n"));
        Pass(ms);
        string said = Port.TakeSaid();
        int end = said.IndexOf("\r\n", StringComparison.Ordinal);
        return end < 0 ? said : said[(end + 2)..].Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Sends a text behind a command, as a terminal that pastes does.</summary>
    public string Paste(string line, string text, int ms = 4000)
    {
        Port.Type(Encoding.UTF8.GetBytes(line + "\r" + text.Replace("\n", "\r", StringComparison.Ordinal)));
        Pass(ms);
        return Port.TakeSaid().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Sets a PIN at the open box.</summary>
    public void Unlock()
    {
        Port.Open = true;
        Assert.Contains("已解锁", Say("pin new 1357"), StringComparison.Ordinal);
        Port.Open = false;
    }
}
