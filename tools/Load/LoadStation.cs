// Owns: one played station: its connections one after the other, its session, and what it sends when.
// Must never: hold a lock while it waits, or send what a gateway would not.

using System.Security.Cryptography.X509Certificates;
using Gateway.Contract;

namespace Gateway.Tools.Load;

/// <summary>The gateway's side of the contract, without its flash and panel. One thread looks at it, others tell what comes.</summary>
internal sealed partial class LoadStation
{
    private readonly Lock _gate = new();
    private readonly LoadLane[] _lanes = [new(), new(), new()];
    private readonly LoadLane.Made[] _next = new LoadLane.Made[LoadLimits.RecordsMax];
    private readonly List<InFlight> _inFlight = [];
    private readonly LoadMessages _messages;
    private readonly Place _place;
    private readonly LoadOptions _options;
    private readonly LoadClock _clock;
    private readonly LoadCounts _counts;
    private readonly Random _random;
    private readonly X509Certificate2Collection? _authorities;

    private State _state = State.Away;
    private LoadLink? _link;
    private bool _ending;
    private int _failures;
    private int _missed;
    private int _hellos;
    private long _openAtMs;
    private long _sinceMs;
    private long _helloAtMs;
    private long _beatAtMs;
    private long _answerByMs;
    private long _lesserAtMs;
    private long _resetAtMs;
    private long _routineAtMs;
    private long _restoreAtMs;

    public LoadStation(
        Place place, LoadOptions options, LoadClock clock, LoadCounts counts, uint epoch, X509Certificate2Collection? authorities)
    {
        _authorities = authorities;
        _place = place;
        _options = options;
        _clock = clock;
        _counts = counts;
        _random = new Random((int)place.Number);
        _messages = new LoadMessages(place, clock, epoch);
        long nowMs = clock.NowMs;
        _openAtMs = nowMs + Within(options.SpreadMs);
        _routineAtMs = nowMs + Within(options.RoutineMs);
        _lanes[(int)Lane.Routine].Add(EventKind.Started, nowMs);
    }

    private enum State
    {
        Away,
        Opening,
        Greeting,
        Online,
    }

    public Place Place => _place;

    public uint Epoch => _messages.Epoch;

    public bool Online => _state == State.Online;

