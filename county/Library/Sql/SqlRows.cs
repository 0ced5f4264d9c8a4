// Owns: how events and presence lie in columns, written and read side by side.
// Must never: drop a field.

using System.Data;
using System.Data.Common;
using System.Globalization;
using Gateway.Contract;

namespace Gateway.County.Sql;

/// <summary>
/// Rows to values by name, and back in the order of <see cref="SqlSchema.EventColumns"/> and <see cref="SqlSchema.StateColumns"/>.
/// </summary>
internal static class SqlRows
{
    public static readonly Columns StateColumns = new(SqlSchema.StateColumns);

    private static readonly Columns s_event = new(SqlSchema.EventColumns);
    private static readonly Columns s_escalation = new(SqlSchema.EscalationColumns);
    private static readonly Columns s_command = new(SqlSchema.CommandColumns);

    // By lane.
    private static readonly string[] s_last = ["last_fire", "last_condition", "last_routine"];
    private static readonly string[] s_held = ["held_fire", "held_condition", "held_routine"];

    public static object[] Values(StoredEvent e)
    {
        EventRecord r = e.Record;
        return
        [
            (long)r.Station, (long)r.Epoch, (long)r.LaneNumber, (long)r.Sequence, (long)r.Boot, r.UptimeMs, r.UtcMs, (long)r.UtcQuality,
            e.TimeMs, (long)e.TimeQuality, e.ReceivedMs, (long)r.Kind, (long)r.Severity, (long)r.Flags,
            (long)r.Zone, (long)r.ZoneKind, (long)r.OtherZone, (long)r.Rule, (long)r.Value, (long)r.Unit, (long)r.A, (long)r.B, (long)r.C,
            e.County, e.Township, e.Village, e.Raw,
        ];
    }

    public static StoredEvent Event(DbDataReader reader)
    {
        NamedRow row = new(reader, s_event);
        return new()
        {
            Record = new EventRecord
            {
                Station = row.UInt32("station"),
                Epoch = row.UInt32("epoch"),
                LaneNumber = (Lane)row.Int32("lane"),
                Sequence = row.UInt32("sequence"),
                Boot = row.UInt32("boot"),
                UptimeMs = row.Int64("uptime_ms"),
                UtcMs = row.Int64("utc_ms"),
                UtcQuality = (UtcQuality)row.Int32("utc_quality"),
                Kind = (EventKind)row.Int32("kind"),
                Severity = (Severity)row.Int32("severity"),
                Flags = (EventFlags)row.Int32("flags"),
                Zone = row.Int32("zone"),
                ZoneKind = (ZoneKind)row.Int32("zone_kind"),
                OtherZone = row.Int32("other_zone"),
                Rule = row.Int32("rule"),
                Value = row.Int32("value"),
                Unit = (Unit)row.Int32("unit"),
                A = row.Int32("a"),
                B = row.Int32("b"),
                C = row.Int32("c"),
            },
            TimeMs = row.Int64("time_ms"),
            TimeQuality = (UtcQuality)row.Int32("time_quality"),
            ReceivedMs = row.Int64("received_ms"),
            County = row.Text("county"),
            Township = row.Text("township"),
            Village = row.Text("village"),
            Raw = row.Bytes("raw"),
        };
    }

    public static object[] Values(Escalation e) =>
    [
        (long)e.Alarm.Station, (long)e.Alarm.Epoch, (long)e.Alarm.Lane, (long)e.Alarm.Sequence, (long)e.Zone, e.StartedMs,
        (long)e.Level, e.LevelMs, (long)e.End, e.EndedMs, (long)e.Cause, (long)e.Zones, string.Join(' ', e.Epochs),
    ];

    public static Escalation Escalation(DbDataReader reader)
    {
        NamedRow row = new(reader, s_escalation);
        return new()
        {
            Alarm = row.Event(),
            Zone = row.Int32("zone"),
            StartedMs = row.Int64("started_ms"),
            Level = (EscalationLevel)row.Int32("level"),
            LevelMs = row.Int64("level_ms"),
            End = (EscalationEnd)row.Int32("ended_by"),
            EndedMs = row.Int64("ended_ms"),
            Cause = (EscalationCause)row.Int32("cause"),
            Zones = row.UInt32("zones"),
            Epochs = [.. row.Text("epochs").Split(' ').Select(epoch => uint.Parse(epoch, CultureInfo.InvariantCulture))],
        };
    }

