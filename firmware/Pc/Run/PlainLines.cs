// Owns: one line a change, for output that is no terminal.
// Must never: let a slow reader hold up the loop; what it can't take is counted and said.

using System.Threading.Channels;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Pc.Run;

/// <summary>Lines such as "   1.080s 输出 siren 警笛: 开 on", printed by a thread of their own.</summary>
public sealed class PlainLines : Watcher, IDisposable
{
    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(PcLimits.LinesWaitingMax);
    private Core.Settings _settings;
    private readonly TextWriter _out;
    private readonly Thread _printer;
    private int _dropped;

    public PlainLines(TextWriter output, Core.Settings settings)
    {
        _out = output;
        _settings = settings;
        _printer = new Thread(Print) { Name = "lines", IsBackground = true };
        _printer.Start();
    }

    /// <summary>A line that is no change of the station.</summary>
    public void Say(long ms, string text) => Line(ms, text);

    public override void Moved(long ms, Hand hand, bool done)
    {
        Word what = hand.Key >= 0 ? Words.OfKey(hand.Key) : Words.Of(hand.Move);
        string where = hand.Key >= 0 ? "" : $" zone {hand.Zone}{NameOf(hand.Zone)}";
        string refused = done ? "" : ": 配置里没有 not in the settings";
        Line(ms, $"操作 {what}{where}{refused}");
    }

    public override void Zone(long ms, int zone, InputClass settled)
    {
        Line(ms, $"防区 zone {_settings.ZoneNumber[zone]} {_settings.ZoneName[zone]}: {Words.OfClass(settled)}");
    }

    public override void Output(long ms, OutputRole role, Pattern pattern)
    {
        Line(ms, $"输出 {Words.OfRole(role)}: {Words.OfPattern(pattern)}");
    }

    public override void Event(long ms, EventTrace trace, EventStep step)
    {
        EventRecord r = trace.Record;
        string zone = r.Zone == 0 ? "" : $" zone {r.Zone}{NameOf(r.Zone)}";
        string cause = Words.CauseOf(r);
        cause = cause.Length == 0 ? "" : $" ({cause})";
        string identity = step == EventStep.InFlash ? $" {r.Station}/{r.Epoch}/{Lanes.Name(r.LaneNumber)}/{r.Sequence}" : "";
        Line(ms, $"事件 {Words.OfKind(r.Kind)}{zone}{cause}: {Words.Of(step)}{identity}");
    }

    public override void Uplink(long ms, UplinkState state)
    {
        Line(ms, $"上行 {Words.OfUplink(state)}");
    }

    public override void Script(long ms, bool? good, string text)
    {
        Line(ms, $"脚本 {OutcomeTail.Mark(good, text)}");
    }

    public override void Restarted(long ms, Core.Settings settings)
    {
        _settings = settings;
        Line(ms, $"重启 restarted: {settings.Name}, {settings.ZoneCount} 个防区 zones");
    }

    /// <summary>Prints what waits and ends.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _printer.Join();
    }

    private string NameOf(int number)
    {
        int zone = _settings.IndexOf(number);
        return zone < 0 ? "" : " " + _settings.ZoneName[zone];
    }

    private void Line(long ms, string text)
    {
        if (!_waiting.Writer.TryWrite($"{ms / 1000,5}.{ms % 1000:000}s {text}"))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private void Print()
    {
        try
        {
            while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_waiting.Reader.TryRead(out string? line))
                {
                    _out.WriteLine(line);
                }

                int dropped = Interlocked.Exchange(ref _dropped, 0);
                if (dropped > 0)
                {
                    _out.WriteLine($"      未显示 not shown: {dropped}");
                }

                _out.Flush();
            }
        }
        catch (IOException)
        {
            // The reader is gone. The gateway is not there for its screen: it runs on without one.
        }
    }
}
