// Owns: the decision whether a message may come in: topic, head, signature, topic against head, then body.
// Must never: read a body before the signature, let an unsigned message be answered, or throw on input.

using System.Collections.Frozen;
using Gateway.Contract;

namespace Gateway.County;

/// <summary>Checks messages against the registered stations, in the contract's order. Safe for any number of threads.</summary>
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
    /// <param name="message">
    /// The message, when the answer is Ok; its <see cref="SignedMessage.Content"/> may still be refused. Null with Ok: nothing to do, a
    /// leaf of a newer gateway.
    /// </param>
    /// <param name="claimed">The registered station that the topic names, or 0; for the counters.</param>
    /// <returns>A <see cref="DecodeResult"/>.</returns>
    public DecodeResult Open(string topic, byte[] payload, long nowMs, out SignedMessage? message, out uint claimed) =>
        Open(topic, payload, nowMs, nowMs, out message, out claimed);

    /// <summary>As the other, with the time by a clock that is trusted: it alone ends an old key.</summary>
    internal DecodeResult Open(string topic, byte[] payload, long nowMs, long trustedMs, out SignedMessage? message, out uint claimed)
    {
        ArgumentNullException.ThrowIfNull(payload);
        message = null;
        claimed = 0;
        string[] levels = new string[LeafAt + 1];
        DecodeResult result = Topics.ParseUp(topic, levels, out uint number);
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

        return Known(levels[LeafAt]) ? OpenFrom(station, topic, levels[LeafAt], payload, nowMs, trustedMs, out message) : DecodeResult.Ok;
    }

    private static bool Known(string leaf) =>
        leaf is Topics.LeafHello or Topics.LeafHeartbeat or Topics.LeafOffline or Topics.LeafNames || Lanes.Parse(leaf) != Lane.None;

    private DecodeResult OpenFrom(
        StationRegistration station, string topic, string leaf, byte[] payload, long nowMs, long trustedMs, out SignedMessage? message)
    {
        message = null;
        byte[] bytes = payload;
        if (leaf == Topics.LeafOffline)
        {
            // A will travels as text and as nothing else, since the device's client takes its will as a string.
            bytes = new byte[Offline.MessageBytes];
            DecodeResult text = Offline.FromText(payload, payload.Length, bytes);
            if (text != DecodeResult.Ok)
            {
                return text;
            }
        }

        MessageHeader header = new();
        DecodeResult head = header.DecodeUp(bytes, bytes.Length);
        if (head != DecodeResult.Ok && !Answerable(head, header))
        {
            return head;
        }

        if (Find(header.Station) is not { } signer)
        {
            return DecodeResult.UnknownStation;
        }

        if (KeyOf(signer, bytes, trustedMs) is not { } key)
        {
            return head == DecodeResult.Ok ? DecodeResult.WrongSignature : head;
        }

        if (signer != station)
        {
            return DecodeResult.WrongStation;
        }

        if (!Fits(leaf, header, bytes))
        {
            return DecodeResult.WrongTopic;
        }

        SignedMessage opened = new(station, key, header, topic, nowMs) { Content = head };
        DecodeResult result = head == DecodeResult.Ok ? OpenBody(opened, bytes) : DecodeResult.Ok;
        message = result == DecodeResult.Ok ? opened : null;
        return result;
    }

    /// <summary>The key that signed the message: the station's, or the one that takes its place; null = neither.</summary>
    private static StationKey? KeyOf(StationRegistration station, byte[] bytes, long nowMs)
    {
        byte[] scratch = new byte[Mac.SignatureBytes];
        bool ended = station.OldKeyUntilMs != 0 && nowMs >= station.OldKeyUntilMs;
        if (!ended && MessageHeader.Verify(station.Key, bytes, bytes.Length, scratch))
        {
            return station.Key;
        }

        return station.NextKey is { } next && MessageHeader.Verify(next, bytes, bytes.Length, scratch) ? next : null;
    }

    /// <summary>
    /// A head that is refused but names a session can be told so, if it is signed: its gateway may speak another version.
    /// </summary>
    private static bool Answerable(DecodeResult head, MessageHeader h) =>
        head is DecodeResult.WrongVersion or DecodeResult.OutOfRange or DecodeResult.ReservedNotZero
        && MessageTypes.Known(h.Type, down: false) && h.Station != 0 && h.Epoch != 0 && h.Boot != 0 && h.Session != 0;

    /// <summary>
    /// Whether the leaf is the type's, and of a batch its lane's. A batch without a lane, with one that there is not, or in a version that
    /// was not agreed may stand on any lane's leaf: it is refused for that.
    /// </summary>
    private static bool Fits(string leaf, MessageHeader header, byte[] bytes)
    {
        Lane lane = Lane.Fire;
        if (header.Type == MessageType.Batch)
        {
            bool told = header.Version is >= ContractLimits.VersionMin and <= ContractLimits.VersionMax
                && bytes.Length - Mac.SignatureBytes > MessageHeader.Size && (int)Batch.LaneOf(bytes) < Lanes.Count;
            lane = told ? Batch.LaneOf(bytes) : Lanes.Parse(leaf);
        }

        return lane != Lane.None && Topics.LeafOf(header.Type, lane) == leaf;
    }

    /// <summary>
    /// Only WrongStation is returned: what else is wrong with a signed body becomes the message's content, since it is answered.
    /// </summary>
    private static DecodeResult OpenBody(SignedMessage opened, byte[] bytes)
    {
        MessageHeader header = opened.Header;
        switch (header.Type)
        {
            case MessageType.Batch:
                return OpenBatch(opened, bytes);
            case MessageType.Hello:
                Hello hello = new();
                opened.Content = hello.Decode(bytes, bytes.Length);
                opened.Hello = opened.Content == DecodeResult.Ok ? hello : null;
                break;
            case MessageType.Heartbeat:
                Heartbeat heartbeat = new();
                opened.Content = heartbeat.Decode(bytes, bytes.Length);
                opened.Heartbeat = opened.Content == DecodeResult.Ok ? heartbeat : null;
                break;
            case MessageType.Names:
                NamesPart part = new();
                opened.Content = part.Decode(bytes, bytes.Length);
                opened.Names = opened.Content != DecodeResult.Ok ? null : new NamesRow(
                    header.Station, part.SettingsCrc, part.Part, part.Last, bytes[NamesPart.PlacesAt..^Mac.SignatureBytes]);
                break;
            default:
                // A will has no body, and its text leaves room for none.
                break;
        }

        return DecodeResult.Ok;
    }

    private static DecodeResult OpenBatch(SignedMessage opened, byte[] bytes)
    {
        DecodeResult content = Batch.Check(bytes, bytes.Length, opened.Header, new EventRecord());
        if (content == DecodeResult.WrongStation)
        {
            return content;
        }

        opened.Content = content;
        if (content == DecodeResult.Ok)
        {
            opened.Batch = new BatchBody(Batch.LaneOf(bytes), Batch.AfterOf(bytes), Records(opened, bytes));
        }

        return DecodeResult.Ok;
    }

    private static StoredEvent[] Records(SignedMessage opened, byte[] bytes)
    {
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
                County = opened.From.County,
                Township = opened.From.Township,
                Village = opened.From.Village,
                ReceivedMs = opened.ReceivedMs,
            };
        }

        return events;
    }
}
