// Owns: the link of the uplink's tests: a near county that is watched, unreachable, silent, or has a forger beside it.
// Must never: answer by itself; what it says is the near county's.

using Gateway.Contract;
using Gateway.Core;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed partial class UplinkTests
{
    /// <summary>What went up.</summary>
    private sealed class Log
    {
        private readonly List<(long Ms, int Leaf, EventRecord[] Records)> _messages = [];

        public int Hellos => _messages.Count(m => m.Leaf == LinkLeaf.Hello);

        public int Batches => _messages.Count(m => m.Leaf < Lane.Count);

        public void Clear() => _messages.Clear();

        public void Add(long ms, int leaf, EventRecord[] records) => _messages.Add((ms, leaf, records));

        public int BatchesOf(int lane) => _messages.Count(m => m.Leaf == lane);

        public int Records(int lane) => _messages.Where(m => m.Leaf == lane).Sum(m => m.Records.Length);

        public long FirstMs(int lane) => _messages.First(m => m.Leaf == lane).Ms;

        public IEnumerable<int> Kinds(int lane) => _messages.Where(m => m.Leaf == lane).SelectMany(m => m.Records).Select(r => r.Kind);
    }

    /// <summary>A near county that can be unreachable or silent, with somebody who forges beside it.</summary>
    private sealed class WatchedLink(Mac mac, Func<long> nowMs) : LinkPort
    {
        private readonly NearCounty _county = new(mac);
        private int _state = LinkState.Idle;

        public Log Sent { get; } = new();

        public bool Reachable { get; set; } = true;

        public bool Answers
        {
            get => _county.Answers;
            set => _county.Answers = value;
        }

        /// <summary>Messages of nobody that still come.</summary>
        public int Forge { get; set; }

        public int Attempts => AttemptMs.Count;

        public List<long> AttemptMs { get; } = [];

        public Heartbeat LastBeat { get; } = new();

        public uint BootAtLeast
        {
            set => _county.BootAtLeast = value;
        }

        public uint BootMost
        {
            set => _county.BootMost = value;
        }

        public void Store(uint fire) => _county.Store(fire);

        public IList<EventRecord> Taken => _county.Taken;

        /// <summary>The broker throws the connection out.</summary>
        public void Cut()
        {
            _state = LinkState.Failed;
        }

        public override int State() => _state;

        public override void Open(int path, string will)
        {
            AttemptMs.Add(nowMs());
            _state = Reachable ? LinkState.Open : LinkState.Failed;
            _county.Open(path, will);
        }

        public override void Close()
        {
            _state = LinkState.Idle;
            _county.Close();
        }

        public override bool Send(int leaf, byte[] message, int count)
        {
            var records = new List<EventRecord>();
            for (int at = Batch.RecordsAt; leaf < Lane.Count && at + EventRecord.Size + Mac.SignatureBytes <= count; at += EventRecord.Size)
            {
                var record = new EventRecord();
                Assert.Equal(DecodeResult.Ok, record.Decode(message, at, count));
                records.Add(record);
            }

            if (leaf == LinkLeaf.Heartbeat)
            {
                Assert.Equal(DecodeResult.Ok, LastBeat.Decode(message, count));
            }

            Sent.Add(nowMs(), leaf, [.. records]);
            return _county.Send(leaf, message, count);
        }

        public override int Receive(byte[] into)
        {
            if (Forge > 0)
            {
                Forge--;
                Array.Clear(into);
                return Mac.SignatureBytes + MessageHeader.Size;
            }

            return _county.Receive(into);
        }
    }
}
