// Owns: a service on a thread of its own, for whoever has none to give.
// Must never: end before what was waiting is stored, or take a broker or a store away that still works.

namespace Gateway.County;

/// <summary>Runs from its construction on. Dispose ends it, then what it was given to end with it, in that order.</summary>
public sealed class RunningCounty : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<IDisposable> _with;
    private readonly Thread _thread;
    private bool _ended;

    /// <param name="service">What runs.</param>
    /// <param name="with">Such as its brokers and its store.</param>
    public RunningCounty(CountyService service, params IReadOnlyList<IDisposable> with)
    {
        ArgumentNullException.ThrowIfNull(service);
        Service = service;
        _with = with;
        _thread = new Thread(() => service.Run(_stop.Token)) { Name = "county", IsBackground = true };
        _thread.Start();
    }

    public CountyService Service { get; }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _stop.Cancel();
        _thread.Join();
        foreach (IDisposable one in _with)
        {
            one.Dispose();
        }

        _stop.Dispose();
    }
}
