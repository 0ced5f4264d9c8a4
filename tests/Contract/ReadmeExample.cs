// Owns: the example of shared/Contract/README.md, compiled and run; a test compares the two texts.
// Must never: hold anything between its marks that the README does not show.

using Gateway.Contract;

namespace Gateway.Tests.Wire;

/// <summary>What the example asks of a backend's own database.</summary>
public interface IMyStore
{
    Mac? KeyOf(uint station);

    SessionState SessionOf(uint station);

    void InsertOrIgnore(EventRecord record);

    (uint[] Held, uint Counter) Commit(MessageHeader head, Lane lane, uint after, uint last);
}

/// <summary>The open session of a station.</summary>
public sealed record SessionState(uint Epoch, uint Boot, uint Session, uint Counter);

// <readme>
public sealed class Receiver
{
    private readonly IMyStore _store;
    private readonly MessageHeader _head = new();
    private readonly EventRecord _record = new();
    private readonly byte[] _scratch = new byte[Mac.SignatureBytes];
    private readonly string[] _levels = new string[4];

    public Receiver(IMyStore store) => _store = store;

    /// <summary>Takes one message from a broker. Returns the answer for the station's down topic, or nothing.</summary>
    public byte[]? Take(string topic, byte[] payload)
    {
        if (Topics.ParseUp(topic, _levels, out uint station) != DecodeResult.Ok || _store.KeyOf(station) is not { } key)
        {
            return null; // Counted by a real backend, and shown.
        }

        DecodeResult result = _head.DecodeUp(payload, payload.Length);
        if (result == DecodeResult.Ok && !MessageHeader.Verify(key, payload, payload.Length, _scratch))
        {
            result = DecodeResult.WrongSignature;
        }

        if (result != DecodeResult.Ok || _head.Station != station || _head.Type != MessageType.Batch)
        {
            return null; // Hello, heartbeat and offline look the same: see CONTRACT.md, sections 5 and 6.
        }

        SessionState open = _store.SessionOf(station);
        if (SessionRule.Up(_head, open.Epoch, open.Boot, open.Session, open.Counter) != DecodeResult.Ok
            || Batch.Check(payload, payload.Length, _head, _record) != DecodeResult.Ok
            || _levels[3] != Topics.LeafOf(MessageType.Batch, Batch.LaneOf(payload)))
        {
            return null;
        }

        for (int i = 0; i < Batch.CountOf(payload); i++)
        {
            int at = Batch.RecordsAt + i * EventRecord.Size;
            _record.Decode(payload, at, payload.Length);
            _store.InsertOrIgnore(_record);
            Console.WriteLine($"{station} {_record.Sequence}: {Catalogue.Chinese.Name(_record.Kind)}, zone {_record.Zone}");
        }

        // One transaction: the records, "held", the counters. Only then the answer.
        (uint[] held, uint counter) = _store.Commit(_head, Batch.LaneOf(payload), Batch.AfterOf(payload), _record.Sequence);
        byte[] answer = new byte[ContractLimits.MessageBytesMax];
        MessageHeader down = new();
        down.AnswerTo(_head, MessageType.Held, counter, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        down.Encode(answer);
        int count = MessageHeader.Seal(key, answer, HeldThrough.Encode(answer, held));
        return answer.AsSpan(0, count).ToArray();
    }
}
// </readme>