    /// <summary>Records that are not held.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Sum(lane => lane.Waiting);
            }
        }
    }

    /// <summary>How often a record went out that had gone out before.</summary>
    public long Again
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Sum(lane => Math.Max(0, lane.SentInAll - lane.Last));
            }
        }
    }

    /// <summary>Of a lane: the last that was made, and what is held.</summary>
    public (uint Last, uint Held) At(Lane lane)
    {
        lock (_gate)
        {
            return (_lanes[(int)lane].Last, _lanes[(int)lane].Held);
        }
    }

    /// <param name="makes">Whether events of every day are made.</param>
    public void Tick(bool makes)
    {
        lock (_gate)
        {
            long nowMs = _clock.NowMs;
            if (makes && nowMs >= _routineAtMs)
            {
                _routineAtMs = nowMs + _options.RoutineMs;
                _lanes[(int)Lane.Routine].Add(EventKind.SelfTest, nowMs);
            }

            Due(nowMs);
            Step(nowMs);
        }
    }

    /// <summary>Ends in order: the will stays unsaid.</summary>
    public Task End()
    {
        lock (_gate)
        {
            _ending = true;
            _state = State.Away;
            LoadLink? link = _link;
            _link = null;
            return link?.Close() ?? Task.CompletedTask;
        }
    }

    private void Step(long nowMs)
    {
        switch (_state)
        {
            case State.Away when nowMs >= _openAtMs && !_ending:
                Open(nowMs);
                break;
            case State.Greeting when nowMs - _sinceMs > LoadLimits.WelcomeMs:
                Leave(nowMs);
                break;
            case State.Greeting when nowMs >= _helloAtMs:
                _helloAtMs = nowMs + ((long)LoadLimits.HelloAgainMs << _hellos++);
                Send(_messages.Hello(_lanes));
                break;
            case State.Online when nowMs >= _answerByMs:
                Missed(nowMs);
                break;
            case State.Online:
                Talk(nowMs);
                break;
        }
    }

    private void Open(long nowMs)
    {
        _state = State.Opening;
        _sinceMs = nowMs;
        _counts.Attempt();
        _messages.NewSession();
        (string host, int port) = _options.At[(int)(_messages.Session % (uint)_options.At.Count)];
        LoadLink link = _link = new LoadLink(_place, host, port, _authorities, _messages.Will());
        _ = Connect(link);
    }

    private async Task Connect(LoadLink link)
    {
        bool stands = await link.Open((payload, count) => Came(link, payload, count), () => Gone(link)).ConfigureAwait(false);
        lock (_gate)
        {
            if (_link != link || _state != State.Opening)
            {
                return;
            }

            long nowMs = _clock.NowMs;
            if (!stands)
            {
                Leave(nowMs);
                return;
            }

            _state = State.Greeting;
            _sinceMs = _helloAtMs = nowMs;
            _hellos = 0;
            Step(nowMs);
        }
    }

    private void Gone(LoadLink link)
    {
        lock (_gate)
        {
            if (_link == link && !_ending)
            {
                _counts.Break();
                Leave(_clock.NowMs);
            }
        }
    }

    /// <summary>The connection is over, from either side; a pause begins, spread out where no fire waits.</summary>
    private void Leave(long nowMs)
    {
        if (_state == State.Online && nowMs - _sinceMs > LoadLimits.SettledMs)
        {
            _failures = 0;
        }

        long pauseMs = Math.Min(LoadLimits.BackOffMaxMs, (long)LoadLimits.BackOffFirstMs << Math.Min(_failures, 10));
        bool fire = _lanes[(int)Lane.Fire].Waiting > 0;
        long spreadMs = _state == State.Online && !fire ? Within(_options.SpreadMs) : 0;
        _openAtMs = nowMs + spreadMs + pauseMs / 2 + Within((int)pauseMs / 2);
        _failures++;
        _state = State.Away;
        LoadLink? link = _link;
        _link = null;
        _ = link?.Close();
    }

    private void Missed(long nowMs)
    {
        if (++_missed == LoadLimits.AnswersMissedMax)
        {
            Leave(nowMs);
            return;
        }

        _inFlight.Clear();
        Array.ForEach(_lanes, lane => lane.Again());
        _answerByMs = long.MaxValue;
        _beatAtMs = nowMs;
        Talk(nowMs);
    }

    private void Talk(long nowMs)
    {
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            int room = lane == Lane.Fire ? LoadLimits.InFlightMax : LoadLimits.InFlightMax - 1;
            while (_inFlight.Count < room && !_lanes[(int)lane].AllSent && (lane == Lane.Fire || nowMs >= _lesserAtMs))
            {
                Batch(lane, nowMs);
            }
        }

        if (nowMs >= _beatAtMs)
        {
            _beatAtMs = nowMs + _options.HeartbeatMs;
            Send(_messages.Heartbeat(_lanes, _resetAtMs != 0 || _lanes[(int)Lane.Fire].Waiting > 0));
            Await(nowMs);
        }
    }

    private void Batch(Lane lane, long nowMs)
    {
        LoadLane from = _lanes[(int)lane];
        int count = from.Next(_next);
        if (lane != Lane.Fire && count == LoadLimits.RecordsMax)
        {
            _lesserAtMs = nowMs + LoadLimits.LesserApartMs;
        }

        Send(_messages.Batch(lane, from.Sent, _next.AsSpan(0, count)));
        from.SentThrough(_next[count - 1].Sequence, count);
        _inFlight.Add(new InFlight(lane, from.Sent));
        Await(nowMs);
    }

    private void Await(long nowMs) => _answerByMs = Math.Min(_answerByMs, nowMs + LoadLimits.AnswerMs);

    private void Send((string Topic, byte[] Payload) message)
    {
        _counts.Sent();
        _link!.Send(message.Topic, message.Payload);
    }

    private void Came(LoadLink link, byte[] payload, int count)
    {
        lock (_gate)
        {
            if (_link != link)
            {
                return;
            }

            long nowMs = _clock.NowMs;
            _counts.Came();
            MessageType type = _messages.Read(payload, count);
            switch (type)
            {
                case MessageType.Welcome when _state == State.Greeting && _messages.Welcomed(payload, count):
                    Begin(nowMs);
                    break;
                case MessageType.Held when _state == State.Online && _messages.HeldIn(payload, count):
                    Held(nowMs);
                    break;
                case MessageType.Refuse when !(_state == State.Online && _messages.Refused(payload, count) == DecodeResult.Replayed):
                    _counts.Refuse();
                    _messages.TakeBoot(payload, count);
                    Leave(nowMs);
                    break;
            }
        }
    }

    private void Begin(long nowMs)
    {
        _state = State.Online;
        _sinceMs = nowMs;
        _inFlight.Clear();
        _missed = 0;
        Take(nowMs);
        Array.ForEach(_lanes, lane => lane.Again());
        _answerByMs = long.MaxValue;
        _lesserAtMs = nowMs;

        // Else all that come together would beat together for ever.
        _beatAtMs = nowMs + Within(_options.HeartbeatMs);
        Talk(nowMs);
    }

    private void Held(long nowMs)
    {
        _missed = 0;
        Take(nowMs);
        _inFlight.RemoveAll(one => _lanes[(int)one.Lane].Held >= one.Last);
        _answerByMs = _inFlight.Count == 0 ? long.MaxValue : nowMs + LoadLimits.AnswerMs;
        Talk(nowMs);
    }

    private void Take(long nowMs)
    {
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            bool good = _lanes[lane].HoldsThrough(_messages.Through[lane], (kind, atMs) =>
            {
                if (kind == EventKind.FireAlarm)
                {
                    _counts.Fires.Enqueue(new LoadFire(_place.Number, atMs, nowMs - atMs));
                }
            });
            if (!good)
            {
                _counts.Refuse();
            }
        }
    }

    private int Within(int ms) => ms <= 0 ? 0 : _random.Next(ms);

    private readonly record struct InFlight(Lane Lane, uint Last);
}
