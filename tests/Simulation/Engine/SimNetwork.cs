// Owns: the way between gateway and county: connections, the broker, and what gets lost, late, doubled or out of order on it.
// Must never: change a byte, or deliver within one connection in another order than sent.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>How bad the network is; all zero is a good one.</summary>
public sealed class NetworkFaults
{
    public int DelayMsMax { get; set; } = 20;

    /// <summary>In per cent: a message vanishes although the connection lives.</summary>
    public int LossPercent { get; set; }

    /// <summary>In per cent: a message comes a second time, seconds later.</summary>
    public int RepeatPercent { get; set; }

    /// <summary>In per cent: an answer to a connection that is gone is given to the next one.</summary>
    public int StaleAnswerPercent { get; set; }

    /// <summary>In per cent: an attempt to connect fails or hangs.</summary>
    public int OpenFailsPercent { get; set; }

    /// <summary>In per cent: someone keeps a message to the gateway and gives it to the gateway again, seconds or minutes later.</summary>
    public int ReplayPercent { get; set; }

    /// <summary>In per cent: the client has no room for a message.</summary>
    public int NoRoomPercent { get; set; }
}

/// <summary>One gateway's link, the broker and the county's subscription.</summary>
public sealed class SimNetwork(Rng rng, Topics topics, SimCounty county) : LinkPort
{
    private const int BrokerQueueMax = 200;

    // The rest is for the gateway: a broker keeps a queue for each of its clients.
    private const int OthersQueueMax = 100;

    private readonly PriorityQueue<Transit, (long At, long Order)> _transits = new();
    private readonly Queue<byte[]> _arrived = new();
    private readonly Queue<(string Topic, byte[] Payload, long SentMs)> _brokerQueue = new();
    private readonly List<byte[]> _stale = [];
    private Connection? _connection;
    private long _order;
    private long _idleAtMs;
    private LinkState _state;

    public NetworkFaults Faults { get; } = new();

    /// <summary>The world's clock; the world sets it before each tick.</summary>
    public long NowMs { get; set; }

    /// <summary>False: nobody answers at the broker's address.</summary>
    public bool BrokerUp { get; private set; } = true;

    public long Sent { get; private set; }

    public long Delivered { get; private set; }

    /// <summary>Calls of the gateway that did something: opened, closed, sent, received.</summary>
    public long Calls { get; private set; }

    /// <summary>The longest that a message waited for the county, ms.</summary>
    public long LongestWaitMs { get; private set; }

    /// <summary>Told of every message that the gateway hands over: leaf and bytes.</summary>
    public Action<LinkLeaf, ReadOnlyMemory<byte>>? GatewaySends { get; set; }

    /// <summary>Who has the broker and means harm; null = nobody.</summary>
    public HostileBroker? Broker { get; set; }

    /// <summary>Told of each message that the county takes from the broker: topic and bytes.</summary>
    public Action<string, byte[]>? CountyHears { get; set; }

    /// <summary>Nothing is on its way.</summary>
    public bool Empty => _transits.Count == 0 && _brokerQueue.Count == 0;

    /// <summary>True when something came for the gateway or its connection changed in the last <see cref="Step"/>.</summary>
    public bool Stirred { get; private set; }

    /// <summary>When the next thing happens here.</summary>
    public long DueMs
    {
        get
        {
            long due = _transits.TryPeek(out _, out (long At, long Order) first) ? first.At : long.MaxValue;
            due = _state == LinkState.Opening && _connection is { } c ? Math.Min(due, c.OpensAtMs) : due;
            return _state == LinkState.Closing ? Math.Min(due, _idleAtMs) : due;
        }
    }

    public override LinkState State() => _state;

    public override void Open(int path, string will)
    {
        Calls++;

        // The gateway's next ticks see the attempt under way.
        Stirred = true;
        int delay = rng.Range(30, 400) + Faults.DelayMsMax;
        bool fails = !BrokerUp || rng.Percent(Faults.OpenFailsPercent);
        bool hangs = fails && rng.OneIn(3);
        _connection = new Connection { Will = will, OpensAtMs = hangs ? long.MaxValue : NowMs + delay, Fails = fails };
        _state = LinkState.Opening;
    }

