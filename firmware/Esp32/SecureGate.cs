// Owns: keeping secure connects away from a broker that froze the gateway, and the note around each.
// Must never: stand before a connection in clear.

using Gateway.Link;

namespace Gateway.Esp32
{
    /// <summary>See <see cref="SecureMark"/>.</summary>
    public sealed class SecureGate : TransportFactory
    {
        private readonly TransportFactory _factory;
        private readonly SecureMark _mark;

        public SecureGate(TransportFactory factory, SecureMark mark)
        {
            _factory = factory;
            _mark = mark;
        }

        public override Transport Create(int path, string willTopic, string will, TransportSink sink)
        {
            long heldMs = _mark.HeldMs(path, EspClock.NowMs());
            if (heldMs > 0)
            {
                return new NoTransport("a TLS handshake with this broker stalled; left alone for " + (heldMs / 1000 + 1).ToString() + " s");
            }

            return new MarkedTransport(_factory.Create(path, willTopic, will, sink), _mark, path);
        }
    }

    /// <summary>One attempt with the note around its connect.</summary>
    internal sealed class MarkedTransport : Transport
    {
        private readonly Transport _inner;
        private readonly SecureMark _mark;
        private readonly int _path;

        public MarkedTransport(Transport inner, SecureMark mark, int path)
        {
            _inner = inner;
            _mark = mark;
            _path = path;
        }

        public override bool Connect()
        {
            _mark.Begin(_path);
            try
            {
                return _inner.Connect();
            }
            finally
            {
                _mark.End(_path);
            }
        }

        public override bool Subscribe(string topic)
        {
            return _inner.Subscribe(topic);
        }

        public override bool Publish(string topic, byte[] message, int count)
        {
            return _inner.Publish(topic, message, count);
        }

        public override void Dispose()
        {
            _inner.Dispose();
        }

        public override string Fault()
        {
            return _inner.Fault();
        }
    }
}
