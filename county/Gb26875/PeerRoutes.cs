// Owns: by which connection a box is reached, and whether two boxes speak under one address.
// Must never: keep a connection that is closed.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>The newest connections of each box. Used by the county's working thread alone.</summary>
internal sealed class PeerRoutes
{
    private readonly Dictionary<uint, Route> _routes = [];

    /// <summary>Notes where a frame came from. True when two open connections speak in turn under one address.</summary>
    public bool Heard(ReceivedFrame frame)
    {
        Route route = _routes.GetValueOrDefault(frame.Peer.Station) ?? new Route(frame.From);
        _routes[frame.Peer.Station] = route;
        route.Own = frame.Head.Destination;
        route.Address = frame.Head.Source;
        route.Version = (frame.Head.MainVersion, frame.Head.UserVersion);
        if (ReferenceEquals(route.Newest, frame.From))
        {
            return false;
        }

        bool twins = ReferenceEquals(route.Before, frame.From) && route.Newest is { Closed: false };
        (route.Before, route.Newest) = (route.Newest, frame.From);
        return twins;
    }

    /// <summary>The box is registered no more, or its number is another box's by now.</summary>
    public void Forget(uint station) => _routes.Remove(station);

    /// <summary>The box's newest connection, when it is open.</summary>
    public Route? Of(uint station) => _routes.GetValueOrDefault(station) is { Newest.Closed: false } route ? route : null;

    public sealed class Route(PeerLink newest)
    {
        public PeerLink Newest { get; set; } = newest;

        public PeerLink? Before { get; set; }

        /// <summary>What the box calls the county.</summary>
        public PeerAddress Own { get; set; }

        public PeerAddress Address { get; set; }

        public (byte Main, byte User) Version { get; set; }

        /// <summary>When the exchange of a command was last begun.</summary>
        public Dictionary<uint, long> Tried { get; } = [];
    }
}
