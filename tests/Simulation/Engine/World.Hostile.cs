// Owns: a broker in hostile hands and a station with a good key that lies: what they do, and what must hold all the same.
// Must never: ask more of the county than what it heard, or of the box than what it was told.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const uint HostileNumber = 66;

    // The county looks once a second; before that comes a commit.
    private const long CountyLooksMs = 3_000;
    private const long DeadForMs = 330_000;
    private const long BeatsApartMs = 45_000;

    private static readonly byte[] s_hostileKey = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    private readonly HashSet<EventKey> _openAlarms = [];
    private readonly Heartbeat _beat = new();
    private HostileBroker? _broker;
    private HostileStation? _hostile;
    private (uint Epoch, uint Boot, uint Session) _welcomed;
    private uint _heardCounter;
    private (uint Epoch, uint Last) _beatOf;
    private (uint Boot, uint Session, long UptimeMs) _beatBefore;
    private uint _paceKnownOf;
    private uint _heardBoot;
    private long _hiddenSinceMs = long.MaxValue;
    private uint _hiddenHeld;
    private long _alarmedMs = long.MinValue / 2;
    private long _lastAtAlarm = long.MaxValue;
    private bool _shownOnline;
    private long _countyHeardMs;
    private bool _drained;
    private long _conflicts;
    private (uint Epoch, uint Held) _fireHeld;
    private long _fireOwedMs = long.MaxValue;
    private bool _noAnswerTold;
    private bool _noAnswerUnsure;

    private void AddHostile()
    {
        Swarm s = _swarm;
        if (!s.Hostile)
        {
            return;
        }

        _broker = new HostileBroker(_chance.Split());
        _network.Broker = _broker;
        _network.CountyHears = CountyHears;
        _county.PresenceChanged = ShowPresence;
        _county.Escalated = ShowAlarm;
        _county.ConflictFound = station => _conflicts += station == Station ? 1 : 0;
        Topics own = new("c", "t", "v", HostileNumber);
        _hostile = new HostileStation(_chance.Split(), new StationKey(s_hostileKey), own, HostileNumber, _topics, Station);
        Add("broker hides fires", s.HideFiresEveryMs, () => Act(() => _broker.HidesFires = true), () => _broker.HidesFires = false, 90_000);
        Add("broker is deaf", s.DeafEveryMs, () => Act(() => _broker.IsDeaf = true), () => _broker.IsDeaf = false, 200_000);
        Add("broker is mute", s.MuteEveryMs, () => Act(() => _broker.IsMute = true), () => _broker.IsMute = false, 100_000);
        Add("broker keeps hellos", s.KeepHellosEveryMs, () => Act(() => _broker.HoldsHellos = true), FreeHellos, 60_000);
        Add("broker lets go", s.KeepHellosEveryMs, () => Act(LetGo));
        Add("broker sends again", s.SendAgainEveryMs, () => Act(SendAgain));
        Add("box dies", s.DeadEveryMs, () => Act(Die));
        Add("hostile station", s.HostileStationEveryMs, () => Act(Lie));
    }

    private void Lie()
    {
        (string topic, byte[] payload) = _hostile!.Next(_swarm.UtcAtZeroMs + _nowMs);
        _network.Publish(topic, payload, _nowMs);
    }

    private void Die()
    {
        Stop();
        _startAtMs = _nowMs + DeadForMs;
    }

    private void FreeHellos() => _broker!.HoldsHellos = false;

    private void LetGo()
    {
        foreach ((string topic, byte[] payload, long sentMs) in _broker!.LetGo())
        {
            _network.Publish(topic, payload, sentMs);
        }
    }

    private void SendAgain()
    {
        // What the county never got, or forgot with an older copy of its database, is news to it: of a dead box only hellos are sent.
        if (_broker!.AnyUp(hello: _loop is null) is { } up)
        {
            _network.Publish(up.Topic, up.Payload, up.SentMs);
        }

        for (int i = 0; i < 4 && _broker.AnyDown() is { } down; i++)
        {
            _network.GiveAgain(down);
        }
    }

    /// <summary>The county has an older copy of its database, with the alarms that waited then.</summary>
    private void CountyRestored()
    {
        using IStoreTransaction rows = _county.Store.Begin();
        _openAlarms.Clear();
        _openAlarms.UnionWith(rows.OpenEscalations().Select(e => e.Alarm));
        _shownOnline = rows.State(Station)?.Online == true;
        _hiddenSinceMs = long.MaxValue;

        // Which sessions and heartbeats the copy knows is not known here: what is said counts from the next welcome.
        _welcomed = default;
        _beatBefore = default;
    }

    private void StopHostile()
    {
        _broker?.Relent();
        _broker?.LetGo();
    }

    /// <summary>An alarm begins to wait, rises or ends.</summary>
    private void ShowAlarm(Escalation escalation)
    {
        _openAlarms.RemoveWhere(alarm => alarm == escalation.Alarm);
        _openAlarms.UnionWith(escalation.EndedMs == 0 ? [escalation.Alarm] : []);
        if (escalation.Alarm.Station != Station)
        {
            return;
        }

        // What the heartbeats tell of beyond this may be a fire after it.
        _alarmedMs = _nowMs;
        _lastAtAlarm = _beatOf.Last;
        Trace($"county: alarm {escalation.Cause} of epoch {escalation.Alarm.Epoch:x8} ended {escalation.EndedMs != 0}");
    }

    private void ShowPresence(uint station, PresenceChange change)
    {
        if (station != Station)
        {
            return;
        }

        Trace($"county: station is {change}");
        _shownOnline = change == PresenceChange.Online;
        if (_shownOnline && _drained)
        {
            throw new ViolationException("presence: the box is dead, all that it had sent had come, and the county shows it as present");
        }
    }

    private void CountyHears(string topic, byte[] payload)
    {
        MessageHeader header = new();
        if (header.DecodeUp(payload, payload.Length) != DecodeResult.Ok || header.Station != Station)
        {
            return;
        }

        _countyHeardMs = header.Type == MessageType.Hello ? _countyHeardMs : _nowMs;
        _heardBoot = header.Type == MessageType.Hello ? _heardBoot : header.Boot;
        if ((header.Epoch, header.Boot, header.Session) != _welcomed || header.Counter <= _heardCounter)
        {
            return;
        }

        // A heartbeat that the broker gives behind a later message of its session is a repeat to the county.
        _heardCounter = header.Type == MessageType.Hello ? _heardCounter : header.Counter;
        bool beat = header.Type == MessageType.Heartbeat && _beat.Decode(payload, payload.Length) == DecodeResult.Ok
            && topic.EndsWith(Topics.LeafHeartbeat, StringComparison.Ordinal);
        if (!beat)
        {
            return;
        }

        bool pair = (header.Boot, header.Session) == (_beatBefore.Boot, _beatBefore.Session)
            && header.UptimeMs - _beatBefore.UptimeMs < BeatsApartMs;
        _paceKnownOf = pair ? header.Boot : _paceKnownOf;
        _beatBefore = (header.Boot, header.Session, header.UptimeMs);
        _beatOf = (header.Epoch, _beat.Last[(int)Lane.Fire]);
        uint held = HeldOfBeat();
        if (_beat.Last[(int)Lane.Fire] <= held)
        {
            _hiddenSinceMs = long.MaxValue;
        }
        else if (_hiddenSinceMs == long.MaxValue || held > _hiddenHeld || _beatOf.Last > _lastAtAlarm)
        {
            _hiddenSinceMs = _nowMs;
            _hiddenHeld = held;
            _lastAtAlarm = long.MaxValue;
        }
    }

    private uint HeldOfBeat() => _county.Store.Held(new LaneKey(Station, _beatOf.Epoch, Lane.Fire));

    /// <summary>A session is open: what the gateway says in it counts.</summary>
    private void NoteWelcome(MessageHeader header)
    {
        if ((header.Epoch, header.Boot, header.Session) != _welcomed)
        {
            _welcomed = (header.Epoch, header.Boot, header.Session);
            _heardCounter = 0;
        }
    }

    /// <summary>In every moment, whether the box has power or not.</summary>
    private void CheckCounty()
    {
        if (_broker is null)
        {
            return;
        }

        if (!_county.Up)
        {
            // After its start it counts from there; what it shows is what it stored.
            _countyHeardMs = _nowMs;
            _paceKnownOf = 0;
            _hiddenSinceMs = _hiddenSinceMs == long.MaxValue ? long.MaxValue : _nowMs;
        }

        _drained = _loop is null && (_drained || (_network.Empty && _county.Idle && _county.Up));
        CheckHidden();
        if (_openAlarms.GroupBy(alarm => alarm.Station).FirstOrDefault(of => of.Count() > 1) is { } many)
        {
            throw new ViolationException($"alarms: station {many.Key} has {many.Count()} that wait, each for an answer of its own");
        }

        // How far apart a box sends its heartbeats the county learns from two that follow each other.
        bool silent = _paceKnownOf == _heardBoot && _nowMs - _countyHeardMs > CountyLimits.SilentAfterMs + CountyLooksMs;
        if (_shownOnline && silent)
        {
            long forMs = _nowMs - _countyHeardMs;
            throw new ViolationException($"silence: the county heard nothing for {forMs} ms and shows the box as present");
        }
    }

    /// <summary>Heartbeats that pass tell of fires that do not: the county raises an alarm for that, unless one waits already.</summary>
    private void CheckHidden()
    {
        if (_hiddenSinceMs == long.MaxValue)
        {
            return;
        }

        // What has come begins the wait anew with the next heartbeat, or where none comes, when the time is over.
        uint held = HeldOfBeat();
        bool over = _nowMs - _hiddenSinceMs >= CountyLimits.HiddenFireMs && held > _hiddenHeld;
        _hiddenHeld = over ? held : _hiddenHeld;
        _hiddenSinceMs = _beatOf.Last <= held ? long.MaxValue : over ? _nowMs : _hiddenSinceMs;
        bool late = _hiddenSinceMs != long.MaxValue && _nowMs - _hiddenSinceMs > CountyLimits.HiddenFireMs + CountyLooksMs;
        if (late && _openAlarms.All(alarm => alarm.Station != Station) && _alarmedMs < _hiddenSinceMs)
        {
            throw new ViolationException(
                $"hidden: for {_nowMs - _hiddenSinceMs} ms heartbeats have told of fire records through {_beatOf.Last}, {held} is held, "
                + "and the county raises no alarm");
        }
    }

    /// <summary>Whether flash has what was said last is not known: the box then shows what it knows.</summary>
    private void NoAnswerGone() =>
        _noAnswerUnsure |= _said.Exists(r => r.Kind is EventKind.NoCountyAnswer or EventKind.CountyAnswers);

    private void NoAnswerCame(MainLoop loop)
    {
        bool shown = loop.Panel.ConditionSummary.HasFlag(ConditionBits.NoCountyAnswer);
        _noAnswerTold = _noAnswerUnsure ? shown : _noAnswerTold;
        _noAnswerUnsure = false;
    }

    /// <summary>Where the county says of no further fire that it holds it, the box tells.</summary>
    private void CheckNoAnswer(MainLoop loop)
    {
        EventLog log = loop.Log;
        LaneLog fire = log.At(Lane.Fire);
        foreach (EventRecord r in _said)
        {
            _noAnswerTold = r.Kind == EventKind.NoCountyAnswer || (_noAnswerTold && r.Kind != EventKind.CountyAnswers);
        }

        bool open = fire.Durable > fire.Held && !log.InMemory;
        bool moved = (log.Epoch, fire.Held) != _fireHeld;
        _fireHeld = (log.Epoch, fire.Held);
        _fireOwedMs = !open ? long.MaxValue : moved || _fireOwedMs == long.MaxValue ? _nowMs : _fireOwedMs;
        if (open && _nowMs - Math.Max(_fireOwedMs, _upSinceMs) > Limits.FireAnswerMs + SlackMs && !_noAnswerTold)
        {
            long forMs = _nowMs - _fireOwedMs;
            throw new ViolationException($"silence: what follows fire {fire.Held} waits for {forMs} ms, and the box does not say so");
        }
    }
}
