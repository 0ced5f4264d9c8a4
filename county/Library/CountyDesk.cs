// Owns: the order of the work: check, store, commit, and only then answer and tell.
// Must never: return an answer of a transaction that was not committed, start a thread, or read a clock.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>A message to publish.</summary>
public readonly record struct Outgoing(string Topic, byte[] Payload);

/// <summary>
/// The county without broker and threads: bytes and times in, bytes out, so that a simulation can drive it. <see cref="Open"/> may be
/// called from any thread, everything else from one.
/// </summary>
public sealed partial class CountyDesk
{
    private readonly IEventStore _store;
    private readonly ICountyObserver _observer;
    private readonly CountyOptions _options;
    private readonly Gate _gate = new();
    private readonly RefusalBook _refusals = new();
    private readonly OpenedSessions _opened = new();
    private readonly NameWaits _names = new();
    private readonly AlarmWaits _alarmWaits;
    private readonly PageWaits _pageWaits;
    private readonly CommandWaits _commandWaits = new();

    // Null: known from before the start, and not heard since.
    private readonly Dictionary<uint, long?> _heardRunMs = [];
    private readonly BeatBook _beats;
    private readonly ClockTrust _clock;
    private readonly HiddenFires _hidden = new();
    private readonly HashSet<uint> _quiet = [];
    private readonly Dictionary<uint, (long RunMs, EpochChange Change)> _epochTold = [];
    private long _registryVersion;
    private long _registryLookRunMs = long.MinValue;
    private long _flushRunMs = long.MinValue;
    private long? _startedRunMs;
    private long _commandLookRunMs = long.MinValue;
    private long _clockNotedRunMs = long.MinValue;
    private IReadOnlyList<StationState>? _statesAtStart;

    /// <summary>Reads stations and presence from the store.</summary>
    public CountyDesk(IEventStore store, ICountyObserver observer, CountyOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _observer = observer;
        _options = options;
        _alarmWaits = new AlarmWaits(options);
        _pageWaits = new PageWaits(options.Pages);
        _beats = new BeatBook(options.SilentAfterMs);
        _clock = new ClockTrust(store.TrustedMs(), options.TrustClock);
        _registryVersion = store.RegistryVersion();
        _gate.Admit(store.Stations());
        AdmitPeers();
        _statesAtStart = store.States();
        foreach (StationState state in _statesAtStart)
        {
            _heardRunMs[state.Station] = null;
            if (!state.Online || state.Silent)
            {
                _quiet.Add(state.Station);
            }
        }
    }

    /// <summary>What each station's messages of the last group cost, in statements of the store or what costs as much.</summary>
    internal IReadOnlyDictionary<uint, int> Worked { get; private set; } = new Dictionary<uint, int>();

    /// <summary>Checks one message; a refused one is counted and gives null.</summary>
    public SignedMessage? Open(string topic, byte[] payload, Instant now)
    {
        DecodeResult result = _gate.Open(topic, payload, now.UtcMs, _clock.TrustedMs(now), out SignedMessage? message, out uint claimed);
        if (result != DecodeResult.Ok)
        {
            _refusals.Count(claimed, result, topic ?? "", now.UtcMs);
        }

        return message;
    }

