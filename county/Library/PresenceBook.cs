// Owns: what an accepted message changes in a station's presence, and the counter of its answers.
// Must never: be told of a message that its session did not accept.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>The presence rows of one transaction.</summary>
internal sealed class PresenceBook(IStoreTransaction rows, long nowMs)
{
    private readonly Dictionary<uint, StationState> _states = [];

    /// <summary>Stations that spoke under another epoch than before: a renewed store, or a second box with the same number.</summary>
    public HashSet<StationRegistration> OtherEpoch { get; } = [];

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
                OtherEpoch.Add(message.From);
            }

            Take(state, message);
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
        uint clock = RisingNumber.AtLeast(nowMs, uint.MaxValue - 1);
        state.AnswerCounter = Math.Max(state.AnswerCounter == uint.MaxValue ? uint.MaxValue : state.AnswerCounter + 1, clock);
        return state.AnswerCounter;
    }

    public void Save()
    {
        foreach (StationState state in _states.Values)
        {
            rows.Put(state);
        }
    }

    private StationState Of(uint station)
    {
        if (!_states.TryGetValue(station, out StationState? state))
        {
            state = rows.State(station) ?? new StationState { Station = station };
            _states.Add(station, state);
        }

        return state;
    }

    private static void Take(StationState state, SignedMessage message)
    {
        MessageHeader h = message.Header;
        state.Epoch = h.Epoch;
        state.Boot = h.Boot;
        state.Online = true;
        state.Silent = false;
        state.LastSeenMs = message.ReceivedMs;
        state.UtcMs = h.UtcMs;
        state.UtcQuality = h.UtcQuality;
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
