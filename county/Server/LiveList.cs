// Owns: what `county run` says while it works: one line an event, and how grave it is.
// Must never: wait for whoever reads it, or let one station push the others' lines off a screen.

using Gateway.Contract;
using Gateway.County.Gb26875;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Server;

/// <summary>The county's observer for people.</summary>
/// <param name="log">Where the lines go.</param>
internal sealed class LiveList(ILogger log) : ICountyObserver
{
    private readonly Dictionary<(uint Station, Kind Kind), Window> _windows = [];
    private long _runMs;

    /// <summary>What is bounded and counted by itself, so that much of one hides nothing of another.</summary>
    private enum Kind
    {
        Fire,
        ConflictingFire,
        Escalation,
        Other,
    }

    public void Stored(StationRegistration station, StoredEvent stored)
    {
        EventRecord r = stored.Record;
        bool fire = r.Kind == EventKind.FireAlarm;
        if (!MayShow(station, fire ? Kind.Fire : Kind.Other, fire ? ZoneOf(r) : 0))
        {
            return;
        }

        string colour = r.LaneNumber switch
        {
            Lane.Fire => r.Flags.HasFlag(EventFlags.Drill) ? "magenta" : "red bold",
            Lane.Condition => "yellow",
            _ => "grey",
        };
        string origin = OriginText.Of(stored.Origin, r.Flags.HasFlag(EventFlags.ByPerson));
        Line(colour, $"{EventText.Time(stored)}  {station}  {EventText.Words(stored)}{origin}  "
            + $"{Lanes.Name(r.LaneNumber)}#{r.Sequence}");
    }

    /// <summary>Events tell the rest: of a case alone is what was due, and what came to nothing by itself.</summary>
    public void CaseChanged(CaseChange change)
    {
        foreach (CaseStep step in change.Steps.Where(s => s.Kind is CaseStepKind.Overdue)
            .Concat(change.Steps.Where(s => s.Kind is CaseStepKind.Opened && change.Case.Class is CaseClass.Silent)))
        {
            Line("yellow", $"{CaseText.Time(step)}  {change.Case.Station}  {CaseText.Title(change.Case)} {CaseText.Words(step)}  "
                + change.Case.Id);
        }
    }

    public void ConflictFound(StationRegistration station, EventKey key) =>
        NoteOf(station, "red", $"记录冲突 {Lanes.Name(key.Lane)}#{key.Sequence}：同一编号两份内容，已保留先到的，请查是否两台设备同站号");

    public void ConflictingFire(StationRegistration station, StoredEvent fire)
    {
        if (!MayShow(station, Kind.ConflictingFire, ZoneOf(fire.Record)))
        {
            return;
        }

        Line("red bold", $"{EventText.Time(fire)}  {station}  {EventText.Words(fire)}  "
            + $"{Lanes.Name(fire.Record.LaneNumber)}#{fire.Record.Sequence} [同号冲突]");
    }

    public void ClockTrusted(bool trusted, long utcMs, long trustedMs) => Note(
        trusted ? "green" : "red",
        trusted ? "本机时钟恢复可信 the clock is trusted again"
            : $"本机时钟可疑 {TimeText.Local(utcMs)}{(trustedMs == 0 ? "" : $"，应约为 {TimeText.Local(trustedMs)}")}：照常接收、保存、显示，但不给设备校时 "
                + "the clock is not trusted and sets no gateway's; if it is right: --trust-clock");

    public void GapFound(StationRegistration station, Gap gap) =>
        NoteOf(station, "red", $"序号缺口 {Lanes.Name(gap.Lane.Lane)}#{gap.First}-{gap.Last}，共{(gap.Merged ? "≤" : "")}{gap.Count}条，尚无丢失记录");

    public void GapExplained(StationRegistration station, Gap gap) =>
        NoteOf(station, "green", $"缺口{(gap.OwnedBy != 0 ? "已说明" : "已补")} {Lanes.Name(gap.Lane.Lane)}#{gap.First}-{gap.Last}");

    public void PresenceChanged(StationRegistration station, PresenceChange change) => NoteOf(
        station,
        change == PresenceChange.Online ? "green" : "yellow",
        change switch
        {
            PresenceChange.Online => "上线",
            PresenceChange.Offline => "离线",
            PresenceChange.Removed => "已注销",
            _ => "失联",
        },
        variant: 1 + (int)change);

    public void EpochChanged(StationRegistration station, EpochChange change) => Note(
        change == EpochChange.Returned ? "yellow" : "red",
        $"{station}  " + change switch
        {
            EpochChange.Returned => "回到原有存储",
            EpochChange.Renewed => "存储代号已变：设备更换或重建了存储，原存储未上传的记录已无法取得；若非更换设备，请查是否两台设备共用站号",
            _ => "两台设备用了同一站号，轮流上线：请改其中一台的站号",
        });

