// Owns: what the county asks of a connection to an MQTT broker.
// Must never: know a client library; that is one file of whoever starts the county.

namespace Gateway.County;

/// <summary>
/// A connection that can be opened again after it broke. <see cref="CountyService"/> decides when. Handlers are set before the first
/// <see cref="Connect"/>; they run on a thread of the implementation, one at a time, and return quickly.
/// </summary>
public interface IBroker : IDisposable
{
    /// <summary>A message: topic and payload, which belongs to the receiver.</summary>
    Action<string, byte[]>? Received { get; set; }

    /// <summary>
    /// As <see cref="Received"/>, by a broker that keeps each message until it is told that nobody needs it any more: with the number for
    /// <see cref="Settle"/>. Of a broker that keeps none, this is never called.
    /// </summary>
    Action<string, byte[], ulong>? Numbered
    {
        get => null;
        set { }
    }

    /// <summary>
    /// The message of this number is stored, refused, or dropped for the gateway to send again. Never waits for the network.
    /// </summary>
    void Settle(ulong number)
    {
    }

    /// <summary>
    /// Nothing can be stored: whoever keeps messages takes back those that are not settled, and gives none of them when this has returned.
    /// </summary>
    void GiveBack()
    {
    }

    /// <summary>The connection is gone; why, in words. Not raised for an attempt that failed.</summary>
    Action<string>? Disconnected { get; set; }

    /// <summary>Connects and subscribes with QoS 1; waits for the broker's answer to both. Null when it works, else why not.</summary>
    /// <param name="filter">Topic filter.</param>
    /// <param name="timeoutMs">For everything together.</param>
    string? Connect(string filter, int timeoutMs);

    /// <summary>Hands over a message for QoS 1, not retained; never waits for the network. False: no connection or no room.</summary>
    bool Publish(string topic, byte[] payload);

    /// <summary>Where the broker is, for lines on a screen; without password.</summary>
    string Address { get; }
}
