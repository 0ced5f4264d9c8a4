// Owns: the event log on the PC's files, with its writes counted.
// Must never: hand the log a store other than the one that gateway-pc runs on.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Flash;
using Gateway.Tests.Support;

namespace Gateway.Tests.Benchmarks.Log;

/// <summary>A third of the events in each lane; the plan has room for all, so that nothing is given up.</summary>
internal sealed class LogUnderTest
{
    private readonly CountedFlash _flash;
    private readonly LogPlan _plan = new() { SegmentRecords = Limits.SegmentRecordsMax };
    private readonly EventKind[] _kinds = [EventKind.FireAlarm, EventKind.Fault, EventKind.KeyPressed];
    private EventLog _log;
    private int _groups;

    public LogUnderTest(string folder)
    {
        _flash = new CountedFlash(new PcFlash(folder));
        Array.Fill(_plan.Segments, 600);
        _log = Start();
    }

    public int Closes => _flash.Closes;

    public long Bytes => _flash.Bytes;

    public void Append(int events, int group)
    {
        for (int i = 0; i < events; i += group)
        {
            for (int k = 0; k < group; k++)
            {
                EventRecord record = _log.Blank();
                record.Kind = _kinds[_groups % _kinds.Length];
                record.Zone = 1 + (k % Limits.ZonesMax);
                _log.Add(record, _groups);
            }

            _log.Commit(_groups);
            _groups++;
        }
    }

    public void Recover()
    {
        _log = Start();
    }

    /// <summary>Every record with its checksum checked, as it is read to be sent; how many of the events came.</summary>
    public int ReadAll()
    {
        EventLog log = Start();
        byte[] batch = new byte[ContractLimits.BatchRecordsMax * EventRecord.Size];
        int events = 0;
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            uint after = 0;
            int records;
            while ((records = log.At(lane).Read(after, ContractLimits.BatchRecordsMax, batch, 0)) > 0)
            {
                after = EventRecord.SequenceOf(batch, (records - 1) * EventRecord.Size);
                events += records;
            }
        }

        return events;
    }

    private EventLog Start()
    {
        Journal journal = new(_flash);
        journal.Recover();
        EventLog log = new(_flash, journal, _plan, new WallClock(), station: 1);
        log.Recover(7, new FireTail(0, 0, silenced: false, acknowledged: false), 0);
        return log;
    }
}

/// <summary>Counts appends, each of which is a file closed, and their bytes.</summary>
internal sealed class CountedFlash(PcFlash flash) : FlashPort
{
    public int Closes { get; private set; }

    public long Bytes { get; private set; }

    public override int CapacityBytes() => flash.CapacityBytes();

    public override int List(FlashArea area, int[] numbers) => flash.List(area, numbers);

    public override int Length(FlashArea area, int number) => flash.Length(area, number);

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count) =>
        flash.Read(area, number, at, into, intoAt, count);

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        Closes++;
        Bytes += count;
        return flash.Append(area, number, data, at, count);
    }

    public override bool Delete(FlashArea area, int number) => flash.Delete(area, number);
}
