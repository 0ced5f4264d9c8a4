// Owns: whoever has a good key of another station, and says with it whatever he likes.
// Must never: sign with a key that he does not have.

using System.Text;
using Gateway.Contract;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>
/// Invents hellos, epochs, batches with gaps, loss records over them, fires and answers, wills and heartbeats; and tries the victim's
/// topics, and its number in records.
/// </summary>
public sealed class HostileStation(Rng rng, StationKey key, Topics own, uint station, Topics victims, uint victim)
{
    private readonly uint[] _last = new uint[Lanes.Count];
    private uint _epoch = 1;
    private uint _boot = 1;
    private uint _session;
    private uint _counter;

    public (string Topic, byte[] Payload) Next(long utcMs) => rng.Below(10) switch
    {
        0 => Hello(utcMs, another: true),
        1 => Hello(utcMs, another: false),
        2 => Beat(utcMs),
        3 => (own.Offline, Encoding.ASCII.GetBytes(Offline.ToText(Sealed(MessageType.Offline, MessageHeader.Size, utcMs)))),
        _ => Batch(utcMs),
    };

    private (string Topic, byte[] Payload) Hello(long utcMs, bool another)
    {
        if (another)
        {
            _epoch = (uint)rng.Next() | 1;
            _boot = 1;
            Array.Clear(_last);
        }
        else if (rng.OneIn(4))
        {
            _boot = rng.OneIn(2) ? uint.MaxValue : _boot + (uint)rng.Range(1, 1_000_000);
        }

        _session++;
        _counter = 0;
        Hello hello = new() { VersionMin = ContractLimits.VersionMin, VersionMax = ContractLimits.VersionMax, Firmware = "sim" };
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            hello.Last[lane] = Number();
            hello.Held[lane] = Number();
        }

        return (own.Hello, Sealed(MessageType.Hello, hello.Encode(_buffer), utcMs));
    }

    private (string Topic, byte[] Payload) Beat(long utcMs)
    {
        Heartbeat beat = new() { Conditions = ConditionBits.Fire, ZonesFire = (uint)rng.Next() };
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            beat.Last[lane] = Number();
            beat.Held[lane] = Number();
        }

        string topic = rng.OneIn(4) ? victims.Heartbeat : own.Heartbeat;
        return (topic, Sealed(MessageType.Heartbeat, beat.Encode(_buffer), utcMs));
    }

    private (string Topic, byte[] Payload) Batch(long utcMs)
    {
        Lane lane = (Lane)rng.Below(Lanes.Count);
        int count = rng.Range(1, ContractLimits.BatchRecordsMax);
        uint after = rng.OneIn(3) ? _last[(int)lane] + (uint)rng.Below(1_000) : _last[(int)lane];
        Contract.Batch.EncodeHead(_buffer, lane, count, after);
        uint sequence = after;
        bool lies = rng.OneIn(4);
        for (int i = 0; i < count; i++)
        {
            sequence += (uint)(rng.OneIn(2) ? rng.Range(1, 3) : rng.Range(1, 200));
            EventRecord record = Record(lane, sequence, utcMs);
            record.Station = lies ? victim : station;
            record.Encode(_buffer, Contract.Batch.RecordsAt + (i * EventRecord.Size));
        }

        _last[(int)lane] = rng.OneIn(5) ? _last[(int)lane] : sequence;
        string topic = rng.OneIn(6) ? victims.Up(lane) : own.Up(lane);
        return (topic, Sealed(MessageType.Batch, Contract.Batch.RecordsAt + (count * EventRecord.Size), utcMs));
    }

    private EventRecord Record(Lane lane, uint sequence, long utcMs)
    {
        EventKind any = (EventKind)rng.Range(1, 60_000);
        EventKind[] kinds =
        [
            EventKind.FireAlarm, EventKind.Acknowledged, EventKind.Reset, EventKind.Loss, EventKind.Fault, EventKind.CommandDone, any,
        ];
        return new EventRecord
        {
            LaneNumber = lane,
            Sequence = sequence,
            Kind = kinds[rng.Below(kinds.Length)],
            Epoch = _epoch,
            Boot = _boot,
            UptimeMs = rng.Below(1_000_000),
            UtcMs = rng.OneIn(3) ? 0 : utcMs,
            UtcQuality = (UtcQuality)rng.Below(2),
            Flags = rng.OneIn(3) ? EventFlags.Drill : EventFlags.None,
            Zone = rng.Range(1, 32),
            Value = rng.Range(0, 1_000),
            A = (int)Number(),
            B = (int)Number(),
        };
    }

    private readonly byte[] _buffer = new byte[ContractLimits.MessageBytesMax];

    private uint Number() => rng.OneIn(8) ? (uint)rng.Next() : (uint)rng.Below(5_000);

    private byte[] Sealed(MessageType type, int count, long utcMs)
    {
        MessageHeader head = new()
        {
            Version = ContractLimits.VersionMax,
            Type = type,
            Station = station,
            Epoch = _epoch,
            Boot = _boot,
            Session = _session,
            Counter = MessageTypes.Uncounted(type) ? 0 : ++_counter,
            UtcMs = utcMs,
            UptimeMs = rng.Below(1_000_000),
            UtcQuality = UtcQuality.Synchronised,
        };
        head.Encode(_buffer);
        return _buffer[..MessageHeader.Seal(key, _buffer, count)];
    }
}
