// Owns: the loop's thread: a tick every 20 ms, then hands and script, then a new snapshot.
// Must never: wait for a screen, a keyboard or the network.

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Script;

namespace Gateway.Pc.Run;

/// <summary>Runs a station until a script ends or somebody stops it. The station belongs to this thread from the start on.</summary>
public sealed class StationThread : IDisposable
{
    private readonly ConcurrentQueue<Hand> _hands = new();
    private readonly ManualResetEventSlim _ended = new(initialState: false);
    private readonly Station _station;
    private readonly ScriptRunner? _script;
    private readonly Pace _pace;
    private readonly OutcomeTail _outcomes = new();
    private readonly Thread _thread;
    private Snapshot _snapshot;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _stop;

    /// <param name="pace">Null = real time.</param>
    public StationThread(Station station, ScriptRunner? script, Pace? pace = null)
    {
        _station = station;
        _script = script;
        _pace = pace ?? new RealPace(station);
        station.Watch(_outcomes);
        _snapshot = Snapshot.Of(station, []);
        _thread = new Thread(Run) { Name = "loop", Priority = ThreadPriority.Highest, IsBackground = true };
    }

    /// <summary>The newest copy; never changes once it is given out.</summary>
    public Snapshot Latest => Volatile.Read(ref _snapshot);

    /// <summary>Signals when the loop has come to its end.</summary>
    public WaitHandle Ended => _ended.WaitHandle;

    /// <summary>The outcomes of the script's lines; to be read after the end.</summary>
    public IReadOnlyList<string> ScriptLines => _outcomes.All;

    /// <summary>True without a script, or when all of it was played and everything held.</summary>
    public bool ScriptHeld => _script is null or { Finished: true, Failures: 0 };

    public void Start()
    {
        _thread.Start();
    }

    /// <summary>Asks for an action after the next tick. False when there are too many already.</summary>
    public bool Post(Hand hand)
    {
        if (_hands.Count >= PcLimits.HandsMax)
        {
            return false;
        }

        _hands.Enqueue(hand);
        return true;
    }

    /// <summary>Asks the loop to end after its tick; returns at once.</summary>
    public void RequestStop()
    {
        _stop = true;
    }

    /// <summary>Waits until the loop has ended and throws what ended it, if that was a bug.</summary>
    public void Join()
    {
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _failure?.Throw();
    }

    public void Dispose()
    {
        _stop = true;
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _ended.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stop && _script is not { Finished: true })
            {
                Pass();
                _pace.Wait(_script is { Held: true });
            }
        }
        catch (Exception e)
        {
            // A bug: the device's watchdog would restart it. Here the main thread ends the process with it.
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            _ended.Set();
        }
    }

    private void Pass()
    {
        _station.Tick();
        while (_hands.TryDequeue(out Hand? hand))
        {
            _station.Do(hand);
        }

        _script?.Step(_station.NowMs);
        if (_pace.Shows)
        {
            Volatile.Write(ref _snapshot, Snapshot.Of(_station, _outcomes.Newest));
        }
    }
}
