// Owns: the decision whether a message may come in: topic, station, signature, then body.
// Must never: read a body before the signature, keep anything of a refused message, or throw on input.

using System.Collections.Frozen;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>Checks messages against the registered stations. Safe for any number of threads.</summary>
public sealed class Gate
{
    private const int LeafAt = 3;
    private volatile FrozenDictionary<uint, StationRegistration> _stations = FrozenDictionary<uint, StationRegistration>.Empty;

    /// <summary>The stations that may speak from now on.</summary>
    public void Admit(IEnumerable<StationRegistration> stations) => _stations = stations.ToFrozenDictionary(s => s.Station);

    public StationRegistration? Find(uint station) => _stations.GetValueOrDefault(station);

    /// <summary>Checks one message up.</summary>
    /// <param name="topic">As received.</param>
    /// <param name="payload">As received; not changed.</param>
    /// <param name="nowMs">The county's clock, ms since 1970 UTC.</param>
    /// <param name="message">The message, when the answer is Ok.</param>
    /// <param name="claimed">The registered station that the topic names, or 0; for the counters.</param>
    /// <returns>A <see cref="DecodeResult"/>.</returns>
    public int Open(string topic, byte[] payload, long nowMs, out SignedMessage? message, out uint claimed)
    {
        ArgumentNullException.ThrowIfNull(payload);
        message = null;
        claimed = 0;
        string[] levels = new string[LeafAt + 1];
        int result = Topics.ParseUp(topic, levels, out uint number);
        if (result != DecodeResult.Ok)
        {
            return result;
        }

        StationRegistration? station = Find(number);
        if (station is null)
        {
            return DecodeResult.UnknownStation;
        }

        claimed = number;
        if (levels[0] != station.County || levels[1] != station.Township || levels[2] != station.Village)
        {
            return DecodeResult.WrongTopic;
        }

        if (payload.Length > CountyLimits.PayloadBytesMax)
        {
            return DecodeResult.TooLong;
        }

        return OpenFrom(station, levels[LeafAt], payload, nowMs, out message);
    }

    private static int OpenFrom(StationRegistration station, string leaf, byte[] payload, long nowMs, out SignedMessage? message)
    {
        message = null;
        byte[] bytes = payload;
        if (leaf == Topics.LeafOffline && !HasMagic(payload))
        {
            // A will travels as text, since the device's client takes its will as a string.
            bytes = new byte[Offline.MessageBytes];
            int text = Offline.FromText(payload, payload.Length, bytes);
            if (text != DecodeResult.Ok)
            {
                return text;
            }
        }

        MessageHeader header = new();
        int result = header.DecodeUp(bytes, bytes.Length);
        if (result != DecodeResult.Ok)
        {
            return result;
        }

        if (header.Station != station.Station)
        {
            return DecodeResult.WrongStation;
        }

        if (!MessageHeader.Verify(station.Key, bytes, bytes.Length, new byte[Mac.SignatureBytes]))
        {
            return DecodeResult.WrongSignature;
        }

        return OpenBody(station, leaf, bytes, header, nowMs, out message);
    }

    private static int OpenBody(
        StationRegistration station, string leaf, byte[] bytes, MessageHeader header, long nowMs, out SignedMessage? message)
    {
        message = null;
        if (header.Type != MessageType.Batch && Topics.LeafOf(header.Type, 0) != leaf)
        {
            return DecodeResult.WrongTopic;
        }

        int result;
        switch (header.Type)
        {
            case MessageType.Hello:
                Hello hello = new();
                result = hello.Decode(bytes, bytes.Length);
                message = new SignedMessage(station, header, nowMs) { Hello = hello };
                break;
            case MessageType.Heartbeat:
                Heartbeat heartbeat = new();
                result = heartbeat.Decode(bytes, bytes.Length);
                message = new SignedMessage(station, header, nowMs) { Heartbeat = heartbeat };
                break;
            case MessageType.Batch:
                result = OpenBatch(station, leaf, bytes, header, nowMs, out message);
                break;
            default:
                result = bytes.Length == MessageHeader.Size + Mac.SignatureBytes ? DecodeResult.Ok : DecodeResult.TooLong;
                message = new SignedMessage(station, header, nowMs);
                break;
        }

        if (result != DecodeResult.Ok)
        {
            message = null;
        }

        return result;
    }

    private static int OpenBatch(
        StationRegistration station, string leaf, byte[] bytes, MessageHeader header, long nowMs, out SignedMessage? message)
    {
        message = null;
        int result = Batch.Check(bytes, bytes.Length, header, new EventRecord());
        if (result != DecodeResult.Ok)
        {
            return result;
        }

        int lane = Batch.LaneOf(bytes);
        if (Topics.LeafOf(MessageType.Batch, lane) != leaf)
        {
            return DecodeResult.WrongTopic;
        }

        StoredEvent[] events = new StoredEvent[Batch.CountOf(bytes)];
        for (int i = 0; i < events.Length; i++)
        {
            int at = Batch.RecordsAt + i * EventRecord.Size;
            EventRecord record = new();
            record.Decode(bytes, at, bytes.Length);
            events[i] = new StoredEvent
            {
                Record = record,
                Raw = bytes.AsSpan(at, EventRecord.Size).ToArray(),
                County = station.County,
                Township = station.Township,
                Village = station.Village,
                ReceivedMs = nowMs,
            };
        }

        message = new SignedMessage(station, header, nowMs) { Batch = new BatchBody(lane, Batch.AfterOf(bytes), events) };
        return DecodeResult.Ok;
    }

    private static bool HasMagic(byte[] payload) => payload.Length >= 2 && Bytes.U16(payload, 0) == MessageHeader.Magic;
}
