// Owns: that a full log and everything beside it fit each partition, by the file system's own rules.
// Must never: take the plan's word for what a file costs.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed class LogPlanTests
{
    private const int KiB = 1024;

    [Theory]
    [InlineData(256 * KiB, 50, new[] { 4, 5, 4 })]
    [InlineData(2048 * KiB, 71, new[] { 116, 156, 117 })]
    [InlineData(3072 * KiB, 79, new[] { 186, 239, 186 })]
    public void Plan_of_a_partition_is_the_one_that_its_comment_says(int bytes, int beside, int[] segments)
    {
        Assert.Equal(beside, LogPlan.BlocksBeside(bytes));
        Assert.Equal(segments, LogPlan.For(bytes).Segments);
        Assert.InRange(LogPlan.For(bytes).BlocksWhenFull(bytes), 1, bytes / LogPlan.BlockBytes);
    }

    /// <summary>Sizes at which a file of littlefs needs one block more.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(8188, 2)]
    [InlineData(8189, 3)]
    [InlineData(12276, 3)]
    [InlineData(12277, 4)]
    [InlineData(16400, 5)]
    public void File_takes_the_blocks_that_its_pointers_leave(int bytes, int blocks)
    {
        Assert.Equal(blocks, LogPlan.BlocksOf(bytes));
    }

    [Theory]
    [InlineData(256 * KiB)]
    [InlineData(2048 * KiB)]
    [InlineData(3072 * KiB)]
    public void Full_log_fits_beside_settings_kept_alarms_and_the_leftovers_of_cuts(int bytes)
    {
        int blocks = bytes / LogPlan.BlockBytes;
        int text = LogPlan.BlocksOf(LogPlan.SettingsBytes(bytes) + 16);
        int free = Math.Max(4, blocks / 32);
        LittleFlash flash = new(blocks, others: 4 + text + 4 + 8);
        FillSettings(flash, LogPlan.SettingsBytes(bytes));
        LogPlan plan = LogPlan.For(bytes);
        int day = plan.SegmentRecords * (plan.Segments.Max() + 3);
        for (uint start = 1; start <= 3; start++)
        {
            // Each start finds what a cut between an append and a delete has left, and cuts again in the same way.
            EventLog log = Start(flash, plan, start);
            for (int i = 0; i < day; i++)
            {
                flash.RefuseDeletes = i == day - 1 ? 99 : 0;
                Tick(log, i);
            }

            flash.RefuseDeletes = 0;
        }

        Assert.Equal(0, flash.Full);
        Assert.InRange(flash.Peak, blocks * 3 / 4, blocks - free);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes / KiB} KiB: {flash.Peak} of {blocks} blocks at most, {free} kept free");
    }

    [Fact]
    public void Smaller_plan_frees_what_is_held_and_reports_the_rest()
    {
        LittleFlash flash = new(768, others: 20);
        LogPlan large = Small(12);
        EventLog log = Start(flash, large, 1);
        for (int i = 0; i < 12 * 8; i++)
        {
            Tick(log, i);
        }

        Assert.True(log.Meet(new uint[Lanes.Count], 0));
        LaneLog routine = log.At(Lane.Routine);
        uint held = routine.Last / 2;
        log.SetHeld(Lane.Routine, held, 0);
        log.SetHeld(Lane.Condition, log.At(Lane.Condition).Last, 0);
        Assert.True(log.At(Lane.Fire).Segments > 10);

        // The cursor is written with the first segment that goes, or by time.
        log.Tidy(Limits.CursorSaveMs);
        uint firstFire = log.At(Lane.Fire).Oldest;
        uint last = routine.Last;
        EventLog smaller = Start(flash, Small(3), 2);
        Assert.False(smaller.InMemory);
        Tick(smaller, 0);
        for (int i = 1; i < 500; i++)
        {
            // The account of what goes is given in quiet ticks.
            smaller.Tidy(0);
            smaller.Commit(i * Limits.TickMs);
        }

        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            Assert.InRange(smaller.At(lane).Segments, 1, 3);
        }

        Assert.Equal(firstFire, smaller.At(Lane.Fire).Oldest);
        Assert.True(smaller.At(Lane.Fire).Kept > 0);
        Assert.Empty(Losses(smaller, Lane.Condition));
        List<EventRecord> losses = Losses(smaller, Lane.Routine);
        Assert.Equal(held + 1, (uint)losses[0].A);
        Assert.All(losses, loss => Assert.Equal(EventFlags.None, loss.Flags & EventFlags.Damage));
        Assert.Equal(smaller.At(Lane.Routine).Oldest - held - 1, (uint)losses.Sum(loss => loss.Value));
        Assert.True(smaller.At(Lane.Routine).Last > last);
    }

    [Fact]
    public void Folder_that_cannot_be_listed_is_no_new_store()
    {
        LittleFlash flash = new(768, others: 20);
        EventLog log = Start(flash, Small(4), 1);
        Tick(log, 0);
        uint last = log.At(Lane.Fire).Last;
        uint epoch = log.Epoch;
        flash.ListFails = true;
        EventLog blind = Start(flash, Small(4), 2);
        Assert.True(blind.InMemory);
        Assert.NotEqual(epoch, blind.Epoch);
        SettingsErrors errors = new();
        Assert.Null(new SettingsTrial(flash, Device.SceneBoard.Shape()).Choose(errors));
        Assert.Equal(SettingsReason.Damaged, errors.Reason(0));
        flash.ListFails = false;
        EventLog again = Start(flash, Small(4), 3);
        Assert.Equal((epoch, last), (again.Epoch, again.At(Lane.Fire).Last));
    }

    private static LogPlan Small(int segments)
    {
        LogPlan plan = new() { SegmentRecords = 8 };
        Array.Fill(plan.Segments, segments);
        return plan;
    }

    private static EventLog Start(LittleFlash flash, LogPlan plan, uint boot)
    {
        Journal journal = new(flash);
        journal.Recover();
        EventLog log = new(flash, journal, plan, new WallClock(), station: 1);
        log.Recover(100 + boot, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
        return log;
    }

    private static void Tick(EventLog log, int i)
    {
        EventRecord record = new();
        foreach (EventKind kind in new[] { EventKind.FireAlarm, EventKind.Fault, EventKind.KeyPressed })
        {
            record.Clear();
            record.Kind = kind;
            record.Zone = 1 + (i % Limits.ZonesMax);
            log.Add(record, i * 1000L);
        }

        log.Commit(i * 1000L);
    }

    private static List<EventRecord> Losses(EventLog log, Lane lane)
    {
        List<EventRecord> found = [];
        byte[] bytes = new byte[EventRecord.Size];
        uint after = log.At(lane).Oldest - 1;
        while (log.Read(lane, after, 1, bytes, 0) == 1)
        {
            EventRecord record = new();
            Assert.Equal(DecodeResult.Ok, record.Decode(bytes, 0, bytes.Length));
            after = record.Sequence;
            if (record.Kind == EventKind.Loss)
            {
                found.Add(record);
            }
        }

        return found;
    }

    /// <summary>Two texts of the largest size with all their marks.</summary>
    private static void FillSettings(LittleFlash flash, int bytes)
    {
        byte[] text = new byte[bytes];
        SettingsStore store = new(flash);
        int keep = 0;
        for (int i = 0; i < 2; i++)
        {
            store.Find();
            int number = store.Begin(bytes, Crc32.Of(text, 0, bytes), keep);
            Assert.True(store.Add(number, text, 0, bytes));
            for (SettingsMark mark = SettingsMark.CountyWants; mark <= SettingsMark.Failed; mark++)
            {
                Assert.True(store.Mark(number, mark));
            }

            keep = number;
        }
    }
}
