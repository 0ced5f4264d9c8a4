// Owns: how messages become rows: once each, with what is held, gaps, times and presence, all in one transaction.
// Must never: acknowledge; what it returns may be told only after the transaction is committed.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>Works one group of messages into one transaction. Made anew for each group.</summary>
internal sealed class Ledger
{
    private readonly IStoreTransaction _rows;
    private readonly Dictionary<LaneKey, LaneState> _lanes = [];
    private readonly Dictionary<uint, StationRegistration> _from = [];

    // Where each lane that went on began to; its gaps are asked for once, however many batches it went on by.
    private readonly Dictionary<LaneKey, (StationRegistration From, uint First)> _advanced = [];
    private readonly OpenedSessions _opened;
    private readonly LedgerResult _result = new();
    private readonly WorkBook _work = new();
    private readonly ClockBook _clocks;
    private readonly SessionBook _sessions;
    private readonly PresenceBook _presence;
    private readonly GapBook _gaps;
    private readonly EventBook _events;
    private readonly CommandBook _commands;
    private readonly EscalationBook _escalations;
    private readonly NameBook _names;

    private readonly Dictionary<uint, int> _unopened = [];
    private readonly Predicate<uint> _registered;
    private readonly IReadOnlySet<uint> _silentCases;
    private readonly Func<CaseBook?> _newCases;
    private readonly uint _highest;

    private Ledger(
        IStoreTransaction rows, OpenedSessions opened, NameWaits names, CountyOptions options, AlarmWaits waits, ClockTrust clock,
        Predicate<uint> registered, IReadOnlySet<uint> silentCases, Instant now)
    {
        _registered = registered;
        _silentCases = silentCases;
        _newCases = () => CaseBook.Of(rows, options.Cases, clock, now, _work);
        _highest = (uint)Math.Min(
            ContractLimits.SequenceMax, (long)RisingNumber.AtLeast(clock.TrustedMs(now), uint.MaxValue) + CountyLimits.SequencesAboveClock);
        long nowMs = now.UtcMs;
        long trustedMs = clock.TrustedMs(now);
        _escalations = new EscalationBook(rows, options, waits, now);
        _rows = rows;
        _opened = opened;
        _clocks = new ClockBook(rows, clock.Good, _work);
        _presence = new PresenceBook(rows, nowMs, trustedMs);
        _sessions = new SessionBook(rows, _presence, nowMs, trustedMs, _work);
        _names = new NameBook(rows, names, _sessions, _presence, _result, now, _work);
        _gaps = new GapBook(rows, nowMs, _work);
        _events = new EventBook(rows, _clocks, nowMs, _work);
        _commands = new CommandBook(rows, nowMs, trustedMs, clock.Good);
    }

    /// <summary>Enters the messages; the caller commits.</summary>
    /// <param name="rows">The transaction.</param>
    /// <param name="messages">In the order in which they came.</param>
    /// <param name="opened">Sessions that this process opened; the caller adds those of the result after the commit.</param>
    /// <param name="names">What is known of stations' names.</param>
    /// <param name="options">Settings.</param>
    /// <param name="waits">How long open alarms have waited.</param>
    /// <param name="clock">Whether the county's clock is trusted.</param>
    /// <param name="registered">
    /// Whether a station is still registered: what it sent before counts, but it is not present any more.
    /// </param>
    /// <param name="silentCases">Stations whose silence is an open case.</param>
    /// <param name="now">This moment.</param>
    public static LedgerResult Enter(
        IStoreTransaction rows, IReadOnlyList<SignedMessage> messages, OpenedSessions opened, NameWaits names, CountyOptions options,
        AlarmWaits waits, ClockTrust clock, Predicate<uint> registered, IReadOnlySet<uint> silentCases, Instant now)
    {
        Ledger ledger = new(rows, opened, names, options, waits, clock, registered, silentCases, now);
        ledger.Enter(messages);
        ledger._result.Work = ledger._work.Units;
        return ledger._result;
    }

