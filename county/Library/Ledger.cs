// Owns: how messages become rows: once each, with what is held, gaps, times and presence, all in one transaction.
// Must never: acknowledge; what it returns may be told only after the transaction is committed.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>Works one group of messages into one transaction. Made anew for each group.</summary>
internal sealed class Ledger
{
    private readonly IStoreTransaction _rows;
    private readonly long _nowMs;
    private readonly Dictionary<LaneKey, LaneState> _lanes = [];
    private readonly Dictionary<uint, StationRegistration> _from = [];
    private readonly LedgerResult _result = new();
    private readonly ClockBook _clocks;
    private readonly SessionBook _sessions;
    private readonly PresenceBook _presence;
    private readonly GapBook _gaps;

    private Ledger(IStoreTransaction rows, long nowMs)
    {
        _rows = rows;
        _nowMs = nowMs;
        _clocks = new ClockBook(rows);
        _sessions = new SessionBook(rows);
        _presence = new PresenceBook(rows, nowMs);
        _gaps = new GapBook(rows, nowMs);
    }

    /// <summary>Enters the messages; the caller commits.</summary>
    public static LedgerResult Enter(IStoreTransaction rows, IReadOnlyList<SignedMessage> messages, long nowMs)
    {
        Ledger ledger = new(rows, nowMs);
        ledger.Enter(messages);
        return ledger._result;
    }

    private void Enter(IReadOnlyList<SignedMessage> messages)
    {
        foreach (SignedMessage message in messages)
        {
            _from[message.From.Station] = message.From;
            _clocks.Learn(message);
        }

        List<StoredEvent> added = Insert(messages);
        _clocks.BackFill();
        foreach (IGrouping<LaneKey, StoredEvent> lane in added.GroupBy(e => e.Key.InLane))
        {
            _gaps.Arrived(lane.Key, LaneOf(lane.Key), lane.OrderBy(e => e.Record.Sequence));
        }

        _result.GapsExplained.AddRange(_gaps.Explained);
        foreach (SignedMessage message in messages)
        {
            AdvanceHeld(message);
        }

        AnswerBook answers = new(_presence, HeldOf);
        foreach (SignedMessage message in messages)
        {
            Standing standing = _sessions.Judge(message);
            if (standing == Standing.Accepted)
            {
                TakePresence(message);
            }

            answers.Take(message, standing, _sessions.Of(message.Header), _result);
        }

        foreach (KeyValuePair<LaneKey, LaneState> lane in _lanes.Where(l => l.Value.Highest != 0))
        {
            _rows.Put(lane.Key, lane.Value);
        }

        _sessions.Save();
        _presence.Save();
    }

    /// <summary>Inserts what is new. The same key with other bytes is kept apart; the first version stays.</summary>
    private List<StoredEvent> Insert(IReadOnlyList<SignedMessage> messages)
    {
        HashSet<EventKey> seen = [];
        List<StoredEvent> first = [];
        List<StoredEvent> again = [];
        foreach (StoredEvent stored in messages.SelectMany(m => m.Batch?.Events ?? []))
        {
            _clocks.Time(stored);
            (seen.Add(stored.Key) ? first : again).Add(stored);
        }

        bool[] isNew = _rows.Insert(first);
        List<StoredEvent> added = [];
        List<StoredEvent> known = [];
        for (int i = 0; i < first.Count; i++)
        {
            (isNew[i] ? added : known).Add(first[i]);
        }

        foreach (StoredEvent stored in known.Concat(again))
        {
            if (_rows.RawOf(stored.Key) is not { } kept || !kept.AsSpan().SequenceEqual(stored.Raw))
            {
                _rows.AddConflict(stored.Key, stored.Raw, _nowMs);
                _result.Conflicts.Add((_from[stored.Key.Station], stored.Key));
            }
        }

        _result.Stored.AddRange(added.Select(e => (_from[e.Key.Station], e)));
        return added;
    }

    /// <summary>
    /// A batch says "everything that I still have above After is in here". Only a county that held through After may therefore count itself through the
    /// batch's last record; otherwise something between may still be on its way.
    /// </summary>
    private void AdvanceHeld(SignedMessage message)
    {
        if (message.Batch is not { } batch)
        {
            return;
        }

        LaneKey key = new(message.Header.Station, message.Header.Epoch, batch.Lane);
        LaneState state = LaneOf(key);
        if (state.Held < batch.After || state.Held >= batch.Last)
        {
            return;
        }

        uint from = state.Held + 1;
        state.Held = batch.Last;
        foreach (Gap gap in _rows.Gaps(key, from, state.Held))
        {
            if (gap.OwnedBy == 0)
            {
                _result.GapsFound.Add((message.From, gap));
            }
        }
    }

    private void TakePresence(SignedMessage message)
    {
        if (_presence.Take(message) is { } change)
        {
            _result.Presence.Add((message.From, change));
        }

        if (message.Header.Type != MessageType.Offline)
        {
            _result.Heard.Add(message.From);
        }
    }

    private LaneState LaneOf(LaneKey key)
    {
        if (!_lanes.TryGetValue(key, out LaneState? state))
        {
            state = _rows.Lane(key) ?? new LaneState();
            _lanes.Add(key, state);
        }

        return state;
    }

    private uint[] HeldOf(MessageHeader h)
    {
        uint[] held = new uint[Lane.Count];
        for (int lane = 0; lane < Lane.Count; lane++)
        {
            held[lane] = LaneOf(new LaneKey(h.Station, h.Epoch, lane)).Held;
        }

        return held;
    }
}

/// <summary>What a group of messages came to; told and published after the commit.</summary>
internal sealed class LedgerResult
{
    public List<(StationRegistration From, StoredEvent Stored)> Stored { get; } = [];

    public List<(StationRegistration From, EventKey Key)> Conflicts { get; } = [];

    public List<(StationRegistration From, Gap Gap)> GapsFound { get; } = [];

    public List<Gap> GapsExplained { get; } = [];

    public List<(StationRegistration From, PresenceChange Change)> Presence { get; } = [];

    /// <summary>Stations of which a message was accepted.</summary>
    public HashSet<StationRegistration> Heard { get; } = [];

    /// <summary>Messages that their session refuses, each with a <see cref="DecodeResult"/>.</summary>
    public List<(SignedMessage Message, int Reason)> Refused { get; } = [];

    public List<Answer> Answers { get; } = [];
}
