// Owns: one line a change, for output that is no terminal.
// Must never: let a slow reader hold up the loop; what it can't take is counted and said.

using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Pc.Run;

/// <summary>Lines such as "   1.080s 输出 声警报器 siren: 火警音 fire", printed by a thread of their own.</summary>
public sealed class PlainLines : Watcher, IDisposable
{
    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(PcLimits.LinesWaitingMax);
    private Core.Settings _settings;
    private StationNames _names;
    private StationNames _englishNames;
    private readonly TextWriter _out;
    private readonly Thread _printer;
    private int _dropped;

    public PlainLines(TextWriter output, Core.Settings settings)
    {
        _out = output;
        Take(settings);
        _printer = new Thread(Print) { Name = "lines", IsBackground = true };
        _printer.Start();
    }

    /// <summary>A line that is no change of the station.</summary>
    public void Say(long ms, string text) => Line(ms, text);

    public override void Moved(long ms, Hand hand, bool done)
    {
        Word what = hand.Key is { } key ? Words.OfKey(key) : Words.Of(hand.Move);
        string where = hand.Key is not null ? "" : $" zone {hand.Zone}{NameOf(hand.Zone)}";
        string refused = done ? "" : ": 本站未设 not in the settings";
        Line(ms, $"操作 {what}{where}{refused}");
    }

    public override void Zone(long ms, int zone, InputClass settled)
    {
        Line(ms, $"部位 zone {_settings.ZoneNumber[zone]} {_settings.ZoneName[zone]}: {Words.OfClass(settled)}");
    }

    public override void Output(long ms, OutputRole role, Pattern pattern)
    {
        Line(ms, $"输出 {Words.OfRole(role)}: {Words.OfPattern(role, pattern)}");
    }

    public override void Event(long ms, EventTrace trace, EventStep step)
    {
        // Whoever writes a script finds the code of an event here.
        EventRecord r = trace.Record;
        string identity = step == EventStep.InFlash
            ? $" {r.Station}/{r.Epoch}/{Lanes.Name(r.LaneNumber)}/{r.Sequence} {EventKinds.Code(r.Kind)}" : "";
        string both = $"{Catalogue.Chinese.Sentence(r, _names)} / {Catalogue.English.Sentence(r, _englishNames)}";
        Line(ms, $"事件 {both}: {Words.Of(step)}{identity}");
    }

    public override void Uplink(long ms, UplinkState state)
    {
        Line(ms, $"通信 {Words.OfUplink(state)}");
    }

    public override void Script(long ms, bool? good, string text)
    {
        Line(ms, $"脚本 {OutcomeTail.Mark(good, text)}");
    }

    public override void Restarted(long ms, Core.Settings settings)
    {
        Take(settings);
        Line(ms, $"网关重启 restarted: {settings.Name}, {settings.ZoneCount} 个部位 zones");
    }

    /// <summary>Prints what waits and ends.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _printer.Join();
    }

    [MemberNotNull(nameof(_settings), nameof(_names), nameof(_englishNames))]
    private void Take(Core.Settings settings)
    {
        _settings = settings;
        _names = new StationNames(settings);
        _englishNames = new StationNames(settings, english: true);
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
                    _out.WriteLine($"      有{dropped}行来不及显示 lines not shown");
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