    /// <summary>Stores a group of messages in one transaction and returns the answers to publish.</summary>
    /// <exception cref="Exception">The store's own, when it failed: then nothing of the group is stored, told or answered.</exception>
    public IReadOnlyList<Outgoing> Commit(IReadOnlyList<SignedMessage> messages, Instant now)
    {
        ArgumentNullException.ThrowIfNull(messages);
        _clock.Judge(now);
        messages = WithoutEndedKeys(messages, now);
        LedgerResult result;
        using (IStoreTransaction rows = _store.Begin())
        {
            result = Ledger.Enter(
                rows, messages, _opened, _names, _options, _alarmWaits, _clock, station => Find(station) is not null, SilentCases(rows),
                now);
            Storing(rows, Rooms.Count == 0 ? [] : [.. result.Stored.Concat(result.ConflictingFires).Select(one => one.Stored)]);
            StoringCases(rows, result.Cases);
            rows.Commit();
        }

        foreach (SignedMessage message in messages)
        {
            _beats.Heard(message);
        }

        Worked = result.Work;
        TakeNextKeys(messages);
        _opened.Unopened(result.Unopened);
        _names.Took(result, now);
        foreach (Answer welcome in result.Answers.Where(a => a.Type == MessageType.Welcome))
        {
            _opened.Add(welcome.To.Header);
        }

        result.FireBeats.ForEach(b => _hidden.Heard(b.Beat, b.Hidden, b.Held, now));
        foreach ((SignedMessage message, DecodeResult reason) in result.Refused)
        {
            _refusals.Count(message.From.Station, reason, message.Topic, now.UtcMs);
        }

        foreach ((StationRegistration from, EventKey key) in result.Conflicts)
        {
            _refusals.Count(from.Station, DecodeResult.Conflict, from.Topics.Up(key.Lane), now.UtcMs);
        }

        Tell(result, now);
        Outgoing[] answers = new Outgoing[result.Answers.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = new Outgoing(result.Answers[i].To.From.Topics.Down, result.Answers[i].Seal(_clock.Good ? now.UtcMs : 0));
        }

        return answers;
    }

    /// <summary>Asks something of a station. Returns at once with the command as queued; the number is its name from now on.</summary>
    /// <exception cref="ArgumentException">The request cannot be; the message says place, value and what is allowed.</exception>
    public StationCommand Queue(CommandRequest request, Instant now)
    {
        _clock.Judge(now);
        StationCommand command = Queue(_store, request, now.UtcMs, _clock.TrustedMs(now));
        _commandWaits.LeftMs(command, Trusted(now));
        _commandLookRunMs = long.MinValue;
        return command;
    }

    /// <summary>As the other, into a store that a running county looks into: for another process, or another connection.</summary>
    /// <param name="store">A connection of its own.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="nowMs">The wall clock, ms since 1970 UTC: it names the moments of queueing and expiry.</param>
    public static StationCommand Queue(IEventStore store, CommandRequest request, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(store);
        long trustedMs = ClockTrust.Known(store.TrustedMs());
        return Queue(store, request, nowMs, ClockTrust.Plausible(nowMs, trustedMs) ? nowMs : trustedMs);
    }