    private void Enter(IReadOnlyList<SignedMessage> messages)
    {
        _rows.Expect(messages.Select(m => new BootKey(m.Header.Station, m.Header.Epoch, m.Header.Boot)).ToHashSet());
        List<(SignedMessage Message, Standing Standing)> judged = [];
        foreach (SignedMessage message in messages)
        {
            bool opens = _sessions.Opens(message);
            Standing standing = _sessions.Judge(message);
            if (opens && standing == Standing.Accepted)
            {
                _presence.Recover(message.From.Station);
            }

            if (standing == Standing.Unopened && !MayStore(message))
            {
                standing = Standing.Cut;
            }

            judged.Add((message, standing));
            _work.Add(message.From.Station, message.Units);
            _from[message.From.Station] = message.From;
            if (standing is Standing.Accepted or Standing.Unopened or Standing.Cut)
            {
                _clocks.Learn(message, standing == Standing.Accepted);
            }

            if (standing == Standing.Accepted && _registered(message.From.Station))
            {
                TakePresence(message);
            }
        }

        List<StoredEvent> added = EnterEvents(judged);
        FindHidden(judged);
        EnterCases(added);
        AnswerBook answers = new(_presence, HeldOf, _result);
        foreach ((SignedMessage message, Standing standing) in judged)
        {
            bool behind = standing == Standing.Accepted && Behind(message);
            answers.Take(message, behind ? Standing.Unopened : standing, _sessions.Of(message));
        }

        added.ForEach(_names.Started);
        if (added.Count > 0)
        {
            _rows.Name(added);
        }

        foreach ((SignedMessage message, _) in judged.Where(one => one.Standing == Standing.Accepted && !Behind(one.Message)))
        {
            _names.Take(message);
        }

        _result.Unopened = _unopened;
        _rows.PutAll([.. _lanes.Where(l => l.Value.Highest != 0)]);
        _result.OtherEpoch = _presence.OtherEpoch;
        _sessions.Save();
        _presence.Save(_registered);
    }

    /// <summary>
    /// Sessions that were never opened store a bounded number of records: they could be numbers of fires to come. A fire is always stored.
    /// </summary>
    private bool MayStore(SignedMessage message)
    {
        uint station = message.From.Station;
        int stored = _unopened.GetValueOrDefault(station, _opened.UnopenedOf(station));
        int more = message.Batch?.Events.Count(e => !EventBook.IsFire(e.Record)) ?? 0;
        if (stored + more > CountyLimits.UnopenedRecordsMax)
        {
            return false;
        }

        _unopened[station] = stored + more;
        return true;
    }

    /// <summary>Compares what heartbeats say of fires with what is held after all of these messages.</summary>
    private void FindHidden(IReadOnlyList<(SignedMessage Message, Standing Standing)> judged)
    {
        foreach ((SignedMessage message, Standing standing) in judged)
        {
            if (standing != Standing.Accepted || message.Heartbeat is not { } said)
            {
                continue;
            }

            MessageHeader h = message.Header;
            FireBeat beat = new(
                h.Station, h.Epoch, h.Boot, h.UptimeMs, said.Conditions.HasFlag(ConditionBits.Fire), said.Last[(int)Lane.Fire]);
            uint held = HeldOf(h)[(int)Lane.Fire];
            bool hidden = HiddenFires.IsHidden(_rows, beat, held);
            if (!hidden)
            {
                _escalations.EndHidden(beat);
            }

            _presence.Hidden(h.Station, hidden);
            _result.FireBeats.Add((beat, hidden, held));
        }

        _result.Escalations.AddRange(_escalations.Changed.Select(e => (_from[e.Alarm.Station], e)));
    }

