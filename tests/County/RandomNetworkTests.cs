// Owns: the proof by random faults that the county's table equals what was sent.
// Must never: repeat with another seed than the one it prints.

using Gateway.Contract;

namespace Gateway.County.Tests;

public abstract class RandomNetwork(PostgresFixture? postgres) : StoreTests(postgres)
{
    private protected void Play(int seed)
    {
        // Goal: once each, nothing invented, held never above the truth. Method: gateways that follow the contract over a network that
        // loses, repeats and reorders messages and answers, and a county that is killed and restored; then the faults stop.
        Random random = new(seed);
        RandomGateway[] gateways = [new(1, random), new(2, random), new(3, random)];
        using Rig rig = NewRig([.. gateways.Select(g => g.Fake)]);
        string backup = rig.Backup();
        for (int step = 0; step < 240; step++)
        {
            bool calm = step >= 180;
            List<Sent> onTheWay = [.. gateways.SelectMany(g => g.Step(random, writes: !calm))];
            List<Sent> arriving = calm ? onTheWay : Disturb(onTheWay, random);
            foreach (Sent[] group in arriving.Chunk(random.Next(1, 6)))
            {
                IReadOnlyList<Outgoing> answers = rig.Send(group);
                foreach (Outgoing answer in answers.Where(_ => calm || random.Next(4) != 0))
                {
                    Array.Find(gateways, g => g.Fake.Topics.Down == answer.Topic)!.Hear(answer);
                }
            }

            RandomGateway looked = gateways[step % gateways.Length];
            looked.CheckNotAhead(rig);

            rig.NowMs += 500;
            switch (calm ? 99 : random.Next(60))
            {
                case 0:
                    rig.Restart();
                    break;
                case 1:
                    rig.Restore(backup);
                    break;
                case 2:
                    backup = rig.Backup();
                    break;
            }
        }

        foreach (RandomGateway gateway in gateways)
        {
            gateway.CheckComplete(rig);
        }

        Assert.Empty(rig.Store.Conflicts());
        Assert.Empty(rig.Store.Gaps(null));
    }

    private static List<Sent> Disturb(List<Sent> messages, Random random)
    {
        List<Sent> arriving = [];
        foreach (Sent message in messages)
        {
            for (int copies = random.Next(10) switch { < 2 => 0, < 4 => 2, _ => 1 }; copies > 0; copies--)
            {
                arriving.Insert(random.Next(5) == 0 ? random.Next(arriving.Count + 1) : arriving.Count, message);
            }
        }

        return arriving;
    }

    /// <summary>
    /// A gateway with everything in memory: it writes events, sends what is not held, and starts a new session after silence.
    /// </summary>
    private sealed class RandomGateway(uint station, Random random)
    {
        private readonly uint[] _last = new uint[Lanes.Count];
        private readonly uint[] _held = new uint[Lanes.Count];
        private readonly uint[] _sent = new uint[Lanes.Count];
        private readonly List<EventRecord> _written = [];
        private bool _open;
        private uint _lastDown;
        private int _silence = random.Next(3);

        public FakeGateway Fake { get; } = new(station);

        public IEnumerable<Sent> Step(Random random, bool writes)
        {
            Fake.UptimeMs += 500;
            for (Lane lane = Lane.Fire; writes && (int)lane < Lanes.Count; lane++)
            {
                if (random.Next(3) == 0)
                {
                    _written.Add(Fake.Record(lane, ++_last[(int)lane], change: r => r.Value = random.Next()));
                }
            }

            if (++_silence > 8 || (!_open && _silence > 2))
            {
                _open = false;
                _silence = 0;
                _lastDown = 0;
                yield return Fake.NextSession();
            }

            for (Lane lane = Lane.Fire; _open && (int)lane < Lanes.Count; lane++)
            {
                if (_silence > 2)
                {
                    _sent[(int)lane] = _held[(int)lane];
                }

                EventRecord[] next = [.. _written.Where(r =>
                    r.LaneNumber == lane && r.Sequence > _sent[(int)lane]).Take(random.Next(1, 5))];
                if (next.Length > 0)
                {
                    uint after = _sent[(int)lane];
                    _sent[(int)lane] = next[^1].Sequence;
                    yield return Fake.Batch(lane, after, next);
                }
            }

            if (_open && random.Next(6) == 0)
            {
                yield return Fake.Heartbeat(held: _held);
            }
        }

        public void Hear(Outgoing answer)
        {
            byte[] bytes = answer.Payload;
            MessageHeader h = new();
            Assert.Equal(DecodeResult.Ok, h.DecodeDown(bytes, bytes.Length));
            if (SessionRule.Down(h, Fake.Station, Fake.Epoch, Fake.Boot, Fake.Session, _lastDown, 0) != DecodeResult.Ok)
            {
                return;
            }

            Answered answered = Answered.Read(Fake, answer);
            _lastDown = Math.Max(_lastDown, h.Counter);
            _silence = 0;
            switch (answered.Type)
            {
                case MessageType.Welcome:
                    answered.Held.CopyTo(_held, 0);
                    answered.Held.CopyTo(_sent, 0);
                    _open = true;
                    break;
                case MessageType.Held when _open:
                    for (int lane = 0; lane < Lanes.Count; lane++)
                    {
                        Assert.True(answered.Held[lane] <= _last[lane]);
                        _held[lane] = Math.Max(_held[lane], answered.Held[lane]);
                    }

                    break;
                case MessageType.Refuse:
                    _open = false;
                    _silence = 3;
                    break;
            }
        }

        /// <summary>What the county says to hold is in its table.</summary>
        public void CheckNotAhead(Rig rig)
        {
            ILookup<Lane, StoredEvent> stored = rig.Events(Fake).ToLookup(e => e.Record.LaneNumber);
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                uint held = rig.Held(Fake, lane);
                Assert.Equal((int)held, stored[lane].Count(e => e.Record.Sequence <= held));
            }
        }

        public void CheckComplete(Rig rig)
        {
            List<StoredEvent> stored = rig.Events(Fake);
            Assert.Equal(_written.Count, stored.Count);
            foreach (EventRecord record in _written)
            {
                byte[] bytes = new byte[EventRecord.Size];
                record.Encode(bytes, 0);
                EventKey key = new(Fake.Station, Fake.Epoch, record.LaneNumber, record.Sequence);
                Assert.Equal(bytes, Assert.Single(stored, s => s.Key == key).Raw);
            }

            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                Assert.Equal((_last[(int)lane], _last[(int)lane]), (rig.Held(Fake, lane), _held[(int)lane]));
            }
        }
    }
}

public sealed class RandomNetworkTests() : RandomNetwork(null)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    public static TheoryData<int> More => [.. Enumerable.Range(5, 104)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Table_equals_what_was_sent_under_loss_repeats_reordering_restarts_and_restores(int seed) => Play(seed);

    /// <summary>Run by tests/campaign.sh.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(More))]
    public void Table_equals_what_was_sent_in_many_more(int seed) => Play(seed);
}

/// <summary>What decides is the same text; the server shows only that its statements say the same. Each costs eight seconds.</summary>
public sealed class RandomNetworkTestsOnPostgres(PostgresFixture postgres) : RandomNetwork(postgres)
{
    public static TheoryData<int> More => [.. Enumerable.Range(2, 21)];

    [Theory]
    [InlineData(1)]
    public void Table_equals_what_was_sent_under_loss_repeats_reordering_restarts_and_restores(int seed) => Play(seed);

    /// <summary>Run by tests/campaign.sh.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(More))]
    public void Table_equals_what_was_sent_in_many_more(int seed) => Play(seed);
}
