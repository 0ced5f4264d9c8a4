// Owns: the queue between the broker's thread and the working thread, fires and hellos first.
// Must never: grow beyond its bound, or let lesser news stand before a fire.

namespace Gateway.County;

/// <summary>Two bounded queues. Any thread adds, one takes.</summary>
internal sealed class WaitingMessages
{
    // The working thread looks up from waiting so often, to do what is due by time.
    private const int IdleMs = 200;

    private readonly Queue<SignedMessage> _urgent = new();
    private readonly Queue<SignedMessage> _other = new();
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _some = new(initialState: false);

    /// <summary>False when there is no room.</summary>
    public bool Add(SignedMessage message)
    {
        lock (_gate)
        {
            Queue<SignedMessage> queue = message.Urgent ? _urgent : _other;
            if (queue.Count >= CountyLimits.WaitingMessagesMax)
            {
                return false;
            }

            queue.Enqueue(message);
            _some.Set();
            return true;
        }
    }

    /// <summary>Waits a moment for the first message and a few ms for its company; empty when none came.</summary>
    public IReadOnlyList<SignedMessage> Take(int max, int companyMs, CancellationToken stop)
    {
        if (!_some.IsSet && WaitHandle.WaitAny([_some.WaitHandle, stop.WaitHandle], IdleMs) != 0)
        {
            return [];
        }

        bool full;
        lock (_gate)
        {
            full = _urgent.Count + _other.Count >= max;
        }

        if (!full)
        {
            stop.WaitHandle.WaitOne(companyMs);
        }

        return TakeNow(max);
    }

    public IReadOnlyList<SignedMessage> TakeNow(int max)
    {
        List<SignedMessage> taken = [];
        lock (_gate)
        {
            while (taken.Count < max && (_urgent.TryDequeue(out SignedMessage? message) || _other.TryDequeue(out message)))
            {
                taken.Add(message);
            }

            if (_urgent.Count + _other.Count == 0)
            {
                _some.Reset();
            }
        }

        return taken;
    }
}