    private List<StoredEvent> EnterEvents(IReadOnlyList<(SignedMessage Message, Standing Standing)> judged)
    {
        SignedMessage[] messages =
            [.. judged.Where(j => j.Standing is Standing.Accepted or Standing.Unopened).Select(j => j.Message)];
        IEnumerable<StoredEvent> cut = judged.Where(j => j.Standing == Standing.Cut)
            .SelectMany(j => j.Message.Batch?.Events ?? []).Where(e => EventBook.IsFire(e.Record));
        foreach (SignedMessage message in messages.Where(m => m.Batch is { } batch && !IsPossible(m.Header, batch.Lane, batch.Last)))
        {
            _result.Refused.Add((message, DecodeResult.OutOfRange));
        }

        IEnumerable<StoredEvent> taken =
            messages.SelectMany(m => m.Batch?.Events ?? []).Where(e => EventBook.IsFire(e.Record) || (IsPossible(e) && !IsPruned(e)));
        List<StoredEvent> added = _events.Enter(taken.Concat(cut));
        _clocks.BackFill();
        foreach (IGrouping<LaneKey, StoredEvent> lane in added.Where(IsPossible).GroupBy(e => e.Key.InLane))
        {
            _gaps.Arrived(lane.Key, LaneOf(lane.Key), lane.OrderBy(e => e.Record.Sequence));
        }

        _gaps.Save();

        foreach (SignedMessage message in messages)
        {
            AdvanceHeld(message);
        }

        IReadOnlyList<Gap> passed = _rows.Gaps([.. _advanced.Select(a => new LaneRange(a.Key, a.Value.First, LaneOf(a.Key).Held))]);
        _result.GapsFound.AddRange(passed.Where(gap => gap.OwnedBy == 0).Select(gap => (_advanced[gap.Lane].From, gap)));

        _commands.Answered(added);
        _result.Commands.AddRange(_commands.Changed.Select(command => (_from[command.Station], command)));
        _escalations.Arrived(added, _events.ConflictingFires);
        _result.Stored.AddRange(added.Select(e => (_from[e.Key.Station], e)));
        _result.ConflictingFires.AddRange(_events.ConflictingFires.Select(e => (_from[e.Key.Station], e)));
        _result.Conflicts.AddRange(_events.Conflicts.Select(key => (_from[key.Station], key)));
        _result.GapsExplained.AddRange(_gaps.Explained.Select(gap => (_from[gap.Lane.Station], gap)));
        return added;
    }

    /// <summary>What concerns no case costs no statement.</summary>
    private void EnterCases(List<StoredEvent> added)
    {
        uint[] back = [.. _result.Heard.Select(from => from.Station).Where(_silentCases.Contains)];
        Escalation[] arrived =
            [.. _escalations.Changed.Where(e => e.Cause == EscalationCause.HiddenFire && e.EndedMs != 0)];
        bool concerned = back.Length > 0 || arrived.Length > 0 || _clocks.Filled.Count > 0 || _events.ConflictingFires.Count > 0
            || added.Exists(CaseBook.Concerns) || _events.Retimed.Exists(CaseBook.Concerns);
        if (concerned && _newCases() is { } cases)
        {
            Array.ForEach(back, cases.Heard);
            Array.ForEach(arrived, e => cases.Hidden(e, _from[e.Alarm.Station]));
            _events.ConflictingFires.ForEach(cases.Conflicting);
            cases.Arrived(added, _events.Retimed, _clocks.Filled);
            _result.Cases = cases.Changed;
        }
    }

    /// <summary>Stored long ago, and let go of: a repeat that is compared with nothing any more. Fires stay, and so are compared.</summary>
    private bool IsPruned(StoredEvent stored) => stored.Key.Sequence <= LaneOf(stored.Key.InLane).Pruned;

    private bool IsPossible(StoredEvent stored) => IsPossible(stored.Key.InLane, stored.Key.Sequence);

    private bool IsPossible(MessageHeader h, Lane lane, uint last) => IsPossible(new LaneKey(h.Station, h.Epoch, lane), last);

