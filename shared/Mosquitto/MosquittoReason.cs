// Owns: why a connection ended or did not begin.
// Must never: contain a password, and never be needed to decide anything but "try again later".

namespace Gateway.Mosquitto;

/// <summary>Who or what ended the connection.</summary>
public enum MosquittoEnd
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The broker answered CONNECT with a return code other than 0.</summary>
    Refused,

    /// <summary>The network or the broker ended it, or the name was not found, or the TLS handshake failed.</summary>
    Network,

    /// <summary>No CONNACK within the time given to Connect.</summary>
    TimedOut,

    /// <summary>Disconnect or Dispose was called.</summary>
    Closed,

    /// <summary>A handler of the caller threw; a connection whose messages are not processed is not kept.</summary>
    Handler,
}

/// <summary>The end, the number that came with it (CONNACK code, library error or errno) and words for a technician.</summary>
public readonly record struct MosquittoReason(MosquittoEnd End, int Code, string Text)
{
    /// <summary>True as the answer of Connect: connected.</summary>
    public bool Ok => End == MosquittoEnd.None;

    public static readonly MosquittoReason None = new(MosquittoEnd.None, 0, "connected");

    public override string ToString() => End == MosquittoEnd.None ? Text : $"{End}: {Text} ({Code})";
}
