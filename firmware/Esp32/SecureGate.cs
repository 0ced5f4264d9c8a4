// Owns: keeping secure connects away from a broker that froze the gateway, and the note around each.
// Must never: stand before a connection in clear.

using System;
using Gateway.Link;

namespace Gateway.Esp32
{
    /// <summary>See <see cref="SecureMark"/>.</summary>
    public sealed class SecureGate : TransportFactory
    {
        private readonly TransportFactory _factory;
        private readonly SecureMark _mark;
        private readonly LinkAccess _access;

        /// <param name="access">Where the brokers are.</param>
        public SecureGate(TransportFactory factory, SecureMark mark, LinkAccess access)
        {
            _factory = factory;
            _mark = mark;
            _access = access;
        }

        public override Transport Create(int path, string willTopic, string will, TransportSink sink)
        {
            long heldMs = _mark.HeldMs(path, EspClock.NowMs());
            if (heldMs > 0)
            {
                return new NoTransport("a TLS handshake with this broker stalled; left alone for " + (heldMs / 1000 + 1).ToString() + " s");
            }

            return new MarkedTransport(_factory.Create(path, willTopic, will, sink), new BrokerReach(_access, path), _mark, path);
        }
    }

    /// <summary>One attempt with the note around its connect, once the broker was reached.</summary>
    internal sealed class MarkedTransport : Transport
    {
        private readonly Transport _inner;
        private readonly BrokerReach _reach;
        private readonly SecureMark _mark;
        private readonly int _path;

        public MarkedTransport(Transport inner, BrokerReach reach, SecureMark mark, int path)
        {
            _inner = inner;
            _reach = reach;
            _mark = mark;
            _path = path;
        }

        public override bool Connect()
        {
            if (!_reach.Try())
            {
                return false;
            }

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
            try
            {
                _reach.Close();
            }
            catch (Exception)
            {
                // A socket that will not close is no reason to keep the client.
            }

            _inner.Dispose();
        }

        public override string Fault()
        {
            return _inner.Fault();
        }
    }
}
