// Owns: what the link asks of an MQTT client, whichever it is.
// Must never: hold a rule: no deadline, no retry, no back-off; these are the uplink's.

namespace Gateway.Link
{
    /// <summary>
    /// One attempt: made, connected once, disposed, thrown away. Connect, Subscribe and Publish come from one thread; Dispose comes from
    /// another, at any time, also before and during Connect, and more than once.
    /// </summary>
    public abstract class Transport
    {
        /// <summary>Blocks until the broker has answered. False: refused or unreachable. May throw; the attempt is then over.</summary>
        public abstract bool Connect();

        /// <summary>
        /// Asks for a topic with QoS 0; the answer comes as <see cref="TransportSink.Subscribed"/>. False: could not ask.
        /// </summary>
        public abstract bool Subscribe(string topic);

        /// <summary>
        /// Queues the first <paramref name="count"/> bytes with QoS 1. The buffer is the caller's again after the return.
        /// </summary>
        /// <returns>False when the client did not take it; otherwise <see cref="TransportSink.Published"/> may tell its fate.</returns>
        public abstract bool Publish(string topic, byte[] message, int count);

        /// <summary>Ends everything, so that calls that block return; may itself take seconds. Does not throw.</summary>
        public abstract void Dispose();

        /// <summary>Why the last call failed, for a technician; null when nothing is known. Never contains a password.</summary>
        public abstract string Fault();
    }

    /// <summary>Where a transport reports. Callable from any thread; every call copies, signals and returns, and never throws.</summary>
    public abstract class TransportSink
    {
        /// <summary>A message on the subscribed topic. The bytes are copied before the return.</summary>
        public abstract void Message(byte[] bytes, int count);

        /// <summary>The broker's answer to the subscription.</summary>
        public abstract void Subscribed(bool granted);

        /// <summary>The fate of one message, in any order: acknowledged by the broker, or given up by the client.</summary>
        public abstract void Published(bool delivered);

        /// <summary>The connection has ended; only Dispose is still to be called.</summary>
        public abstract void Closed(string why);
    }

    /// <summary>Makes the transport of each attempt; knows host, port, name, password and certificates of both paths.</summary>
    public abstract class TransportFactory
    {
        /// <param name="path">0 = primary, 1 = secondary broker.</param>
        /// <param name="willTopic">Where the broker publishes the will.</param>
        /// <param name="will">What it publishes when the connection ends without a word; null = nothing.</param>
        /// <param name="sink">Where the transport reports.</param>
        public abstract Transport Create(int path, string willTopic, string will, TransportSink sink);
    }
}
