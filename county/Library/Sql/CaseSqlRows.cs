// Owns: how cases, their steps and their acts stand in rows.
// Must never: leave out a field: what is not written is lost at the next change.

using System.Data.Common;
using Gateway.Contract;

namespace Gateway.County.Sql;

internal static class CaseSqlRows
{
    public static readonly Columns PlaceColumns = new(
        "station, sleeping, changed_ms, address, contact, telephone, gas, keys, notes, lon, lat, datum");

    /// <summary>Of a row that begins with station, epoch, lane, track, part.</summary>
    public static CaseTrack Track(DbDataReader row) =>
        new((uint)row.GetInt64(0), (uint)row.GetInt64(1), (Lane)row.GetInt32(2), (TrackKind)row.GetInt32(3), (uint)row.GetInt64(4));

    public static object[] Values(Case c) =>
    [
        c.Id, c.Station, c.Track.Epoch, (int)c.Track.Lane, (int)c.Track.Kind, c.Track.Part, c.Sequence, (int)c.Class, (int)c.Trouble,
        (int)c.State, (int)c.Grade, (int)c.Level, (int)c.Judgement, c.Test ? 1 : 0, c.Zone, (int)c.ZoneKind, c.Zones, c.Events, c.OpenedMs,
        (int)c.TimeQuality, c.ReceivedMs, c.EndedMs, c.ClosedMs, c.DueMs, c.NextMs, c.TakenMs, c.LastStep, c.Version, c.Owner, c.Cause,
        c.Text,
        c.MergedInto, c.County, c.Township, c.Village,
    ];

    public static Case Case(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCaseStatements.CaseColumns);
        return new Case
        {
            Id = row.Text("id"),
            Track = Track(row),
            Sequence = row.UInt32("sequence"),
            Class = (CaseClass)row.Int32("class"),
            Trouble = (CaseTrouble)row.Int32("trouble"),
            State = (CaseState)row.Int32("state"),
            Grade = (CaseGrade)row.Int32("grade"),
            Level = (EscalationLevel)row.Int32("level"),
            Judgement = (CaseJudgement)row.Int32("judgement"),
            Test = row.Flag("test"),
            Zone = row.Int32("zone"),
            ZoneKind = (ZoneKind)row.Int32("zone_kind"),
            Zones = row.UInt32("zones"),
            Events = row.Int32("events"),
            OpenedMs = row.Int64("opened_ms"),
            TimeQuality = (UtcQuality)row.Int32("time_quality"),
            ReceivedMs = row.Int64("received_ms"),
            EndedMs = row.Int64("ended_ms"),
            ClosedMs = row.Int64("closed_ms"),
            DueMs = row.Int64("due_ms"),
            NextMs = row.Int64("next_ms"),
            TakenMs = row.Int64("taken_ms"),
            LastStep = row.Int32("last_step"),
            Version = row.Int32("version"),
            Owner = row.Text("owner"),
            Cause = row.Text("cause"),
            Text = row.Text("words"),
            MergedInto = row.Text("merged_into"),
            County = row.Text("county"),
            Township = row.Text("township"),
            Village = row.Text("village"),
        };
    }

    public static CaseStep Step(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCaseStatements.StepColumns);
        return new CaseStep
        {
            Case = row.Text("case_id"),
            N = row.Int32("n"),
            Number = row.Int64("number"),
            Kind = (CaseStepKind)row.Int32("kind"),
            AtMs = row.Int64("at_ms"),
            TimeQuality = (UtcQuality)row.Int32("time_quality"),
            Zone = row.Int32("zone"),
            Value = row.Int64("value"),
            Detail = row.Int32("detail"),
            Level = row.Int32("level"),
            Withdrawn = row.Flag("withdrawn"),
            Source = row.Text("source"),
            Who = row.Text("who"),
            Words = row.Text("words"),
            Party = row.Text("party"),
        };
    }

    public static CaseAct Act(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCaseStatements.ActColumns);
        return new CaseAct
        {
            Number = row.Int64("number"),
            Kind = (CaseActKind)row.Int32("kind"),
            AtMs = row.Int64("at_ms"),
            Track = Track(row),
            Sequence = row.UInt32("sequence"),
            Level = (EscalationLevel)row.Int32("level"),
            Judgement = (CaseJudgement)row.Int32("judgement"),
            Grade = (CaseGrade)row.Int32("grade"),
            By = row.Text("by_name"),
            Cause = row.Text("cause"),
            Words = row.Text("words"),
            County = row.Text("county"),
            Township = row.Text("township"),
            Village = row.Text("village"),
            Value = row.Int64("value"),
            Party = row.Text("party"),
            Reference = row.Text("reference"),
        };
    }

    public static CalloutParty Party(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCaseStatements.PlanColumns);
        return new CalloutParty
        {
            Station = row.UInt32("station"),
            Ring = row.Int32("ring"),
            Neighbour = row.UInt32("neighbour"),
            WithinS = row.Int32("within_s"),
            Metres = row.Int32("metres"),
            Party = row.Text("party"),
            Telephone = row.Text("telephone"),
        };
    }

    public static CalloutRun Run(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlCaseStatements.RunColumns);
        return new CalloutRun(
            row.Text("case_id"), row.Int32("ring"), row.Int64("called_ms"), row.Int64("ring_ms"), row.Int32("within_s"),
            row.Flag("set_out"), row.Flag("late"));
    }

    private static CaseTrack Track(NamedRow row) => new(
        row.UInt32("station"), row.UInt32("epoch"), (Lane)row.Int32("lane"), (TrackKind)row.Int32("track"), row.UInt32("part"));

    public static PlaceFile Place(DbDataReader reader)
    {
        NamedRow row = new(reader, PlaceColumns);
        return new PlaceFile
        {
            Station = row.UInt32("station"),
            Sleeping = row.Int32("sleeping"),
            Address = row.Text("address"),
            Contact = row.Text("contact"),
            Telephone = row.Text("telephone"),
            Gas = row.Text("gas"),
            Keys = row.Text("keys"),
            Notes = row.Text("notes"),
            Longitude = row.Text("lon"),
            Latitude = row.Text("lat"),
            Datum = row.Text("datum"),
        };
    }
}
