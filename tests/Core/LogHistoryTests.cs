// Owns: what the log and the uplink say about what they hold: spans of losses, numbers of a new store, and a county that claims too much.
// Must never: reach into the log; it reads what the county would get.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;
using Gateway.Tests.Support;

namespace Gateway.Tests.PanelProperties;

public sealed class LogHistoryTests
{
    /// <summary>An outage in which the ring goes round many times: loss records are lost in their turn, over several starts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Loss_that_takes_over_lost_losses_spans_from_the_first_to_the_last(int starts)
    {
        LittleFlash flash = new(768, others: 20);
        LogPlan plan = new() { SegmentRecords = 8 };
        Array.Fill(plan.Segments, 3);
        Dictionary<uint, long> times = [];
        EventLog log = null!;
        long beganMs = 1795392000000;
        for (uint start = 1; start <= starts; start++)
        {
            Journal journal = new(flash);
            journal.Recover();
            WallClock clock = new();
            clock.Set(beganMs, 0);
            log = new EventLog(flash, journal, plan, clock, 1);
            log.Recover(7, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
            long nowMs = 0;
            for (int i = 0; i < 300; i++)
            {
                nowMs += 7_300;
                EventRecord record = log.Blank();
                record.Kind = EventKind.KeyPressed;
                log.Add(record, nowMs);
                times[log.At(Lane.Routine).Last] = beganMs + nowMs;
                for (int tick = 0; tick < 40; tick++)
                {
                    nowMs += Limits.TickMs;
                    uint before = log.At(Lane.Routine).Last;
                    log.Commit(nowMs);
                    if (log.At(Lane.Routine).Last > before)
                    {
                        times[log.At(Lane.Routine).Last] = beganMs + nowMs;
                    }

                    log.Tidy(0);
                }
            }

            beganMs += nowMs + 3_600_000;
        }

        byte[] bytes = new byte[EventRecord.Size];
        uint after = log.At(Lane.Routine).Oldest - 1;
        int takenOver = 0;
        EventRecord read = new();
        while (log.Read(Lane.Routine, after, 1, bytes, 0) == 1)
        {
            Assert.Equal(DecodeResult.Ok, read.Decode(bytes, 0, bytes.Length));
            after = read.Sequence;
            if (read.Kind != EventKind.Loss || read.Flags != EventFlags.None)
            {
                continue;
            }

            Assert.Equal((0, ZoneKind.None, 0, 0), (read.Zone, read.ZoneKind, read.OtherZone, read.Rule));
            long spanS = (times[(uint)read.B] - times[(uint)read.A]) / 1000;
            Assert.InRange(read.C, spanS, spanS + 60);
            takenOver += read.B - read.A > 20 ? 1 : 0;
        }

        Assert.True(takenOver > 1, "no loss record was lost in its turn");
    }

    [Fact]
    public void New_store_holds_nothing_before_its_first_write()
    {
        Scene scene = new("callpoint 1");
        LogStatus status = new(scene.Loop.Log, 256 * 1024);
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            Assert.Equal((0, 0), (status.InRing(lane), status.Pending(lane)));
        }

        Assert.All(LogReport.Lines(status), line => Assert.DoesNotContain("-", line, StringComparison.Ordinal));
    }

    /// <summary>A fire is on its way when the county claims to hold more than was ever sent.</summary>
    [Fact]
    public void Held_beyond_what_was_sent_is_refused_and_counted_and_the_fire_in_flight_is_sent_again_in_time()
    {
        Scene scene = new("callpoint 1");
        scene.Pass(5_000, everyTick: true);
        Uplink uplink = scene.Loop.Uplink;
        LaneLog fire = scene.Loop.Log.At(Lane.Fire);
        uint routine = scene.Loop.Log.At(Lane.Routine).Held;
        Assert.Equal(UplinkState.Online, uplink.State);
        scene.County.Answers = false;
        SceneSteps.Play(scene, "on1");
        Assert.True(fire.Durable > fire.Held);
        scene.County.Claim(Lane.Routine, 9999);
        scene.Pass(100, everyTick: true);
        Assert.Equal(1u, uplink.Refused);
        Assert.Equal(routine, scene.Loop.Log.At(Lane.Routine).Held);
        scene.County.Claim(Lane.Routine, routine);
        scene.Pass(100, everyTick: true);
        Assert.Equal(1u, uplink.Refused);
        scene.County.Answers = true;
        scene.Pass(Limits.AnswerMs, everyTick: true);
        Assert.Equal(fire.Durable, fire.Held);
        Assert.Equal(1u, uplink.Sessions);
    }

    /// <summary>What is sent again may reach into what still waits for its turn: the county holds that then, and may say so.</summary>
    [Fact]
    public void Range_sent_again_counts_as_sent_where_it_reaches_into_what_is_new()
    {
        Scene scene = new("callpoint 1");
        scene.Pass(5_000, everyTick: true);
        LaneLog routine = scene.Loop.Log.At(Lane.Routine);
        scene.County.Answers = false;
        scene.Pass(Limits.SecondMs, everyTick: true);
        uint held = routine.Held;
        for (int i = 0; i <= Limits.InFlightLesserMax; i++)
        {
            SceneSteps.Play(scene, "answer");
        }

        Assert.True(routine.Durable > held + Limits.InFlightLesserMax, "every record found a place in flight");
        scene.County.Ask(1, CommandCode.ReadLog, (int)Lane.Routine, 1, int.MaxValue);
        scene.Pass(2 * Limits.SecondMs, everyTick: true);
        scene.County.Claim(Lane.Routine, routine.Durable);
        scene.Pass(100, everyTick: true);
        Assert.Equal(0u, scene.Loop.Uplink.Refused);
        Assert.Equal(1u, scene.Loop.Uplink.Sessions);
        Assert.True(routine.Held > held + Limits.InFlightLesserMax, $"the county's word counts for nothing: held {routine.Held}");
    }

