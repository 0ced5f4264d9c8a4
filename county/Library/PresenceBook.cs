// Owns: what an accepted message changes in a station's presence, and the counter of its answers.
// Must never: be told of a message that its session did not accept.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>The presence rows of one transaction.</summary>
/// <param name="rows">The transaction.</param>
/// <param name="nowMs">The wall clock, ms since 1970 UTC.</param>
/// <param name="trustedMs">The time by a clock that is trusted.</param>
internal sealed class PresenceBook(IStoreTransaction rows, long nowMs, long trustedMs)
{
    private readonly Dictionary<uint, StationState> _states = [];

    private readonly HashSet<(uint Station, uint Epoch)> _heard = [];

    /// <summary>Stations that spoke under another epoch than before, and the gravest of what that meant.</summary>
    public Dictionary<StationRegistration, EpochChange> OtherEpoch { get; } = [];

    /// <summary>Takes an accepted message in. Tells whether the station came or went by it.</summary>
    public PresenceChange? Take(SignedMessage message)
    {
        StationState state = Of(message.From.Station);
        bool was = state.Online;
        if (message.Header.Type == MessageType.Offline)
        {
            // Of two boxes under one number, the will of the one that was not heard last says nothing.
            state.Online &= message.Header.Epoch != state.Epoch;
            state.Silent &= state.Online;
        }
        else
        {
            if (state.Epoch != 0 && state.Epoch != message.Header.Epoch)
            {
                EpochChange change = Turn(state, message.Header.Epoch);
                OtherEpoch[message.From] = OtherEpoch.TryGetValue(message.From, out EpochChange other) && other > change ? other : change;
            }

            _heard.Add((state.Station, message.Header.Epoch));

            Take(state, message);
        }

        // A hello proves nothing of now: it can be held back for years. What answers its welcome cannot have been made before.
        if (message.Header.Type is not (MessageType.Offline or MessageType.Hello))
        {
            state.Online = true;
            state.Silent = false;
            state.LastSeenMs = message.ReceivedMs;
        }

        if (state.Online == was)
        {
            return null;
        }

        state.SinceMs = nowMs;
        return state.Online ? PresenceChange.Online : PresenceChange.Offline;
    }

    /// <summary>
    /// The next counter of answers to a station: above the last one stored, and not below the county's clock in seconds since 2024, so
    /// that it goes on rising after the database was restored from an older copy. One count a station serves all of its sessions, since
    /// a counter need only rise.
    /// </summary>
    public uint NextCounter(uint station)
    {
        StationState state = Of(station);
        uint clock = RisingNumber.AtLeast(trustedMs, uint.MaxValue - 1);
        state.AnswerCounter = Math.Max(state.AnswerCounter == uint.MaxValue ? uint.MaxValue : state.AnswerCounter + 1, clock);
        return state.AnswerCounter;
    }

    /// <summary>
    /// A new session begins, and its gateway counts from 0: a counter that a clock far ahead once raised comes down to where it belongs.
    /// </summary>
    public void Recover(uint station)
    {
        StationState state = Of(station);
        long highest = RisingNumber.AtLeast(trustedMs, uint.MaxValue) + CountyLimits.ClockJumpMs / 1000;
        state.AnswerCounter = state.AnswerCounter > highest ? 0 : state.AnswerCounter;
    }

    /// <summary>Keeps since when heartbeats tell of a fire that the county does not have.</summary>
    public void Hidden(uint station, bool hidden)
    {
        StationState state = Of(station);
        state.HiddenMs = !hidden ? 0 : state.HiddenMs != 0 ? state.HiddenMs : nowMs;
    }

    public bool HasForgotten(uint station) => Of(station).EpochsForgotten > 0;

    /// <summary>Of so many lives of its store only the events are left.</summary>
    public void Forgot(uint station, int epochs) => Of(station).EpochsForgotten += epochs;

    public void Save() => rows.PutAll(_states.Values);

    /// <summary>As the other, of those alone that are registered.</summary>
    public void Save(Predicate<uint> registered) => rows.PutAll([.. _states.Values.Where(state => registered(state.Station))]);

    private StationState Of(uint station)
    {
        if (!_states.TryGetValue(station, out StationState? state))
        {
            state = rows.State(station) ?? new StationState { Station = station };
            _states.Add(station, state);
        }

        return state;
    }

    /// <summary>
    /// One epoch that comes back is a box that found its flash good again after a life in memory. A second one that comes back means that
    /// two boxes speak in turn.
    /// </summary>
    private EpochChange Turn(StationState state, uint epoch)
    {
        bool known = _heard.Contains((state.Station, epoch)) || rows.Session(state.Station, epoch) is { Boot: > 0 };
        bool twins = known && state.EpochReturned != 0 && state.EpochReturned != epoch;
        state.EpochBefore = state.Epoch;
        if (!known)
        {
            state.RenewedMs = nowMs;
            CountRenewed(state);
            return EpochChange.Renewed;
        }

        state.EpochReturned = epoch;
        state.TwinsMs = twins ? nowMs : state.TwinsMs;
        return twins ? EpochChange.Twins : EpochChange.Returned;
    }

    // For lists alone. The hour began at a stored moment, since a restart of the county does not end it.
    private void CountRenewed(StationState state)
    {
        if (nowMs - state.EpochHourMs is < 0 or >= CountyLimits.EpochHourMs)
        {
            (state.EpochHourMs, state.EpochsInHour) = (nowMs, 0);
        }

        state.EpochsInHour++;
    }

    private static void Take(StationState state, SignedMessage message)
    {
        MessageHeader h = message.Header;
        state.Epoch = h.Epoch;
        state.Boot = h.Boot;
        state.UtcMs = h.UtcMs;
        state.UtcQuality = (int)h.UtcQuality;
        state.UptimeMs = h.UptimeMs;
        if (message.Hello is { } hello)
        {
            state.Firmware = hello.Firmware;
            hello.Last.CopyTo(state.Last, 0);
            hello.Held.CopyTo(state.ToldHeld, 0);
        }
        else if (message.Heartbeat is { } beat)
        {
            Take(state, beat);
        }
    }

    private static void Take(StationState state, Heartbeat beat)
    {
        state.Conditions = beat.Conditions;
        state.StationCode = beat.StationCode;
        state.OpenCases = beat.OpenCases;
        state.ZonesFire = beat.ZonesFire;
        state.ZonesFault = beat.ZonesFault;
        state.ZonesDisabled = beat.ZonesDisabled;
        state.ZonesTest = beat.ZonesTest;
        state.ZonesSupervisory = beat.ZonesSupervisory;
        beat.Last.CopyTo(state.Last, 0);
        beat.Held.CopyTo(state.ToldHeld, 0);
        state.Connections = beat.Connections;
        state.Resends = beat.Resends;
        state.Refused = beat.Refused;
        state.SettingsCrc = beat.SettingsCrc;
    }
}