    public static object[] Values(StationCommand c) =>
    [
        (long)c.Station, (long)c.Number, (long)c.Code, (long)c.A, (long)c.B, (long)c.C, c.QueuedMs, c.ExpiresMs,
        (long)c.State, (long)c.Result, c.SentMs, (long)c.Times, c.AnsweredMs, c.Text,
    ];

    public static StationCommand Command(DbDataReader reader)
    {
        NamedRow row = new(reader, s_command);
        return new()
        {
            Station = row.UInt32("station"),
            Number = row.UInt32("number"),
            Code = row.Int32("code"),
            A = row.Int32("a"),
            B = row.Int32("b"),
            C = row.Int32("c"),
            QueuedMs = row.Int64("queued_ms"),
            ExpiresMs = row.Int64("expires_ms"),
            State = (CommandState)row.Int32("state"),
            Result = row.Int32("result"),
            SentMs = row.Int64("sent_ms"),
            Times = row.Int32("times"),
            AnsweredMs = row.Int64("answered_ms"),
            Text = row.Bytes("text"),
        };
    }

    public static DbType[] StateTypes()
    {
        DbType[] types = Enumerable.Repeat(DbType.Int64, SqlSchema.StateColumnCount).ToArray();
        types[StateColumns.Place("firmware")] = DbType.String;
        return types;
    }

    public static object[] Values(StationState s) =>
    [
        (long)s.Station, (long)s.Epoch, (long)s.Boot, (long)s.AnswerCounter,
        s.Online ? 1L : 0L, s.SinceMs, s.LastSeenMs, s.UtcMs, (long)s.UtcQuality, s.UptimeMs, s.Firmware,
        (long)s.Conditions, (long)s.StationCode, (long)s.OpenCases,
        (long)s.ZonesFire, (long)s.ZonesFault, (long)s.ZonesDisabled, (long)s.ZonesTest, (long)s.ZonesSupervisory,
        (long)s.Last[0], (long)s.Last[1], (long)s.Last[2], (long)s.ToldHeld[0], (long)s.ToldHeld[1], (long)s.ToldHeld[2],
        (long)s.Connections, (long)s.Resends, (long)s.Refused, (long)s.SettingsCrc, s.Silent ? 1L : 0L,
        (long)s.EpochBefore, (long)s.EpochReturned, s.RenewedMs, s.TwinsMs, s.HiddenMs, s.EpochHourMs,
        (long)s.EpochsInHour, (long)s.EpochsForgotten,
    ];

    public static StationState State(DbDataReader reader) => State(new NamedRow(reader, StateColumns));

    public static StationState State(NamedRow row)
    {
        StationState state = new()
        {
            Station = row.UInt32("station"),
            Epoch = row.UInt32("epoch"),
            Boot = row.UInt32("boot"),
            AnswerCounter = row.UInt32("answer_counter"),
            Online = row.Flag("online"),
            SinceMs = row.Int64("since_ms"),
            LastSeenMs = row.Int64("last_seen_ms"),
            UtcMs = row.Int64("utc_ms"),
            UtcQuality = row.Int32("utc_quality"),
            UptimeMs = row.Int64("uptime_ms"),
            Firmware = row.Text("firmware"),
            Conditions = (ConditionBits)row.Int32("conditions"),
            StationCode = row.Int32("station_code"),
            OpenCases = row.Int32("open_cases"),
            ZonesFire = row.UInt32("zones_fire"),
            ZonesFault = row.UInt32("zones_fault"),
            ZonesDisabled = row.UInt32("zones_disabled"),
            ZonesTest = row.UInt32("zones_test"),
            ZonesSupervisory = row.UInt32("zones_supervisory"),
            Connections = row.UInt32("connections"),
            Resends = row.UInt32("resends"),
            Refused = row.UInt32("refused"),
            SettingsCrc = row.UInt32("settings_crc"),
            Silent = row.Flag("silent"),
            EpochBefore = row.UInt32("epoch_before"),
            EpochReturned = row.UInt32("epoch_returned"),
            RenewedMs = row.Int64("renewed_ms"),
            TwinsMs = row.Int64("twins_ms"),
            HiddenMs = row.Int64("hidden_ms"),
            EpochHourMs = row.Int64("epoch_hour_ms"),
            EpochsInHour = row.Int32("epochs_in_hour"),
            EpochsForgotten = row.Int32("epochs_forgotten"),
        };
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            state.Last[lane] = row.UInt32(s_last[lane]);
            state.ToldHeld[lane] = row.UInt32(s_held[lane]);
        }

        return state;
    }
}
