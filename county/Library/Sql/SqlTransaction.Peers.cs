// Owns: the rows of other makers' boxes in a writing transaction.
// Must never: decide what a row means.

using System.Data.Common;
using System.Globalization;
using Gateway.Contract;

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction : IPeerRows
{
    private SqlPeerStatements PeerSql => sql.Peers;

    public PeerFrame? LastFrame(uint station) => FrameOf(station, PeerSql.LastFrame.Read(transaction, station));

    public PeerFrame? Frame(uint station, int sequence) => FrameOf(station, PeerSql.Frame.Read(transaction, station, sequence));

    public void Add(PeerFrame frame)
    {
        PeerSql.AddFrame.Run(
            transaction, frame.Station, frame.Number, frame.Sequence, frame.Hash, frame.Timed ? 1 : 0, frame.Boot, frame.RunMs);
        if (frame.Number % CountyLimits.PeerForgetEvery == 0)
        {
            PeerSql.ForgetFrames.Run(transaction, frame.Station, frame.Number - CountyLimits.PeerFramesKept);
        }
    }

    public PeerComponent? Component(PeerPartKey key)
    {
        using DbDataReader row = PeerSql.Component.Read(
            transaction, key.Station, (int)key.What, key.SystemType, key.SystemAddress, key.Component);
        return row.Read() ? Component(row) : null;
    }

    public (int Count, int Zone) Components(uint station)
    {
        using DbDataReader row = PeerSql.Components.Read(transaction, station);
        return row.Read() ? ((int)row.GetInt64(0), (int)row.GetInt64(1)) : default;
    }

    public IReadOnlyList<PeerComponent> ComponentsWith(uint station, int bits)
    {
        List<PeerComponent> found = [];
        using DbDataReader row = PeerSql.ComponentsWith.Read(transaction, station, bits);
        while (row.Read())
        {
            found.Add(Component(row));
        }

        return found;
    }

    public void Put(PeerComponent component) => PeerSql.PutComponent.Run(
        transaction, component.Key.Station, (int)component.Key.What, component.Key.SystemType, component.Key.SystemAddress,
        component.Key.Component, component.ComponentType, component.Status, component.Zone, component.SeenMs, component.Text);

    public bool AnyWithoutZone(uint station, PeerPart what, int bits) =>
        PeerSql.AnyWithoutZone.Scalar(transaction, station, (int)what, bits) is not null;

    public IReadOnlyList<PeerDanger> Dangers() => All(
        PeerSql.Dangers.Read(transaction),
        reader =>
        {
            NamedRow row = new(reader, SqlPeerStatements.DangerColumns);
            return new PeerDanger(
                row.UInt32("station"), row.Int32("zone"), (ZoneKind)row.Int32("kind"), (ZoneKind)row.Int32("zone_kind"),
                row.Int32("hours"), row.UInt32("fault"));
        });

    public void Put(PeerDanger danger) => PeerSql.PutDanger.Run(
        transaction, danger.Station, danger.Zone, (int)danger.Kind, (int)danger.ZoneKind, danger.Hours, danger.Fault);

    public void EndDanger(uint station, int zone, ZoneKind kind) =>
        PeerSql.EndDanger.Run(transaction, station, zone, (int)kind);

    public int Values(uint station) => Convert.ToInt32(PeerSql.Values.Scalar(transaction, station), CultureInfo.InvariantCulture);

    public IReadOnlyList<PeerValue> ValuesOf(PeerPartKey component)
    {
        List<PeerValue> values = [];
        using DbDataReader row = PeerSql.ValuesOf.Read(
            transaction, component.Station, component.SystemType, component.SystemAddress, component.Component);
        while (row.Read())
        {
            values.Add(Value(row));
        }

        return values;
    }

    public bool Replace(PeerValue value) => Run(PeerSql.ReplaceValue, value) > 0;

    public void Add(PeerValue value) => Run(PeerSql.AddValue, value);

    public void Add(PeerEvent origin)
    {
        (EventKey key, PeerOrigin from) = origin;
        PeerSql.AddOrigin.Run(
            transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence, (int)from.Part.What, from.Part.SystemType,
            from.Part.SystemAddress, from.Part.Component, from.ComponentType, from.Bit, from.Status, from.FrameSequence, from.SentMs,
            from.ToldMs, from.Text, from.Unit);
    }

    public PeerOrigin? Origin(EventKey key)
    {
        using DbDataReader row = PeerSql.Origin.Read(transaction, key.Station, key.Epoch, (int)key.Lane, key.Sequence);
        return row.Read() ? OriginOf(key.Station, row) : null;
    }

    public IReadOnlyList<(uint Station, int Minutes)> DutyChecks()
    {
        List<(uint, int)> open = [];
        using DbDataReader row = PeerSql.DutyChecks.Read(transaction);
        while (row.Read())
        {
            open.Add(((uint)row.GetInt64(0), row.GetInt32(1)));
        }

        return open;
    }

    public void PutDutyCheck(uint station, int minutes)
    {
        if (minutes > 0)
        {
            PeerSql.PutDutyCheck.Run(transaction, station, minutes);
        }
        else
        {
            PeerSql.EndDutyCheck.Run(transaction, station);
        }
    }

    public void AddAnswer(uint station, uint number, byte[] unit, long receivedMs) =>
        PeerSql.AddAnswer.Run(transaction, station, number, receivedMs, unit);

    internal static PeerOrigin OriginOf(uint station, DbDataReader reader)
    {
        NamedRow row = new(reader, SqlPeerStatements.OriginColumns);
        return new PeerOrigin
        {
            Part = new PeerPartKey(
                station, (PeerPart)row.Int32("what"), row.Int32("system_type"), row.Int32("system_address"), row.UInt32("component")),
            ComponentType = row.Int32("component_type"),
            Bit = row.Int32("bit"),
            Status = row.Int32("status"),
            FrameSequence = row.Int32("frame_sequence"),
            SentMs = row.Int64("sent_ms"),
            ToldMs = row.Int64("told_ms"),
            Text = row.Text("text"),
            Unit = row.Bytes("unit"),
        };
    }

    private static PeerFrame? FrameOf(uint station, DbDataReader reader)
    {
        using (reader)
        {
            NamedRow row = new(reader, SqlPeerStatements.FrameColumns);
            return !reader.Read() ? null : new PeerFrame(
                station, row.Int64("number"), row.Int32("sequence"), row.Int64("hash"), row.Flag("timed"), row.UInt32("boot"),
                row.Int64("run_ms"));
        }
    }

    private int Run(Statement statement, PeerValue value) => statement.Run(
        transaction, value.Key.Station, value.Key.SystemType, value.Key.SystemAddress, value.Key.Component, value.AnalogType,
        value.Value, value.ToldMs, value.SeenMs);

    internal static PeerValue Value(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlPeerStatements.ValueColumns);
        PeerPartKey key = new(
            row.UInt32("station"), PeerPart.Component, row.Int32("system_type"), row.Int32("system_address"), row.UInt32("component"));
        return new PeerValue(key, row.Int32("analog_type"), row.Int32("value"), row.Int64("told_ms"), row.Int64("seen_ms"));
    }

    internal static PeerComponent Component(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlPeerStatements.ComponentColumns);
        return new PeerComponent
        {
            Key = new PeerPartKey(
                row.UInt32("station"), (PeerPart)row.Int32("what"), row.Int32("system_type"), row.Int32("system_address"),
                row.UInt32("component")),
            ComponentType = row.Int32("component_type"),
            Status = row.Int32("status"),
            Zone = row.Int32("zone"),
            Text = row.Text("text"),
            SeenMs = row.Int64("seen_ms"),
            Kept = true,
        };
    }
}
