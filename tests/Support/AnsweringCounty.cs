// Owns: a broker and a county at the seam of the gateway's link, in this process.
// Must never: take what a real county would refuse.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.Support;

/// <summary>A link on which what comes down waits in turn.</summary>
internal abstract class QueuedLink : LinkPort
{
    protected Queue<byte[]> Down { get; } = new();

    public override int Receive(byte[] into)
    {
        if (!Down.TryDequeue(out byte[]? message))
        {
            return 0;
        }

        message.CopyTo(into, 0);
        return message.Length;
    }
}

/// <summary>A broker and county in one: answers a hello with what it holds, and each batch with what it holds then.</summary>
internal class AnsweringCounty(Mac mac) : QueuedLink
{
    private readonly uint[] _held = new uint[Lanes.Count];
    private LinkState _state = LinkState.Idle;
    private uint _counter;
    private uint _epoch;

    /// <summary>False: takes messages and says nothing.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Milliseconds since the county's clock showed 2027-01-15 08:00 UTC; without it that clock stands still.</summary>
    public Func<long> SinceMs { get; set; } = () => 0;

    /// <summary>Whether the broker of each path lets in.</summary>
    public bool[] Reachable { get; } = [true, true];

    /// <summary>The broker of each attempt.</summary>
    public List<int> Paths { get; } = [];

    /// <summary>A hello of an earlier start looks like one sent again, and is answered with this number to take.</summary>
    public uint BootAtLeast { get; set; }

    /// <summary>Somebody with the key has stored a fire under this number.</summary>
    public void Store(uint fire) => _held[(int)Lane.Fire] = fire;

    /// <summary>A hello of a higher start is refused as one that cannot be; 0 = any is taken.</summary>
    public uint BootMost { get; set; }

    /// <summary>The records that it has taken, as sent.</summary>
    public IList<EventRecord> Taken { get; } = [];

    /// <summary>The broker throws the connection out.</summary>
    public void Cut() => _state = LinkState.Failed;

    public override LinkState State() => _state;

    public override void Open(int path, string will)
    {
        Paths.Add(path);
        _state = Reachable[path] ? LinkState.Open : LinkState.Failed;
        _counter = 0;
    }

    public override void Close()
    {
        _state = LinkState.Idle;
        Down.Clear();
    }

    public override bool Send(LinkLeaf leaf, byte[] message, int count)
    {
        var head = new MessageHeader();
        var scratch = new byte[Mac.SignatureBytes];
        if (head.DecodeUp(message, count) != DecodeResult.Ok || !MessageHeader.Verify(mac, message, count, scratch))
        {
            throw new InvalidOperationException("a message that a county would refuse");
        }

        if (Answers)
        {
            Answer(head, message, count);
        }

        return true;
    }

    private void Answer(MessageHeader up, byte[] message, int count)
    {
        if (up.Type == MessageType.Batch)
        {
            var first = new EventRecord();
            if (Batch.Check(message, count, up, first) != DecodeResult.Ok)
            {
                throw new InvalidOperationException("a batch that a county would refuse");
            }

            for (int at = Batch.RecordsAt; at < count - Mac.SignatureBytes; at += EventRecord.Size)
            {
                var record = new EventRecord();
                record.Decode(message, at, count);
                Taken.Add(record);
                _held[(int)record.LaneNumber] = record.Sequence;
            }
        }

        bool hello = up.Type == MessageType.Hello;
        bool high = hello && BootMost != 0 && up.Boot > BootMost;
        bool refused = high || (hello && up.Boot < BootAtLeast);
        if (hello && up.Epoch != _epoch)
        {
            _epoch = up.Epoch;
            Array.Clear(_held);
        }

        MessageType type = refused ? MessageType.Refuse : hello ? MessageType.Welcome : MessageType.Held;
        var answer = new MessageHeader();
        answer.AnswerTo(up, type, refused ? 0 : ++_counter, utcMs: 1_800_000_000_000 + SinceMs());
        var buffer = new byte[256];
        answer.Encode(buffer);
        var refuse = new Refuse
        {
            Reason = high ? DecodeResult.WrongSession : DecodeResult.Replayed,
            VersionMin = ContractLimits.VersionMin,
            VersionMax = ContractLimits.VersionMax,
            BootAtLeast = high ? 1 : BootAtLeast,
        };
        int end = refused ? refuse.Encode(buffer)
            : hello ? Welcome.Encode(buffer, ContractLimits.VersionMax, _held)
            : HeldThrough.Encode(buffer, _held);
        Down.Enqueue(buffer[..MessageHeader.Seal(mac, buffer, end)]);
    }
}
