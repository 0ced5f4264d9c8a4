// Owns: the lines that `county run` prints while it works, and the thread that prints them.
// Must never: let text from outside steer the terminal, or let a terminal that stands still hold up the county's work.

using System.Threading.Channels;
using Gateway.Contract;
using Spectre.Console;

namespace Gateway.County.Server;

/// <summary>One line an event, newest below; coloured on a terminal,
/// plain otherwise. Lines that find no room are counted instead.</summary>
internal sealed class LiveList : ICountyObserver, IDisposable
{
    // A screen that was held still for a while is still shown whole; more than this nobody reads back.
    private const int WaitingLinesMax = 2_000;

    // More than any line has, so that nothing is folded here.
    private const int LineCellsMax = 100_000;

    // What is left to print when the county ends; a terminal that takes nothing must not keep it alive.
    private const int EndWaitMs = 1_000;

    private readonly Channel<(string Colour, string Text)> _lines = Channel.CreateBounded<(string, string)>(WaitingLinesMax);
    private readonly IAnsiConsole? _terminal = Console.IsOutputRedirected ? null : Unwrapped();
    private readonly Thread _printing;
    private long _skipped;

    public LiveList()
    {
        _printing = new Thread(Print) { IsBackground = true, Name = "county-lines" };
        _printing.Start();
    }

    public void Stored(StationRegistration station, StoredEvent stored)
    {
        EventRecord r = stored.Record;
        string colour = r.LaneNumber switch
        {
            Lane.Fire => (r.Flags & EventFlags.Drill) != 0 ? "magenta" : "red bold",
            Lane.Condition => "yellow",
            _ => "grey",
        };
        Line(colour, $"{EventText.Time(stored)}  {station}  {EventText.Words(r)}  {Lane.Name(r.LaneNumber)}#{r.Sequence}");
    }

    public void ConflictFound(StationRegistration station, EventKey key) =>
        Note("red", $"{station}  记录冲突 {Lane.Name(key.Lane)}#{key.Sequence}：同号不同内容，保留先到的");

    public void GapFound(StationRegistration station, Gap gap) =>
        Note("red", $"{station}  序号缺口 {Lane.Name(gap.Lane.Lane)}#{gap.First}-{gap.Last}，共{gap.Count}条，尚无遗失记录");

    public void GapExplained(StationRegistration station, Gap gap) =>
        Note("green", $"{station}  缺口{(gap.OwnedBy != 0 ? "已说明" : "已补")} {Lane.Name(gap.Lane.Lane)}#{gap.First}-{gap.Last}");

    public void PresenceChanged(StationRegistration station, PresenceChange change) => Note(
        change == PresenceChange.Online ? "green" : "yellow",
        $"{station}  " + change switch
        {
            PresenceChange.Online => "上线",
            PresenceChange.Offline => "离线",
            _ => "无声",
        });

    public void EpochChanged(StationRegistration station) =>
        Note("yellow", $"{station}  存储编号变了：设备存储已重建，或两台设备用了同一站号");

    public void Refused(RefusalCount refusal, StationRegistration? claimed) => Note(
        "yellow",
        $"拒收 {DecodeResult.Name(refusal.Reason)} {refusal.Count}次  {(claimed is null ? "" : $"自称{claimed}  ")}{refusal.Sample}");

    public void CommandChanged(StationRegistration station, StationCommand command) => Note(
        command.State is CommandState.Sent || command.StateName == "done" ? "green" : "yellow",
        $"{station}  命令{command.Number} {CommandText.Words(command)} {CommandText.State(command)}");

    public void KeyRotated(StationRegistration station) => Note("green", $"{station}  新密钥已启用，旧密钥作废");

    public void Escalated(StationRegistration station, Escalation escalation) => Note(
        escalation.End == EscalationEnd.None ? "red bold" : "green",
        $"{station}  {escalation.Zone}区火警 {EscalationsCommand.Words(escalation)}");

    public void BrokerChanged(bool connected, string text) => Note(connected ? "green" : "red", (connected ? "已连接 " : "未连接 ") + text);

    public void InTrouble(string text) => Note("red", $"异常 {text}");

    /// <summary>A line with the time of now.</summary>
    public void Note(string colour, string text) =>
        Line(colour, $"{TimeText.Local(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())}  {text}");

    /// <summary>Prints what is waiting, as far as the terminal takes it.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _printing.Join(EndWaitMs);
    }

    private void Line(string colour, string text)
    {
        if (!_lines.Writer.TryWrite((colour, text)))
        {
            Interlocked.Increment(ref _skipped);
        }
    }

    private void Print()
    {
        foreach ((string colour, string text) in _lines.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            Print(colour, text);
            if (_lines.Reader.Count == 0 && Interlocked.Exchange(ref _skipped, 0) is > 0 and long skipped)
            {
                Print("grey", $"（另有{skipped}行未显示，可用 county events 查询）");
            }
        }
    }

    /// <summary>The terminal folds long lines itself, whatever its width is by then.</summary>
    private static IAnsiConsole Unwrapped()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = LineCellsMax;
        return console;
    }

    private void Print(string colour, string text)
    {
        try
        {
            if (_terminal is not null)
            {
                _terminal.MarkupLine($"[{colour}]{ScreenText.Plain(text).EscapeMarkup()}[/]");
            }
            else
            {
                Console.Out.WriteLine(text);
                Console.Out.Flush();
            }
        }
        catch (IOException)
        {
            // Whoever read the lines has gone; the county goes on.
        }
    }
}
