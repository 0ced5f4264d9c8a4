// Owns: the bounds of a connection that are no setting.
// Must never: hold what a caller chooses for itself.

namespace Gateway.Mqtt;

/// <summary>What a connection has where its caller says nothing.</summary>
public static class MqttLimits
{
    /// <summary>Without sending so long a ping goes out, s: all stations of a county wait for this one connection.</summary>
    public const int KeepAliveS = 5;

    /// <summary>Messages read and not yet handled: above what a broker sends without an acknowledgement, 100 by our template.</summary>
    public const int UnhandledMax = 256;
}
