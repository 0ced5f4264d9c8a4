// Owns: one MQTT 3.1.1 connection through libmosquitto, from connect to its end.
// Must never: reconnect by itself, block a caller other than in Connect and Dispose, or call a handler after Dispose has returned.

using System.Runtime.InteropServices;

namespace Gateway.Mosquitto;

/// <summary>A message of the broker. The payload is the library's memory and is gone when the handler returns.</summary>
public delegate void MosquittoMessageHandler(string topic, ReadOnlySpan<byte> payload);

/// <summary>
/// One object is one connection: make a new one to try again. Every member may be called from any thread.
/// Handlers are set before Connect. They run on the client's own thread, one at a time, so they copy, signal and return; they may
/// call every member, Dispose too. A handler that throws ends the connection with <see cref="MosquittoEnd.Handler"/>.
/// The native object belongs to that thread, which frees it as its last act.
/// </summary>
public sealed partial class MosquittoClient : IDisposable
{
    /// <summary>How long Dispose waits for a handler that is still running; after it, none begins any more.</summary>
    public const int DisposeWaitMs = 5_000;

    private readonly Lock _gate = new();
    private readonly MosquittoOptions _options;
    private readonly ManualResetEventSlim _settled = new(initialState: false);
    private readonly CancellationTokenSource _ending = new();
    private readonly Thread _thread;
    private nint _native;
    private GCHandle _self;
    private int _wake = -1;
    private int _outstanding;
    private bool _started;
    private bool _connected;
    private bool _disposed;
    private bool _orderly;
    private bool _wasConnected;
    private int _errno;
    private MosquittoReason _end = MosquittoReason.None;

    /// <exception cref="ArgumentException">An option is missing or out of range.</exception>
    /// <exception cref="MosquittoException">The library is missing, or refuses an option such as a certificate file.</exception>
    public MosquittoClient(MosquittoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MosquittoOptions.Check(options);
        MosquittoLibrary.Load();
        _options = options;
        _thread = new Thread(Run) { IsBackground = true, Name = "mosquitto" };
        _self = GCHandle.Alloc(this);
        try
        {
            CreateNative();
        }
        catch
        {
            FreeNative();
            throw;
        }
    }

    /// <summary>The broker answered CONNECT; the argument is its return code, 0 = accepted.</summary>
    public Action<int>? Connected { get; set; }

    /// <summary>A connection that had been accepted has ended. Raised at most once, and not after Dispose.</summary>
    public Action<MosquittoReason>? Disconnected { get; set; }

    /// <summary>
    /// A message on a subscribed topic. The library acknowledges QoS 1 before this handler runs, so an acknowledgement that
    /// means "kept" must be a message of one's own.
    /// </summary>
    public MosquittoMessageHandler? Message { get; set; }

    /// <summary>QoS 1: the broker acknowledged this message id; QoS 0: it was written. It may come before Publish has returned.</summary>
    public Action<int>? Published { get; set; }

    /// <summary>The broker answered a subscription: its message id, and whether it was granted.</summary>
    public Action<int, bool>? Subscribed { get; set; }

    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _connected;
            }
        }
    }

    /// <summary>Messages handed over, and QoS 1 not yet acknowledged or QoS 0 not yet written. What is left at the end is lost.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>
    /// Begins the connection and waits for the broker's answer. Callable once. Dispose from another thread ends the wait.
    /// When the answer is not Ok the client is used up and only Dispose remains.
    /// </summary>
    /// <param name="timeoutMs">1..int.MaxValue; covers name, TCP, TLS and CONNACK.</param>
    public MosquittoReason Connect(int timeoutMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutMs, 1);
        lock (_gate)
        {
            if (_disposed)
            {
                return Closed();
            }

            if (_started)
            {
                throw new InvalidOperationException("a client connects once; make a new one");
            }

            _started = true;
            _thread.Start();
        }

        if (!_settled.Wait(timeoutMs))
        {
            End(new MosquittoReason(MosquittoEnd.TimedOut, timeoutMs, $"no answer within {timeoutMs} ms"));
        }

        lock (_gate)
        {
            return _end;
        }
    }

    /// <summary>
    /// Asks for a topic filter. Returns the message id that <see cref="Subscribed"/> will name, or 0 without a connection.
    /// </summary>
    /// <param name="topic">A filter of at most 65,535 bytes of UTF-8.</param>
    /// <param name="qos">0 or 1.</param>
    public int Subscribe(string topic, int qos)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        CheckQos(qos);
        lock (_gate)
        {
            if (!_connected)
            {
                return 0;
            }

            int code = NativeMethods.Subscribe(_native, out int mid, topic, qos);
            return Answer(code, mid, nameof(topic));
        }
    }

    /// <summary>
    /// Copies the payload and queues it; never waits for the network. Returns the message id, or 0 without a connection.
    /// What is outstanding when the connection ends is lost without an event.
    /// </summary>
    public unsafe int Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        CheckQos(qos);
        lock (_gate)
        {
            if (!_connected)
            {
                return 0;
            }

            // Counted before, since the acknowledgement may come before the call below returns.
            Interlocked.Increment(ref _outstanding);
            int code;
            int mid;
            fixed (byte* bytes = payload)
            {
                code = NativeMethods.Publish(_native, out mid, topic, payload.Length, bytes, qos, retain);
            }

            if (code != MosquittoLibrary.ErrSuccess)
            {
                Interlocked.Decrement(ref _outstanding);
            }

            return Answer(code, mid, nameof(topic));
        }
    }

    /// <summary>
    /// Ends the connection in order: what is queued goes out first, the broker does not publish the will. Returns at once;
    /// Disconnected follows. Dispose without it is an abrupt end, after which the broker publishes the will.
    /// </summary>
    public void Disconnect()
    {
        lock (_gate)
        {
            if (_connected && !_orderly)
            {
                _orderly = true;
                NativeMethods.Disconnect(_native);
                Wake();
            }
        }
    }

    /// <summary>
    /// Ends whatever is under way and waits for the client's thread, at most <see cref="DisposeWaitMs"/>, unless it is called by a
    /// handler. May be called more than once and from any thread.
    /// </summary>
    public void Dispose()
    {
        bool started;
        lock (_gate)
        {
            _disposed = true;
            started = _started;
        }

        End(Closed());
        if (!started)
        {
            FreeNative();
        }
        else if (Thread.CurrentThread != _thread)
        {
            _thread.Join(DisposeWaitMs);
        }
    }

    /// <summary>Notes the first end and wakes everybody who waits for it. The client's thread then tells the handlers.</summary>
    private void End(MosquittoReason reason)
    {
        lock (_gate)
        {
            if (_end.Ok)
            {
                _end = reason;
            }

            _connected = false;
        }

        // Before the wake-up, or the thread could look, see nothing, and sleep again.
        _ending.Cancel();
        lock (_gate)
        {
            if (_wake >= 0)
            {
                Wake();
            }
        }

        _settled.Set();
    }

    private static MosquittoReason Closed() => new(MosquittoEnd.Closed, 0, "closed by this side");

    private static void CheckQos(int qos)
    {
        if (qos is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(qos), qos, "allowed are 0 and 1");
        }
    }

    private int Answer(int code, int mid, string argument)
    {
        switch (code)
        {
            case MosquittoLibrary.ErrSuccess:
                Wake();
                return mid;
            case MosquittoLibrary.ErrNoConnection:
                return 0;
            case MosquittoLibrary.ErrNoMemory:
                throw new MosquittoException(MosquittoLibrary.ErrorText(code));
            default:
                throw new ArgumentException(MosquittoLibrary.ErrorText(code), argument);
        }
    }
}
