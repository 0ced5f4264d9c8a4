// Owns: how slowly wrong passwords are answered.
// Must never: make a right password wait for somebody else's wrong ones: a village's stations may share one address.

namespace Gateway.County;

/// <summary>
/// Counts wrong attempts by name and address together. Each is answered later than the one before; while several wait, further ones of the
/// same name from the same address need not: where a look is dear they are refused without one, else once they were found wrong.
/// </summary>
internal sealed class LoginBrake(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Address), Attempts> _attempts = [];
    private readonly Attempts _others = new();

    /// <summary>Whether one more attempt may wait.</summary>
    public bool Admits(string name, string address)
    {
        lock (_gate)
        {
            return !_attempts.TryGetValue((name, address), out Attempts? found) || found.Pending < CountyLimits.WrongPendingMax;
        }
    }

    /// <summary>Whether no wrong attempt is remembered.</summary>
    public bool IsClean(string name, string address)
    {
        lock (_gate)
        {
            return !_attempts.ContainsKey((name, address));
        }
    }

    public void Right(string name, string address)
    {
        lock (_gate)
        {
            _attempts.Remove((name, address));
        }
    }

    /// <summary>Ends when the answer may be given.</summary>
    public async Task Wrong(string name, string address, CancellationToken stop)
    {
        Attempts attempts;
        int waitMs;
        lock (_gate)
        {
            attempts = Of((name, address));
            attempts.LastMs = NowMs();
            attempts.Count = Math.Min(attempts.Count + 1, 16);
            attempts.Pending++;
            waitMs = (int)Math.Min(CountyLimits.WrongMaxMs, (long)CountyLimits.WrongFirstMs << (attempts.Count - 1));
        }

        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(waitMs), time, stop).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                attempts.Pending--;
            }
        }
    }

    private Attempts Of((string, string) key)
    {
        if (_attempts.TryGetValue(key, out Attempts? found))
        {
            return found;
        }

        if (_attempts.Count >= CountyLimits.WrongRememberedMax)
        {
            long oldest = NowMs() - CountyLimits.WrongForgottenMs;
            foreach ((string, string) stale in _attempts.Where(one => one.Value.LastMs < oldest).Select(one => one.Key).ToList())
            {
                _attempts.Remove(stale);
            }

            if (_attempts.Count >= CountyLimits.WrongRememberedMax)
            {
                return _others;
            }
        }

        return _attempts[key] = new Attempts();
    }

    private long NowMs() => (long)time.GetElapsedTime(0).TotalMilliseconds;

    private sealed class Attempts
    {
        public int Count { get; set; }

        public int Pending { get; set; }

        public long LastMs { get; set; }
    }
}
