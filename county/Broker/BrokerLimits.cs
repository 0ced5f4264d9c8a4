// Owns: every bound of the embedded broker, with its reason.
// Must never: be larger than what county/mosquitto's templates allow there.

using Gateway.Contract;

namespace Gateway.County.Broker;

public static class BrokerLimits
{
    /// <summary>Stations from which on `county run` warns: measured is a pilot of some dozens, not a county.</summary>
    public const int StationsWarned = 100;

    /// <summary>
    /// A packet's body: the largest message with its topic, or a connection with name, password and will. As max_packet_size of Mosquitto.
    /// </summary>
    public const int PacketBytesMax = 1_280;

    /// <summary>A message's bytes, as message_size_limit of Mosquitto.</summary>
    public const int MessageBytesMax = ContractLimits.MessageBytesMax;

    /// <summary>
    /// Connections at a time: 100 stations, each twice, and others. When there are so many, the oldest that has not said who it is makes
    /// room.
    /// </summary>
    public const int ConnectionsMax = 1_000;

    /// <summary>A connection that has not said who it is by then is closed, ms.</summary>
    public const int LoginMs = 10_000;

    /// <summary>Messages to one client without its answer: county and gateway repeat what is dropped.</summary>
    public const int UnansweredMax = 200;

    /// <summary>Answers that a client has not read; it is heard again when it has. A gateway has 20 on their way at most.</summary>
    public const int UnreadMax = 200;

    /// <summary>Between two looks whether it has, ms.</summary>
    public const int UnreadLookMs = 10;

    /// <summary>Filters that one client may subscribe to: a reader has its township, and needs a few parts of it at most.</summary>
    public const int FiltersMax = 16;

    /// <summary>Between two looks at the registry, ms: a removed station's connection ends within this time.</summary>
    public const int RegistryLookMs = 200;

    /// <summary>Connections that wait to be taken: those of all stations that come back after an outage.</summary>
    public const int Backlog = 512;
}