    private static StationCommand Queue(IEventStore store, CommandRequest request, long nowMs, long trustedMs)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(request));
        }

        // Queueing and expiry are named by the clock by which a command's life is reckoned.
        long queuedMs = trustedMs == 0 ? nowMs : trustedMs;
        for (int i = 0; i < CountyLimits.CommandNumberTries; i++)
        {
            using IStoreTransaction rows = store.Begin();
            if (new CommandBook(rows, queuedMs, trustedMs, trusted: true).Queue(request) is { } command)
            {
                rows.Commit();
                return command;
            }
        }

        throw new InvalidOperationException($"station {request.Station}: others took {CountyLimits.CommandNumberTries} command numbers");
    }

    /// <summary>The commands that are due at this moment, to be published. Called a few times a second.</summary>
    public IReadOnlyList<Outgoing> Commands(Instant now)
    {
        if (!now.IsPast(_commandLookRunMs, CountyLimits.CommandLookMs))
        {
            return [];
        }

        _commandLookRunMs = now.RunMs;
        _clock.Judge(now);
        CommandBook book;
        using (IStoreTransaction rows = _store.Begin())
        {
            IReadOnlyList<StationCommand> open = rows.OpenCommands();
            PeerCommands = [.. open.Where(command => _peers.ContainsKey(command.Station))];
            _commandWaits.KeepOnly(open);
            if (!open.Any(command => _commandWaits.IsDue(command, Trusted(now))))
            {
                return [];
            }

            book = new CommandBook(rows, now.UtcMs, _clock.TrustedMs(now), _clock.Good);
            book.Send(open, _gate.Find, station => !IsSilent(station, now), _commandWaits, Trusted(now));
            rows.Commit();
        }

        foreach (StationCommand command in book.Changed)
        {
            if (Find(command.Station) is { } station)
            {
                _observer.CommandChanged(station, command);
            }
        }

        book.Due.ForEach(due => _commandWaits.Sent(due.Command, now));
        return [.. book.Due.Select(due => new Outgoing(due.To.Topics.Down, CommandBook.Seal(due.To, due.Head, due.Command)))];
    }

    /// <summary>This moment by a clock that is trusted: a wrong one ends no command.</summary>
    private Instant Trusted(Instant now) => now with { UtcMs = _clock.TrustedMs(now) };

    /// <summary>The work that is due by time: the registry, the counters, who fell silent. Called a few times a second.</summary>
    public void Tick(Instant now)
    {
        _observer.Passed(now);
        foreach (RefusalCount line in _refusals.TakeLines(now.RunMs))
        {
            _observer.Refused(line, line.Station == 0 ? null : _gate.Find(line.Station));
        }

        if (now.IsPast(_registryLookRunMs, CountyLimits.RegistryLookMs))
        {
            _registryLookRunMs = now.RunMs;
            LookAtRegistry();
            LookAtClock(now);
            FindSilent(now);
            Escalate(now);
            LookAtCases(now);
        }

        if (now.IsPast(_flushRunMs, CountyLimits.RefusalFlushMs))
        {
            _flushRunMs = now.RunMs;
            Flush();
        }
    }

    /// <summary>Writes the counters that are not written yet; also the last act before the end.</summary>
    public void Flush()
    {
        IReadOnlyList<RefusalCount> counts = _refusals.TakeUnwritten();
        if (counts.Count == 0)
        {
            return;
        }

        try
        {
            _store.AddRefusals(counts);
        }
        catch
        {
            _refusals.PutBack(counts);
            throw;
        }
    }

    /// <summary>A station that uses its next key has no use for the old one any more.</summary>
    private void TakeNextKeys(IEnumerable<SignedMessage> messages)
    {
        // Asked of the registry of now: a message may have waited while the key that it was signed with became the only one.
        uint[] rotated =
            [.. messages.Where(m => _gate.Find(m.From.Station)?.NextKey?.Id == m.Key.Id).Select(m => m.From.Station).Distinct()];
        foreach (uint station in rotated)
        {
            _store.TakeNextKey(station);
            _observer.KeyRotated(_gate.Find(station)!);
        }

        if (rotated.Length > 0)
        {
            Admit(_store.RegistryVersion());
        }
    }

    private void Tell(LedgerResult result, Instant now)
    {
        foreach (StationRegistration heard in result.Heard)
        {
            _heardRunMs[heard.Station] = now.RunMs;
            if (_quiet.Remove(heard.Station) && !result.Presence.Exists(p => p.From.Station == heard.Station))
            {
                _observer.PresenceChanged(heard, PresenceChange.Online);
            }
        }

        foreach ((StationRegistration from, PresenceChange change) in result.Presence)
        {
            if (change == PresenceChange.Offline)
            {
                _quiet.Add(from.Station);
            }

            _observer.PresenceChanged(from, change);
        }

        foreach ((StationRegistration station, EpochChange change) in result.OtherEpoch)
        {
            TellEpoch(station, change, now);
        }

        result.Stored.ForEach(s => _observer.Stored(s.From, s.Stored));
        result.Conflicts.ForEach(c => _observer.ConflictFound(c.From, c.Key));
        result.ConflictingFires.ForEach(c => _observer.ConflictingFire(c.From, c.Stored));
        result.GapsFound.ForEach(g => _observer.GapFound(g.From, g.Gap));
        result.GapsExplained.ForEach(g => _observer.GapExplained(g.From, g.Gap));
        result.Escalations.ForEach(e => _observer.Escalated(e.From, e.Escalation));
        TellCases(result.Cases);
        result.Commands.ForEach(c => _observer.CommandChanged(c.From, c.Command));
        if (result.Commands.Count > 0)
        {
            // The station is free for its next command.
            _commandLookRunMs = long.MinValue;
        }
    }

    private void TellEpoch(StationRegistration station, EpochChange change, Instant now)
    {
        if (!_epochTold.TryGetValue(station.Station, out (long RunMs, EpochChange Change) told) || change > told.Change
            || now.RunMs - told.RunMs >= CountyLimits.RefusalLineMs)
        {
            _epochTold[station.Station] = (now.RunMs, change);
            _observer.EpochChanged(station, change);
        }
    }
}
