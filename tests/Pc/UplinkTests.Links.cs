// Owns: the link of the uplink's tests: a county that is watched, or has a forger beside it.
// Must never: answer by itself; what it says is the county's.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed partial class UplinkTests
{
    /// <summary>What went up.</summary>
    private sealed class Log
    {
        private readonly List<(long Ms, LinkLeaf Leaf, EventRecord[] Records)> _messages = [];

        public int Hellos => _messages.Count(m => m.Leaf == LinkLeaf.Hello);

        public int Batches => _messages.Count(m => (int)m.Leaf < Lanes.Count);

        public void Clear() => _messages.Clear();

        public void Add(long ms, LinkLeaf leaf, EventRecord[] records) => _messages.Add((ms, leaf, records));

        public int BatchesOf(Lane lane) => _messages.Count(m => (Lane)m.Leaf == lane);

        public int Records(Lane lane) => _messages.Where(m => (Lane)m.Leaf == lane).Sum(m => m.Records.Length);

        public long FirstMs(Lane lane) => _messages.First(m => (Lane)m.Leaf == lane).Ms;

        public IEnumerable<EventKind> Kinds(Lane lane) =>
            _messages.Where(m => (Lane)m.Leaf == lane).SelectMany(m => m.Records).Select(r => r.Kind);
    }

    /// <summary>A county that is watched, with somebody who forges beside it.</summary>
    private sealed class WatchedLink(Mac mac, Func<long> nowMs) : AnsweringCounty(mac)
    {
        public Log Sent { get; } = new();

        /// <summary>Messages of nobody that still come.</summary>
        public int Forge { get; set; }

        public int Attempts => AttemptMs.Count;

        public List<long> AttemptMs { get; } = [];

        public Heartbeat LastBeat { get; } = new();

        public override void Open(int path, string will)
        {
            AttemptMs.Add(nowMs());
            base.Open(path, will);
        }

        public override bool Send(LinkLeaf leaf, byte[] message, int count)
        {
            var records = new List<EventRecord>();
            for (int at = Batch.RecordsAt; (int)leaf < Lanes.Count
                && at + EventRecord.Size + Mac.SignatureBytes <= count; at += EventRecord.Size)
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
            return base.Send(leaf, message, count);
        }

        public override int Receive(byte[] into)
        {
            if (Forge > 0)
            {
                Forge--;
                Array.Clear(into);
                return Mac.SignatureBytes + MessageHeader.Size;
            }

            return base.Receive(into);
        }
    }
}
