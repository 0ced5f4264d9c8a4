// Owns: what must be there before a story can be played: a broker, a database, a registered station.
// Must never: be printed: it knows the station's key.

using Gateway.County;

namespace Gateway.Stories;

/// <summary>Made by whoever starts the player: run.sh for a person, the tests for themselves.</summary>
public sealed class StoryStage
{
    /// <summary>Makes the county's connection to the broker at which the station is.</summary>
    public required Func<IBroker> Link { get; init; }

    /// <summary>The county's database, in which the station is registered.</summary>
    public required string Database { get; init; }

    /// <summary>The lines station and uplink, as `county station add` wrote them.</summary>
    public required string StationFile { get; init; }

    /// <summary>The station's key and password, likewise.</summary>
    public required string KeyFile { get; init; }

    /// <summary>The gateway's flash and settings come to lie here.</summary>
    public required string Folder { get; init; }
}
