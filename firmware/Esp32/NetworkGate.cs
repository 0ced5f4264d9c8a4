// Owns: keeping attempts away from the client while there is no network.
// Must never: decide when to try again; a refused attempt is one that failed.

using Gateway.Link;

namespace Gateway.Esp32
{
    /// <summary>
    /// Passes attempts on while there is an address. Without one a broker's name would be looked up all the same, and the look-up stops
    /// every thread of the device until it has timed out.
    /// </summary>
    public sealed class NetworkGate : TransportFactory
    {
        private readonly TransportFactory _factory;
        private readonly EspNetwork _network;

        public NetworkGate(TransportFactory factory, EspNetwork network)
        {
            _factory = factory;
            _network = network;
        }

        public override Transport Create(int path, string willTopic, string will, TransportSink sink)
        {
            if (_network.Up)
            {
                return _factory.Create(path, willTopic, will, sink);
            }

            return new NoTransport("no network address; " + _network.Fault);
        }
    }
}
