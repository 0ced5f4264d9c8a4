// Owns: how events and presence lie in columns, written and read side by side.
// Must never: drop a field.

using System.Data;
using System.Data.Common;
using Gateway.Contract;

namespace Gateway.County.Sql;

/// <summary>
/// Rows to values and back, in the order of <see cref="SqlSchema.EventColumns"/> and <see cref="SqlSchema.StateColumns"/>.
/// </summary>
internal static class SqlRows
{
    private const int FirmwareAt = 10;

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

    public static StoredEvent Event(DbDataReader row) => new()
    {
        Record = new EventRecord
        {
            Station = (uint)row.GetInt64(0),
            Epoch = (uint)row.GetInt64(1),
            LaneNumber = row.GetInt32(2),
            Sequence = (uint)row.GetInt64(3),
            Boot = (uint)row.GetInt64(4),
            UptimeMs = row.GetInt64(5),
            UtcMs = row.GetInt64(6),
            UtcQuality = row.GetInt32(7),
            Kind = row.GetInt32(11),
            Severity = row.GetInt32(12),
            Flags = row.GetInt32(13),
            Zone = row.GetInt32(14),
            ZoneKind = row.GetInt32(15),
            OtherZone = row.GetInt32(16),
            Rule = row.GetInt32(17),
            Value = row.GetInt32(18),
            Unit = row.GetInt32(19),
            A = row.GetInt32(20),
            B = row.GetInt32(21),
            C = row.GetInt32(22),
        },
        TimeMs = row.GetInt64(8),
        TimeQuality = row.GetInt32(9),
        ReceivedMs = row.GetInt64(10),
        County = row.GetString(23),
        Township = row.GetString(24),
        Village = row.GetString(25),
        Raw = (byte[])row.GetValue(26),
    };

    public static object[] Values(Escalation e) =>
    [
        (long)e.Alarm.Station, (long)e.Alarm.Epoch, (long)e.Alarm.Lane, (long)e.Alarm.Sequence, (long)e.Zone, e.StartedMs,
        (long)e.Level, e.LevelMs, (long)e.End, e.EndedMs,
    ];

    public static Escalation Escalation(DbDataReader row) => new()
    {
        Alarm = new EventKey((uint)row.GetInt64(0), (uint)row.GetInt64(1), row.GetInt32(2), (uint)row.GetInt64(3)),
        Zone = row.GetInt32(4),
        StartedMs = row.GetInt64(5),
        Level = (EscalationLevel)row.GetInt32(6),
        LevelMs = row.GetInt64(7),
        End = (EscalationEnd)row.GetInt32(8),
        EndedMs = row.GetInt64(9),
    };

    public static object[] Values(StationCommand c) =>
    [
        (long)c.Station, (long)c.Number, (long)c.Code, (long)c.A, (long)c.B, (long)c.C, c.QueuedMs, c.ExpiresMs,
        (long)c.State, (long)c.Result, c.SentMs, (long)c.Times, c.AnsweredMs, c.Text,
    ];

    public static StationCommand Command(DbDataReader row) => new()
    {
        Station = (uint)row.GetInt64(0),
        Number = (uint)row.GetInt64(1),
        Code = row.GetInt32(2),
        A = row.GetInt32(3),
        B = row.GetInt32(4),
        C = row.GetInt32(5),
        QueuedMs = row.GetInt64(6),
        ExpiresMs = row.GetInt64(7),
        State = (CommandState)row.GetInt32(8),
        Result = row.GetInt32(9),
        SentMs = row.GetInt64(10),
        Times = row.GetInt32(11),
        AnsweredMs = row.GetInt64(12),
        Text = (byte[])row.GetValue(13),
    };

    public static DbType[] StateTypes()
    {
        DbType[] types = Enumerable.Repeat(DbType.Int64, SqlSchema.StateColumnCount).ToArray();
        types[FirmwareAt] = DbType.String;
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
        (long)s.EpochBefore, (long)s.EpochReturned, s.RenewedMs, s.TwinsMs,
    ];

    public static StationState State(DbDataReader row)
    {
        StationState state = new()
        {
            Station = (uint)row.GetInt64(0),
            Epoch = (uint)row.GetInt64(1),
            Boot = (uint)row.GetInt64(2),
            AnswerCounter = (uint)row.GetInt64(3),
            Online = row.GetInt32(4) != 0,
            SinceMs = row.GetInt64(5),
            LastSeenMs = row.GetInt64(6),
            UtcMs = row.GetInt64(7),
            UtcQuality = row.GetInt32(8),
            UptimeMs = row.GetInt64(9),
            Firmware = row.GetString(FirmwareAt),
            Conditions = row.GetInt32(11),
            StationCode = row.GetInt32(12),
            OpenCases = row.GetInt32(13),
            ZonesFire = (uint)row.GetInt64(14),
            ZonesFault = (uint)row.GetInt64(15),
            ZonesDisabled = (uint)row.GetInt64(16),
            ZonesTest = (uint)row.GetInt64(17),
            ZonesSupervisory = (uint)row.GetInt64(18),
            Connections = (uint)row.GetInt64(25),
            Resends = (uint)row.GetInt64(26),
            Refused = (uint)row.GetInt64(27),
            SettingsCrc = (uint)row.GetInt64(28),
            Silent = row.GetInt32(29) != 0,
            EpochBefore = (uint)row.GetInt64(30),
            EpochReturned = (uint)row.GetInt64(31),
            RenewedMs = row.GetInt64(32),
            TwinsMs = row.GetInt64(33),
        };
        for (int lane = 0; lane < Lane.Count; lane++)
        {
            state.Last[lane] = (uint)row.GetInt64(19 + lane);
            state.ToldHeld[lane] = (uint)row.GetInt64(22 + lane);
        }

        return state;
    }
}
