// Owns: what the county last heard of a station: its newest session, its presence and what its sign of life says.
// Must never: be changed by a message that is not newer than the last one.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>The newest session of one life of a station's store. Epochs have no order, so each keeps its own.</summary>
public sealed class SessionState
{
    public required uint Station { get; init; }

    public required uint Epoch { get; init; }

    /// <summary>
    /// Boot and number of the newest session opened by a hello, and the highest counter accepted in it; 0 before the first.
    /// </summary>
    public uint Boot { get; set; }

    public uint Session { get; set; }

    public uint Counter { get; set; }

    /// <summary><see cref="StationKey.Id"/> of the key that signed the session; 0 = from before sessions kept it.</summary>
    public long KeyId { get; set; }

    /// <summary>What the session's hello said that the gateway can, see <see cref="HelloAbility"/>.</summary>
    public HelloAbility Abilities { get; set; }

    /// <summary>Of a life that was forgotten, the highest start that is known of it; not stored.</summary>
    public uint BootBefore { get; set; }

    /// <summary>When the last message of this life came, ms since 1970 UTC.</summary>
    public long SeenMs { get; set; }

    /// <summary>The session whose will was taken.</summary>
    public uint WillBoot { get; set; }

    public uint WillSession { get; set; }
}

/// <summary>Presence of one station; one row a station.</summary>
public sealed class StationState
{
    public required uint Station { get; init; }

    /// <summary>Epoch and boot of the newest message.</summary>
    public uint Epoch { get; set; }

    public uint Boot { get; set; }

    /// <summary>Counter of the last answer signed with this station's key; rises for ever, over sessions and restarts.</summary>
    public uint AnswerCounter { get; set; }

    /// <summary>False after the broker published the station's will.</summary>
    public bool Online { get; set; }

    /// <summary>
    /// True when the receiving county has heard nothing for too long, although the station did not take leave. Only the receiver can
    /// judge that, since it alone has a clock that ran all the while.
    /// </summary>
    public bool Silent { get; set; }

    /// <summary>When <see cref="Online"/> last changed, ms since 1970 UTC by the county's clock.</summary>
    public long SinceMs { get; set; }

    /// <summary>Receipt of the newest message by the county's clock.</summary>
    public long LastSeenMs { get; set; }

    /// <summary>The gateway's own clock in that message, 0 = unknown, and its quality.</summary>
    public long UtcMs { get; set; }

    public int UtcQuality { get; set; }

    public long UptimeMs { get; set; }

    /// <summary>From the newest hello: printable ASCII.</summary>
    public string Firmware { get; set; } = "";

    /// <summary>From the newest heartbeat.</summary>
    public ConditionBits Conditions { get; set; }

    /// <summary>0 none, 1 green, 2 yellow, 3 red.</summary>
    public int StationCode { get; set; }

    public int OpenCases { get; set; }

    /// <summary>Bit n-1 is zone n.</summary>
    public uint ZonesFire { get; set; }

    public uint ZonesFault { get; set; }

    public uint ZonesDisabled { get; set; }

    public uint ZonesTest { get; set; }

    public uint ZonesSupervisory { get; set; }

    /// <summary>Per lane the last sequence given by the gateway, from hello or heartbeat.</summary>
    public uint[] Last { get; } = new uint[Lanes.Count];

    /// <summary>Per lane what the gateway knows that the county holds.</summary>
    public uint[] ToldHeld { get; } = new uint[Lanes.Count];

    public uint Connections { get; set; }

    public uint Resends { get; set; }

    public uint Refused { get; set; }

    /// <summary>CRC-32 of the settings in force; 0 when not configured.</summary>
    public uint SettingsCrc { get; set; }

    /// <summary>
    /// Since when heartbeats tell of a fire that the county does not have, ms since 1970 UTC; 0 = they tell of none.
    /// </summary>
    public long HiddenMs { get; set; }

    /// <summary>The epoch that spoke before <see cref="Epoch"/>, 0 = none, and the one that last came back after another.</summary>
    public uint EpochBefore { get; set; }

    public uint EpochReturned { get; set; }

    /// <summary>When an epoch was heard that the county did not know, after another one; 0 = never.</summary>
    public long RenewedMs { get; set; }

    /// <summary>
    /// How many epochs that the county did not know came in the hour that began at <see cref="EpochHourMs"/>: a box that starts again for
    /// ever without its flash, or somebody who has its key.
    /// </summary>
    public int EpochsInHour { get; set; }

    public long EpochHourMs { get; set; }

    /// <summary>
    /// Epochs of which only the events are kept, since there were too many; while it is 0 an epoch without rows is a new one.
    /// </summary>
    public int EpochsForgotten { get; set; }

    /// <summary>When two epochs last spoke in turn, so that two boxes have this number; 0 = never.</summary>
    public long TwinsMs { get; set; }
}