    /// <summary>Which refuse ends the session of a gateway that was welcomed.</summary>
    [Theory]
    [InlineData(DecodeResult.WrongSession, true)]
    [InlineData(DecodeResult.OutOfRange, true)]
    [InlineData((DecodeResult)200, true)]
    [InlineData(DecodeResult.Replayed, false)]
    [InlineData(DecodeResult.Ok, false)]
    public void Refuse_ends_the_session_but_for_a_repeated_hello_and_one_that_can_not_be_read(DecodeResult reason, bool ends)
    {
        Scene scene = new("callpoint 1");
        scene.Pass(5_000, everyTick: true);
        Uplink uplink = scene.Loop.Uplink;
        Assert.Equal(UplinkState.Online, uplink.State);
        scene.County.Refusal = new Refuse { Reason = reason, VersionMin = 1, VersionMax = 1 };
        scene.Pass(5_000, everyTick: true);
        Assert.Equal(UplinkState.Online, uplink.State);
        Assert.Equal((ends ? 2u : 1u, 1u), (uplink.Sessions, uplink.Refused));
    }

    [Fact]
    public void New_epoch_gives_out_what_the_county_does_not_hold_and_nothing_that_it_holds()
    {
        LittleFlash flash = new(768, others: 20);
        LogPlan plan = new() { SegmentRecords = 8 };
        Array.Fill(plan.Segments, 3);
        Journal journal = new(flash);
        journal.Recover();
        EventLog log = new(flash, journal, plan, new WallClock(), 1);
        log.Recover(7, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
        Assert.True(log.Meet(new uint[Lanes.Count], 0));
        Fires(log, 4);
        log.SetHeld(Lane.Fire, 4, 0);
        log.RaiseBoot(uint.MaxValue - 9, 0);
        Fires(log, 2);
        log.GiveUpBoot(5, 0);
        log.Commit(0);
        uint epoch = log.Epoch;
        Assert.NotEqual(7u, epoch);
        Assert.Equal(Limits.BootBeforeEpoch + 1, log.Boot);
        for (int start = 0; start < 3; start++)
        {
            Assert.True(log.Meet(new uint[Lanes.Count], 0));
            Assert.True(log.Reconcile(Lane.Fire, 0, 0));
            log.Commit(0);
            List<EventRecord> records = Given(log);
            Assert.Equal([5u, 6u, 7u], records.Take(3).Select(r => r.Sequence));
            Assert.All(records, r => Assert.Equal(epoch, r.Epoch));
            Assert.All(records, r => Assert.InRange(r.Boot, 1u, Limits.BootBeforeEpoch + 1 + (uint)start));
            Assert.True(records[2].Boot >= records[0].Boot);
            EventRecord loss = records[2];
            Assert.Equal((EventKind.Loss, 4, 1, 4, EventFlags.HeldBefore), (loss.Kind, loss.Value, loss.A, loss.B, loss.Flags));
            journal = new Journal(flash);
            journal.Recover();
            log = new EventLog(flash, journal, plan, new WallClock(), 1);
            log.Recover(8, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
            Assert.Equal((epoch, Limits.BootBeforeEpoch + 2 + (uint)start), (log.Epoch, log.Boot));
        }
    }

    private static void Fires(EventLog log, int count)
    {
        for (int i = 0; i < count; i++)
        {
            EventRecord record = log.Blank();
            record.Kind = EventKind.FireAlarm;
            record.LaneNumber = Lane.Fire;
            record.Zone = 1;
            log.Add(record, 0);
            log.Commit(0);
        }
    }

    /// <summary>All that the fire lane gives the county; a reader may have to go on for some reads before it gives the next.</summary>
    internal static List<EventRecord> Given(EventLog log)
    {
        List<EventRecord> records = [];
        byte[] bytes = new byte[EventRecord.Size];
        uint after = 0;
        for (int tries = 0; tries < 100; tries++)
        {
            if (log.Read(Lane.Fire, after, 1, bytes, 0) == 1)
            {
                EventRecord record = new();
                Assert.Equal(DecodeResult.Ok, record.Decode(bytes, 0, bytes.Length));
                records.Add(record);
                after = record.Sequence;
                tries = 0;
            }
        }

        return records;
    }

    [Fact]
    public void Largest_boot_number_stays_over_a_start()
    {
        LittleFlash flash = new(768, others: 20);
        LogPlan plan = new() { SegmentRecords = 8 };
        Array.Fill(plan.Segments, 3);
        for (int start = 0; start < 3; start++)
        {
            Journal journal = new(flash);
            journal.Recover();
            EventLog log = new(flash, journal, plan, new WallClock(), 1);
            log.Recover(7, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
            Assert.Equal(start == 0 ? 1u : uint.MaxValue, log.Boot);
            log.RaiseBoot(uint.MaxValue, 0);
            log.Commit(0);
        }
    }
}
