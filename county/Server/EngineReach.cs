// Owns: whether the engine can be reached from this process, known by a connection that does nothing else.
// Must never: keep a county: who cannot reach the engine must leave it to who can.

using System.Diagnostics;
using RabbitMQ.Client;

namespace Gateway.County.Server;

/// <summary>
/// One for all counties of a process. A worker whose engine is gone would else take each county's lock again and again, and hold it for
/// as long as it waits for a queue.
/// </summary>
/// <param name="engine">Where it is.</param>
internal sealed class EngineReach(EngineAddress engine) : IDisposable
{
    private readonly Lock _gate = new();
    private IConnection? _connection;
    private long? _triedAt;

    /// <summary>From any thread; waits for an attempt at most as long as an answer of the engine may take.</summary>
    public bool Stands()
    {
        lock (_gate)
        {
            if (_connection is { IsOpen: true })
            {
                return true;
            }

            if (_triedAt is { } at && Stopwatch.GetElapsedTime(at).TotalMilliseconds < ServerLimits.EngineRetryMs)
            {
                return false;
            }

            Drop();
            using CancellationTokenSource limit = new(CountyLimits.BrokerAnswerMs);
            try
            {
                _connection = engine.Factory().CreateConnectionAsync("reach", limit.Token).GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                // Why is told by whoever works at a county, where anybody does.
            }

            _triedAt = Stopwatch.GetTimestamp();
            return _connection is { IsOpen: true };
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Drop();
        }
    }

    private void Drop()
    {
        IConnection? old = _connection;
        _connection = null;
        if (old is not null)
        {
            // An end may take as long as the network does; nothing waits for it.
            _ = Task.Run(async () =>
            {
                await old.CloseAsync(
                    Constants.ReplySuccess, "closed", TimeSpan.FromMilliseconds(ServerLimits.LinkCloseMs), abort: true,
                    CancellationToken.None);
                await old.DisposeAsync();
            });
        }
    }
}
