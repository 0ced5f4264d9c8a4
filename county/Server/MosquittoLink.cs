// Owns: the county's connection through libmosquitto.
// Must never: decide when to connect again, or keep a used-up client.

using Gateway.Mosquitto;

namespace Gateway.County.Server;

/// <summary>An <see cref="IBroker"/>: one client a connection.</summary>
/// <param name="options">Where and who.</param>
internal sealed class MosquittoLink(MosquittoOptions options) : IBroker
{
    // Answers wait here while the broker is slow; the gateways send again what is not answered.
    private const int OutstandingMax = 10_000;

    private MosquittoClient? _client;

    public Action<string, byte[]>? Received { get; set; }

    public Action<string>? Disconnected { get; set; }

    public string Address => $"{options.Host}:{options.Port}";

    public string? Connect(string filter, int timeoutMs)
    {
        Interlocked.Exchange(ref _client, null)?.Dispose();
        MosquittoClient client = new(options);
        using SemaphoreSlim answered = new(0);
        bool granted = false;
        client.Message = (topic, payload) => Received?.Invoke(topic, payload.ToArray());
        client.Subscribed = (_, good) =>
        {
            granted = good;
            answered.Release();
        };
        client.Disconnected = reason => Disconnected?.Invoke($"{Address}: {reason}");
        MosquittoReason reason = client.Connect(timeoutMs);
        string? why = reason.Ok ? null : reason.ToString();
        if (why is null && (client.Subscribe(filter, 1) == 0 || !answered.Wait(timeoutMs) || !granted))
        {
            why = $"subscription to {filter} was not granted";
        }

        if (why is not null)
        {
            client.Dispose();
            return $"{Address}: {why}";
        }

        client.Subscribed = null;
        Volatile.Write(ref _client, client);
        return null;
    }

    public bool Publish(string topic, byte[] payload)
    {
        MosquittoClient? client = Volatile.Read(ref _client);
        return client is { Outstanding: < OutstandingMax } && client.Publish(topic, payload, 1) != 0;
    }

    public void Dispose()
    {
        MosquittoClient? client = Interlocked.Exchange(ref _client, null);
        client?.Disconnect();
        client?.Dispose();
    }
}