    public override void Close()
    {
        Calls++;
        if (_connection is { } c)
        {
            if (_state == LinkState.Open && !c.HalfOpen)
            {
                // A clean disconnect: the broker forgets the will, and what was handed over before still arrives.
                c.Will = null;
            }

            Leave(c);
        }

        _connection = null;
        _arrived.Clear();
        _state = LinkState.Closing;
        _idleAtMs = NowMs + (rng.OneIn(10) ? 2200 : 200);
    }

    public override bool Send(LinkLeaf leaf, byte[] message, int count)
    {
        Calls++;
        if (_state != LinkState.Open || _connection is not { } c || rng.Percent(Faults.NoRoomPercent))
        {
            return false;
        }

        byte[] payload = message.AsSpan(0, count).ToArray();
        GatewaySends?.Invoke(leaf, payload);
        Sent++;
        if (c.HalfOpen || rng.Percent(Faults.LossPercent))
        {
            return true;
        }

        string topic = leaf switch
        {
            LinkLeaf.Hello => topics.Hello,
            LinkLeaf.Heartbeat => topics.Heartbeat,
            LinkLeaf.Names => topics.Names,
            _ => topics.Up((Lane)leaf),
        };
        c.UpAtMs = Math.Max(c.UpAtMs, NowMs + 1 + rng.Below(Faults.DelayMsMax + 1));
        Schedule(new Transit(c, Up: true, topic, payload), c.UpAtMs);
        if (rng.Percent(Faults.RepeatPercent))
        {
            // The client heard no acknowledgement and published again; the broker takes both, after whatever was sent meanwhile.
            c.RepeatAtMs = Math.Max(c.RepeatAtMs, Math.Max(c.UpAtMs, NowMs + 3000 + rng.Below(Faults.DelayMsMax + 1)));
            Schedule(new Transit(null, Up: true, topic, payload), c.RepeatAtMs);
        }

        return true;
    }

    public override int Receive(byte[] into)
    {
        if (!_arrived.TryDequeue(out byte[]? message))
        {
            return 0;
        }

        Calls++;
        int count = Math.Min(message.Length, into.Length);
        Array.Copy(message, into, count);
        return count;
    }

    /// <summary>The county publishes an answer.</summary>
    public void Answer(Outgoing answer)
    {
        if (!BrokerUp)
        {
            return;
        }

        if (Broker?.TakesDown(answer.Payload) == false)
        {
            return;
        }

        if (rng.Percent(Faults.ReplayPercent))
        {
            Schedule(new Transit(null, Up: false, "", answer.Payload), NowMs + rng.Pause(30_000));
        }

        if (_connection is not { } c || _state != LinkState.Open || c.HalfOpen)
        {
            if (rng.Percent(Faults.StaleAnswerPercent) && _stale.Count < 8)
            {
                _stale.Add(answer.Payload);
            }

            return;
        }

        if (rng.Percent(Faults.LossPercent))
        {
            return;
        }

        c.DownAtMs = Math.Max(c.DownAtMs, NowMs + 1 + rng.Below(Faults.DelayMsMax + 1));
        Schedule(new Transit(c, Up: false, "", answer.Payload), c.DownAtMs);
        if (rng.Percent(Faults.RepeatPercent))
        {
            Schedule(new Transit(c, Up: false, "", answer.Payload), c.DownAtMs + 1);
        }
    }

    /// <summary>Somebody else publishes at the broker, or the broker itself does.</summary>
    /// <param name="topic">Where.</param>
    /// <param name="payload">What.</param>
    /// <param name="sentMs">When it was sent first.</param>
    public void Publish(string topic, byte[] payload, long sentMs)
    {
        if (BrokerUp && _brokerQueue.Count < OthersQueueMax)
        {
            _brokerQueue.Enqueue((topic, payload, sentMs));
        }
    }

    /// <summary>The broker gives the gateway something that it kept.</summary>
    public void GiveAgain(byte[] payload) => Schedule(new Transit(null, Up: false, "", payload), NowMs + 1 + rng.Below(500));

