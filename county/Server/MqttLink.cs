// Owns: the county's connection to a broker.
// Must never: decide when to connect again, or keep a used-up connection.

using Gateway.Mqtt;

namespace Gateway.County.Server;

/// <summary>An <see cref="IBroker"/>: a connection object for each time.</summary>
/// <param name="access">Where and who.</param>
internal sealed class MqttLink(MqttAccess access) : IBroker
{
    private MqttConnection? _connection;

    public Action<string, byte[]>? Received { get; set; }

    public Action<string>? Disconnected { get; set; }

    public string Address => access.Address;

    public string? Connect(string filter, int timeoutMs)
    {
        Interlocked.Exchange(ref _connection, null)?.Dispose();
        MqttConnection connection = new(access)
        {
            Message = (topic, payload) => Received?.Invoke(topic, payload),
            Closed = why => Disconnected?.Invoke(why),
        };
        string? why = connection.Connect(timeoutMs) ?? connection.Subscribe(filter);
        if (why is not null)
        {
            connection.Dispose();
            return why;
        }

        Volatile.Write(ref _connection, connection);
        return null;
    }

    public bool Publish(string topic, byte[] payload) => Volatile.Read(ref _connection)?.Publish(topic, payload) ?? false;

    public void Dispose() => Interlocked.Exchange(ref _connection, null)?.Close(ServerLimits.LinkCloseMs);
}
