// Owns: flash whose files were bent or made up, and a start on them.
// Must never: accept numbers that go back, or a start without an identity.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>Inputs that are the files of a store: segments, journal, kept alarms, settings.</summary>
internal static class FuzzFiles
{
    /// <summary>Bends the files of a store that ran, and starts on them.</summary>
    public static string? Bent(Rng rng, byte[] buffer)
    {
        SimFlash flash = new(rng);
        LogPlan plan = new() { SegmentRecords = 4 };
        Array.Fill(plan.Segments, 3);
        Write(flash, plan, rng.Range(0, 40));
        int bends = rng.Range(1, 6);
        for (int i = 0; i < bends; i++)
        {
            flash.Bend(rng);
        }

        return Recover(flash, plan);
    }

    /// <summary>Starts on folders full of files that nobody wrote: noise, and good records that don't belong together.</summary>
    public static string? MadeUp(Rng rng, byte[] buffer)
    {
        SimFlash flash = new(rng);
        LogPlan plan = new() { SegmentRecords = 4 };
        Array.Fill(plan.Segments, 3);
        EventRecord record = new();
        for (int files = rng.Below(24); files > 0; files--)
        {
            int area = rng.Below(Limits.FlashAreas);
            int parts = rng.Below(9);
            int count = (parts * EventRecord.Size) + (rng.OneIn(3) ? rng.Below(60) : 0);
            byte[] file = FileOf(rng, (FlashArea)area, record, count);
            flash.Append((FlashArea)area, rng.OneIn(4) ? (int)rng.Next() : rng.Range(1, 40), file, 0, count);
        }

        SettingsErrors errors = new();
        new SettingsTrial(flash, SimBoard.Shape()).Choose(errors);
        return Recover(flash, plan);
    }

    private static byte[] FileOf(Rng rng, FlashArea area, EventRecord record, int count)
    {
        byte[] file = new byte[count];
        for (int at = 0; at < count; at++)
        {
            file[at] = (byte)(rng.OneIn(2) ? 0 : rng.Next());
        }

        for (int at = 0; at + EventRecord.Size <= count; at += EventRecord.Size)
        {
            if (rng.OneIn(4))
            {
                continue;
            }

            if (area == FlashArea.Journal)
            {
                file[at] = 1;
                file[at + 1] = (byte)rng.Below(Limits.JournalKeysMax + 1);
                Bytes.PutU32(file, at + EventRecord.Size - 4, Crc32.Of(file, at, EventRecord.Size - 4));
                continue;
            }

            record.Station = rng.OneIn(8) ? 8u : 7u;
            record.Epoch = 1 + (uint)rng.Below(2);
            record.Boot = (uint)rng.Next() >> rng.Below(32);
            record.Sequence = (uint)rng.Next() >> rng.Below(32);
            record.LaneNumber = rng.OneIn(4) ? (Lane)rng.Below(3) : (Lane)((int)area % 3);
            record.Kind = (EventKind)rng.Below(300);
            record.Zone = rng.Below(40);
            record.Encode(file, at);
        }

        return file;
    }

    private static string? Recover(SimFlash flash, LogPlan plan)
    {
        Journal journal = new(flash);
        journal.Recover();
        EventLog log = new(flash, journal, plan, new WallClock(), 7);
        log.Recover(99, new FireTail((uint)journal.Get(JournalKey.Panel, 0), 0, silenced: false, acknowledged: false), 0);
        byte[] into = new byte[ContractLimits.BatchRecordsMax * EventRecord.Size];
        log.Commit(new byte[ContractLimits.MessageBytesMax], Limits.SegmentRecordsMax, 0);
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            uint after = 0;
            int steps = 0;
            int read;
            while ((read = log.At(lane).Read(after, 4, into, 0)) > 0)
            {
                uint last = EventRecord.SequenceOf(into, (read - 1) * EventRecord.Size);
                if (last <= after || last > log.At(lane).Durable || ++steps > 200)
                {
                    return $"lane {(int)lane} reads {last} after {after}";
                }

                after = last;
            }
        }

        return log.Epoch == 0 || log.Boot == 0 ? "no identity" : null;
    }

    private static void Write(SimFlash flash, LogPlan plan, int events)
    {
        Journal journal = new(flash);
        journal.Recover();
        EventLog log = new(flash, journal, plan, new WallClock(), 7);
        log.Recover(5, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
        EventRecord record = new();
        byte[] work = new byte[ContractLimits.MessageBytesMax];
        for (int i = 0; i < events; i++)
        {
            record.Clear();
            record.Kind = (i % 3) switch { 0 => EventKind.FireAlarm, 1 => EventKind.Fault, _ => EventKind.Started };
            record.Zone = 1 + (i % 5);
            log.Add(record, i);
            log.Commit(work, Limits.SegmentRecordsMax, i);
        }
    }
}
