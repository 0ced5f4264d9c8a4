// Owns: one county at a worker of an engine: waiting for its lock, working while it is held, letting it go.
// Must never: take from the queue without the lock, or keep a county whose queue does not come.

using System.Diagnostics;
using Gateway.County.Sql;

namespace Gateway.County.Server;

/// <summary>
/// The lock comes first and the queue second, so that who is active on the queue has the lock: neither waits for the other. A worker whose
/// lock is gone closes its channel at once; one without its queue for 10 s lets the lock go.
/// </summary>
/// <param name="county">Its code.</param>
/// <param name="database">Where its tables are.</param>
/// <param name="engine">Where its queue is.</param>
/// <param name="reach">Whether the engine can be reached at all.</param>
/// <param name="work">The service over a store that has the lock, behind a link.</param>
/// <param name="held">How many counties this process works at.</param>
/// <param name="told">A line for people: good or not, and its words.</param>
internal sealed class EngineSeat(
    string county, string database, EngineAddress engine, EngineReach reach, Func<string, SqlStore, IBroker, EngineWork> work,
    Func<int> held, Action<bool, string> told)
{
    private CountyService? _service;
    private string? _lastProblem;

    /// <summary>Null while another works at it.</summary>
    public CountyHealth? Health => Volatile.Read(ref _service)?.Health;

    public void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            bool worked = false;
            try
            {
                worked = Work(stop);
            }
            catch (Exception e)
            {
                // The database is somebody else's; a county without it waits for it, and the others go on.
                Tell(e is StoreException or CommandException ? e.Message : $"{e.GetType().Name}: {e.Message}");
            }

            // Who has just let it go leaves the others the first attempt.
            int steps = held() * ServerLimits.EngineStepMs;
            stop.WaitHandle.WaitOne(ServerLimits.EngineRetryMs + steps + (worked ? ServerLimits.EngineRetryMs : 0));
        }
    }

    /// <summary>False: another has it, or is to have it.</summary>
    private bool Work(CancellationToken stop)
    {
        if (!reach.Stands())
        {
            Tell($"{engine.Shown}: 不通 the engine cannot be reached; the county is left to other workers");
            return false;
        }

        _lastProblem = null;
        using SqlStore store = SqlStore.Open(database, create: false);
        if (!store.BeginTerm())
        {
            return false;
        }

        using AmqpLink link = new(engine, county);
        using EngineWork at = work(county, store, link);
        using CancellationTokenSource over = new();
        Volatile.Write(ref _service, at.Service);
        told(true, $"{county}: 接管 taken");
        Thread thread = new(() => at.Service.Run(over.Token)) { Name = county, IsBackground = true };
        thread.Start();
        string why = Watch(store, link, thread, stop);
        Volatile.Write(ref _service, null);
        over.Cancel();
        if (store.TermOver)
        {
            // What this process holds of the queue belongs to whoever has the lock now.
            link.Dispose();
        }

        at.Close();

        thread.Join();
        told(stop.IsCancellationRequested, $"{county}: 放手 let go: {why}");
        return true;
    }

    private static string Watch(SqlStore store, AmqpLink link, Thread thread, CancellationToken stop)
    {
        long openAt = Stopwatch.GetTimestamp();
        while (!stop.WaitHandle.WaitOne(ServerLimits.EngineLookMs))
        {
            if (store.TermOver)
            {
                return "另一进程已接收 another worker receives";
            }

            if (!thread.IsAlive)
            {
                return "故障 it failed";
            }

            if (link.IsOpen)
            {
                openAt = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(openAt).TotalMilliseconds > ServerLimits.EngineWithoutQueueMs)
            {
                return $"队列不通 no queue for {ServerLimits.EngineWithoutQueueMs / 1000} s";
            }
        }

        return "结束 the end";
    }

    private void Tell(string problem)
    {
        if (_lastProblem != problem)
        {
            _lastProblem = problem;
            told(false, $"{county}: {problem}");
        }
    }
}

/// <summary>A county's service, and what ends with it.</summary>
/// <param name="service">Not running yet.</param>
/// <param name="doors">By which people and boxes come in: they close before the service ends.</param>
/// <param name="with">What it works with; ends after it.</param>
internal sealed class EngineWork(CountyService service, IReadOnlyList<IDisposable> doors, IReadOnlyList<IDisposable> with) : IDisposable
{
    public CountyService Service => service;

    /// <summary>Nobody comes in here any more.</summary>
    public void Close()
    {
        foreach (IDisposable one in doors)
        {
            one.Dispose();
        }
    }

    public void Dispose()
    {
        Close();
        foreach (IDisposable one in with)
        {
            one.Dispose();
        }
    }
}