    public void Refused(RefusalCount refusal, StationRegistration? claimed) => Note(
        "yellow",
        $"拒收 {Catalogue.Chinese.Refusal((int)refusal.Reason)} {refusal.Count}次  "
            + $"{(claimed is null ? "" : $"报文自报站号{claimed}  ")}{refusal.Sample}");

    public void HeldBack(StationRegistration station) =>
        Note("yellow", $"{station}  消息过多，须等候，其他站点不受影响 makes too much work and waits; the others do not");

    public void CommandChanged(StationRegistration station, StationCommand command) => Note(
        command.State is CommandState.Sent || command.StateName == "done" ? "green" : "yellow",
        $"{station}  命令{command.Number} {CommandText.Chinese(command)} {CommandStateText.Of(command)}");

    public void KeyRotated(StationRegistration station) => Note("green", $"{station}  新密钥已启用，旧密钥作废");

    public void Escalated(StationRegistration station, Escalation escalation)
    {
        // A level that is reached is always said: it takes its time, or a box that says so.
        if (!MayShow(station, Kind.Escalation, 1 + (int)escalation.Level * 16 + (int)escalation.End))
        {
            return;
        }

        Note(
            escalation.End == EscalationEnd.None ? "red bold" : "green",
            $"{station}  "
                + (escalation.Cause == EscalationCause.HiddenFire
                    ? "心跳报告有火警或燃气报警，其记录未到，请查通信 a fire or gas alarm whose records do not come: "
                    : $"报警 {(escalation.Zone == 0 ? "" : $"{string.Join('、', EscalationsCommand.Zones(escalation))}号 ")}")
                + EscalationsCommand.Words(escalation));
    }

    public void BrokerChanged(bool connected, string text) => Note(connected ? "green" : "red", (connected ? "已连接 " : "未连接 ") + text);

    public void CentreChanged(CentreState centre) => Note(
        centre.LinkUp ? "green" : "red", $"上级平台 {centre.Name} {(centre.LinkUp ? "已接通" : "中断 " + centre.Why)}");

    public void CentreLost(CentreLoss lost, StationRegistration? station) => Note(
        "red",
        $"上级平台 {lost.Centre}：{station?.ToString() ?? $"{lost.Station}"} 积压过多，{lost.Others + lost.Fires}条不再上报（其中旧报警{lost.Fires}条）"
            + " too much waits, the oldest is not told");

    public void InTrouble(string text) => Note("red", $"异常 {text}");

    /// <summary>What was left out is said when its window ends, also where its station is silent by then.</summary>
    public void Passed(Instant now)
    {
        _runMs = now.RunMs;
        foreach (((uint Station, Kind Kind) key, Window window) in _windows)
        {
            if (_runMs - window.FromRunMs >= CountyLimits.RefusalLineMs)
            {
                _windows.Remove(key);
                if (window.LeftOut > 0)
                {
                    (string what, string list) = key.Kind switch
                    {
                        Kind.Fire => ("报警", "events"),
                        Kind.ConflictingFire => ("同号冲突报警", "conflicts"),
                        Kind.Escalation => ("升级", "escalations"),
                        _ => ("", "events"),
                    };
                    Note("yellow", $"{window.Station}  另有{what}{window.LeftOut}行未显示，可用 county {list} 查询");
                }
            }
        }
    }

    private void NoteOf(StationRegistration station, string colour, string text, int variant = 0)
    {
        if (MayShow(station, Kind.Other, variant))
        {
            Note(colour, $"{station}  {text}");
        }
    }

    private static int ZoneOf(EventRecord fire) => 1 + fire.Zone;

    /// <summary>So many lines a station, kind and window, and the first of each variant; the rest is counted.</summary>
    private bool MayShow(StationRegistration station, Kind kind, int variant)
    {
        if (!_windows.TryGetValue((station.Station, kind), out Window? window))
        {
            window = new Window(station, _runMs);
            _windows.Add((station.Station, kind), window);
        }

        bool first = variant != 0 && window.Variants.Add(variant);
        int most = kind == Kind.Other ? CountyLimits.StationLinesMax : CountyLimits.StationFireLinesMax;
        if (++window.Lines <= most || first)
        {
            return true;
        }

        window.LeftOut++;
        return false;
    }

    /// <summary>A line with the time of now.</summary>
    public void Note(string colour, string text) =>
        Line(colour, $"{TimeText.Local(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())}  {text}");

    private void Line(string colour, string text) => log.Log(
        colour switch
        {
            "red bold" => LogLevel.Critical,
            "red" => LogLevel.Error,
            "yellow" => LogLevel.Warning,
            _ => LogLevel.Information,
        },
        default,
        new ColouredLine(colour, text),
        null,
        static (line, _) => line.Text);

    private sealed class Window(StationRegistration station, long fromRunMs)
    {
        public StationRegistration Station => station;

        public long FromRunMs => fromRunMs;

        /// <summary>Zones, or what else makes a line one that is not left out, each once.</summary>
        public HashSet<int> Variants { get; } = [];

        public int Lines { get; set; }

        public int LeftOut { get; set; }
    }
}
