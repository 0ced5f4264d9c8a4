// Owns: the attempt that is over before it began.
// Must never: touch the network.

using Gateway.Link;

namespace Gateway.Esp32
{
    /// <summary>An attempt that fails at once, and says why.</summary>
    public sealed class NoTransport : Transport
    {
        private readonly string _why;

        public NoTransport(string why)
        {
            _why = why;
        }

        public override bool Connect()
        {
            return false;
        }

        public override bool Subscribe(string topic)
        {
            return false;
        }

        public override bool Publish(string topic, byte[] message, int count)
        {
            return false;
        }

        public override void Dispose()
        {
            // There is nothing to end.
        }

        public override string Fault()
        {
            return _why;
        }
    }
}
