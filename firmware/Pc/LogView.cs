// Owns: `--log-status`: a look at the log of a gateway that does not run.
// Must never: write a byte; what it finds stays as it is.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Flash;

namespace Gateway.Pc;

/// <summary>The log as the next start would find it.</summary>
public static class LogView
{
    /// <summary>False when there is no log.</summary>
    public static bool Print(FlashPort flash, TextWriter output)
    {
        var still = new StillFlash(flash);
        var journal = new Journal(still);
        journal.Recover();
        if (!journal.Has(JournalKey.Identity))
        {
            return false;
        }

        uint station = (uint)journal.Get(JournalKey.Identity, (int)IdentityField.Station);
        var log = new EventLog(still, journal, LogPlan.For(flash.CapacityBytes()), new WallClock(), station);
        log.Recover(newEpoch: 1, new FireTail(0, 0, silenced: false, acknowledged: false), nowMs: 0);
        foreach (string line in LogReport.Lines(new LogStatus(log, flash.CapacityBytes())))
        {
            output.WriteLine(line);
        }

        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            (int records, long lost) = Losses(log, lane);
            if (records > 0)
            {
                output.WriteLine($"{Lanes.Name(lane)}: 丢失记录 {records}条，共缺{lost}个事件 loss records in flash report {lost} lost events");
            }
        }

        return true;
    }

    private static (int Records, long Lost) Losses(EventLog log, Lane lane)
    {
        var record = new EventRecord();
        var bytes = new byte[EventRecord.Size];
        uint after = log.At(lane).Oldest - 1;
        int records = 0;
        long lost = 0;
        while (log.At(lane).Read(after, 1, bytes, 0) == 1 && record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok)
        {
            after = record.Sequence;
            records += record.Kind == EventKind.Loss ? 1 : 0;
            lost += record.Kind == EventKind.Loss ? record.Value : 0;
        }

        return (records, lost);
    }
}
