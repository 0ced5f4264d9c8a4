// Owns: what a full fire lane kept and the power tore: no torn end stops what stands before it or behind it.
// Must never: look at files that a whole write left; the simulator cuts those.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed class KeptAlarmTests
{
    private const int Zones = 4;

    /// <summary>So many bytes of one more record lie behind the kept ones, in a lane whose oldest segments are gone.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(EventRecord.Size - 1)]
    public void Torn_end_of_kept_alarms_stops_nothing(int bytes)
    {
        CutFlash flash = new();
        EventLog log = Started(flash);
        Raise(log, 40);
        LaneLog fire = log.At(Lane.Fire);
        Assert.Equal(Zones, fire.Kept);
        Assert.True(fire.Oldest < fire.OldestInRing);
        int[] files = new int[4];
        Assert.Equal(1, flash.List(FlashArea.Kept, files));
        byte[] torn = new byte[EventRecord.Size];
        Assert.Equal(EventRecord.Size, flash.Read(FlashArea.Kept, files[0], 0, torn, 0, EventRecord.Size));
        Assert.True(flash.Append(FlashArea.Kept, files[0], torn, 0, bytes));

        log = Started(flash);
        uint last = log.At(Lane.Fire).Last;
        AssertAllCome(log, last);

        // And room is made as before, with the torn file still there.
        Raise(log, 40);
        AssertAllCome(log, log.At(Lane.Fire).Last);
        Assert.Equal(Zones, log.At(Lane.Fire).Kept);
    }

    private static void AssertAllCome(EventLog log, uint last)
    {
        List<EventRecord> given = LogHistoryTests.Given(log);
        Assert.Equal([1, 2, 3, 4], given.Take(Zones).Select(r => r.Zone));
        Assert.Equal(last, given[^1].Sequence);
        LaneLog fire = log.At(Lane.Fire);
        Assert.Equal(fire.Last - fire.OldestInRing + 1, (uint)given.Count(r => r.Sequence >= fire.OldestInRing));
    }

    private static EventLog Started(FlashPort flash)
    {
        Journal journal = new(flash);
        journal.Recover();
        LogPlan plan = new() { SegmentRecords = 8 };
        Array.Fill(plan.Segments, 3);
        EventLog log = new(flash, journal, plan, new WallClock(), 1);
        log.Recover(7, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
        Assert.True(log.Meet(new uint[Lanes.Count], 0));
        log.Commit(0);
        return log;
    }

    private static void Raise(EventLog log, int count)
    {
        for (int i = 0; i < count; i++)
        {
            EventRecord record = log.Blank();
            record.Kind = EventKind.FireAlarm;
            record.Zone = (i % Zones) + 1;
            log.Add(record, 0);
            for (int tick = 0; tick < 20 && (tick == 0 || log.Waiting); tick++)
            {
                log.Commit(0);
            }
        }
    }
}