    /// <summary>Delivers what is due.</summary>
    public void Step(long nowMs)
    {
        NowMs = nowMs;
        Stirred = false;
        while (_transits.TryPeek(out Transit? t, out (long At, long Order) first) && first.At <= nowMs)
        {
            _transits.Dequeue();
            Arrive(t);
        }

        if (county.Up && BrokerUp)
        {
            while (_brokerQueue.TryDequeue(out (string Topic, byte[] Payload, long SentMs) m))
            {
                LongestWaitMs = Math.Max(LongestWaitMs, nowMs - m.SentMs);
                CountyHears?.Invoke(m.Topic, m.Payload);
                county.Receive(m.Topic, m.Payload, nowMs);
                Delivered++;
            }
        }

        if (_state == LinkState.Opening && _connection is { } c && nowMs >= c.OpensAtMs)
        {
            _state = c.Fails ? LinkState.Failed : LinkState.Open;
            Stirred = true;
            if (_state == LinkState.Open)
            {
                foreach (byte[] stale in _stale)
                {
                    Schedule(new Transit(c, Up: false, "", stale), nowMs + 1 + rng.Below(500));
                }

                _stale.Clear();
            }
        }
        else if (_state == LinkState.Closing && nowMs >= _idleAtMs)
        {
            _state = LinkState.Idle;
            Stirred = true;
        }
    }

    /// <summary>The connection breaks, seen at once by the gateway.</summary>
    public void Break()
    {
        if (_connection is { } c && _state is LinkState.Open or LinkState.Opening)
        {
            Leave(_connection!);
            _state = LinkState.Failed;
            c.HalfOpen = true;
            Stirred = true;
        }
    }

    /// <summary>The connection is dead but looks alive to the gateway.</summary>
    public void GoHalfOpen()
    {
        if (_connection is { } c && _state == LinkState.Open && !c.HalfOpen)
        {
            Leave(c);
            c.HalfOpen = true;
        }
    }

    /// <summary>The broker goes away or comes back.</summary>
    /// <param name="up">Which.</param>
    /// <param name="forgets">It lost its sessions: what waited for the county is gone.</param>
    public void SetBroker(bool up, bool forgets)
    {
        if (BrokerUp && !up)
        {
            BrokerUp = false;
            Break();
        }

        BrokerUp = up;
        if (forgets)
        {
            _brokerQueue.Clear();
            _stale.Clear();
        }
    }

    /// <summary>The gateway lost its power: its side of the connection is silent from now on.</summary>
    public void PowerDown()
    {
        if (_connection is { } c)
        {
            Leave(c);
        }

        _connection = null;
        _arrived.Clear();
        _state = LinkState.Idle;
    }

    private void Leave(Connection c)
    {
        // TCP keeps order, so what is lost of a dying connection is a tail.
        c.LostAfterOrder = rng.OneIn(2) ? _order : _order - rng.Below(4);
        c.Gone = true;
        if (c.Will is { } will && !c.Fails && _state == LinkState.Open && BrokerUp)
        {
            Schedule(new Transit(null, Up: true, topics.Offline, System.Text.Encoding.ASCII.GetBytes(will)), NowMs + rng.Range(1, 45_000));
        }
    }

    private void Schedule(Transit transit, long atMs)
    {
        _order++;
        transit.Order = _order;
        transit.SentMs = NowMs;
        _transits.Enqueue(transit, (atMs, _order));
    }

    private void Arrive(Transit t)
    {
        if (t.Up)
        {
            bool lost = !BrokerUp || (t.Of is { Gone: true } c && t.Order > c.LostAfterOrder);
            if (!lost && _brokerQueue.Count < BrokerQueueMax && Broker?.TakesUp(t.Topic, t.Payload, t.SentMs) != false)
            {
                _brokerQueue.Enqueue((t.Topic, t.Payload, t.SentMs));
            }
        }
        else if ((t.Of is null || t.Of == _connection) && _state == LinkState.Open && !_connection!.HalfOpen)
        {
            _arrived.Enqueue(t.Payload);
            Stirred = true;
        }
    }

    private sealed class Connection
    {
        public string? Will;
        public long OpensAtMs;
        public bool Fails;
        public bool HalfOpen;
        public bool Gone;
        public long LostAfterOrder;
        public long UpAtMs;
        public long DownAtMs;
        public long RepeatAtMs;
    }

    private sealed record Transit(Connection? Of, bool Up, string Topic, byte[] Payload)
    {
        public long Order { get; set; }

        public long SentMs { get; set; }
    }
}