    /// <summary>
    /// Whether a box can have come to a number. One that it can't have is held by nobody, else the box would go on above it, at the end of
    /// all numbers: whoever has its key wants to silence it. A fire is stored and shown all the same. A lane that is there already goes on.
    /// </summary>
    private bool IsPossible(LaneKey lane, uint sequence) => sequence <= _highest || LaneOf(lane).Held > _highest;

    /// <summary>
    /// A batch says "everything that I still have above After is in here". Only a county that held through After may therefore count
    /// itself through the batch's last record; otherwise something between may still be on its way.
    /// </summary>
    private void AdvanceHeld(SignedMessage message)
    {
        if (message.Batch is not { } batch)
        {
            return;
        }

        LaneKey key = new(message.Header.Station, message.Header.Epoch, batch.Lane);
        LaneState state = LaneOf(key);
        if (state.Held < batch.After || state.Held >= batch.Last || !IsPossible(key, batch.Last))
        {
            return;
        }

        _advanced.TryAdd(key, (message.From, state.Held + 1));
        state.Held = batch.Last;
    }

    /// <summary>
    /// True when the gateway was told of more than the county holds: the database is an older copy. A heartbeat says what the gateway was
    /// told, and a batch continues it. In a session that this process opened both sides have compared their numbers, and a batch that
    /// continues something unknown only means that an earlier one is missing, which the gateway sends again by itself.
    /// </summary>
    private bool Behind(SignedMessage message)
    {
        if (_opened.Contains(message.Header))
        {
            return false;
        }

        uint[] held = HeldOf(message.Header);
        return message switch
        {
            { Heartbeat: { } beat } => beat.Held.Where((told, lane) => told > held[lane]).Any(),
            { Batch: { } batch } => batch.After > held[(int)batch.Lane],
            _ => false,
        };
    }

    private void TakePresence(SignedMessage message)
    {
        if (_presence.Take(message) is { } change)
        {
            _result.Presence.Add((message.From, change));
        }

        if (message.Header.Type is not (MessageType.Offline or MessageType.Hello))
        {
            _result.Heard.Add(message.From);
        }
    }

    private LaneState LaneOf(LaneKey key)
    {
        if (!_lanes.TryGetValue(key, out LaneState? state))
        {
            state = _rows.Lane(key) ?? Forgotten(key);
            _lanes.Add(key, state);
        }

        return state;
    }

    /// <summary>
    /// Of a life that was forgotten the events are there, so that their numbers are no gaps; what is held is asked of the box.
    /// </summary>
    private LaneState Forgotten(LaneKey key) => _sessions.IsNew(key.Station, key.Epoch) && _presence.HasForgotten(key.Station)
        ? new LaneState { Highest = _rows.HighestOf(key), Pruned = _rows.PrunedThrough(key) } : new LaneState();

    private uint[] HeldOf(MessageHeader h)
    {
        uint[] held = new uint[Lanes.Count];
        for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
        {
            held[(int)lane] = LaneOf(new LaneKey(h.Station, h.Epoch, lane)).Held;
        }

        return held;
    }
}

/// <summary>The newest session of each station that this process has opened.</summary>
internal sealed class OpenedSessions
{
    private readonly Dictionary<uint, (uint Epoch, uint Boot, uint Session)> _sessions = [];
    private readonly Dictionary<uint, int> _unopened = [];

    public bool Contains(MessageHeader h) =>
        _sessions.TryGetValue(h.Station, out (uint, uint, uint) newest) && newest == (h.Epoch, h.Boot, h.Session);

    public void Add(MessageHeader hello)
    {
        _sessions[hello.Station] = (hello.Epoch, hello.Boot, hello.Session);
        _unopened.Remove(hello.Station);
    }

    /// <summary>How many records sessions of the station have stored since one was opened.</summary>
    public int UnopenedOf(uint station) => _unopened.GetValueOrDefault(station);

    public void Unopened(IReadOnlyDictionary<uint, int> stored)
    {
        foreach ((uint station, int count) in stored)
        {
            _unopened[station] = count;
        }
    }
}
