// Owns: a transport that behaves as badly as a test asks for.
// Must never: behave well by accident: what a script does not name is the good case, said here.

using Gateway.Link;

namespace Gateway.Link.Tests;

/// <summary>What each call of a fake does. Every call runs on the link's thread that makes it.</summary>
internal sealed class Script
{
    public Func<FakeTransport, bool> Connect { get; init; } = _ => true;

    public Func<FakeTransport, bool> Subscribe { get; init; } = t =>
    {
        t.Sink.Subscribed(granted: true);
        return true;
    };

    public Func<FakeTransport, byte[], bool> Publish { get; init; } = (t, _) =>
    {
        t.Sink.Published(delivered: true);
        return true;
    };

    public Action<FakeTransport> Dispose { get; init; } = _ => { };
}

/// <summary>A client without a network.</summary>
internal sealed class FakeTransport(Script script, TransportSink sink, string will) : Transport
{
    private int _inCalls;

    public TransportSink Sink { get; } = sink;

    public string Will { get; } = will;

    /// <summary>Set by Dispose before it does what the script says.</summary>
    public ManualResetEventSlim Disposed { get; } = new();

    public List<byte[]> Sent { get; } = [];

    public int Disposes { get; private set; }

    /// <summary>True when the last Dispose began while Connect or Publish was under way.</summary>
    public bool DisposedInsideCall { get; private set; }

    public override bool Connect() => Call(() => script.Connect(this));

    public override bool Subscribe(string topic) => Call(() => script.Subscribe(this));

    public override bool Publish(string topic, byte[] message, int count)
    {
        byte[] copy = message[..count];
        lock (Sent)
        {
            Sent.Add(copy);
        }

        return Call(() => script.Publish(this, copy));
    }

    public override void Dispose()
    {
        Names.Mark();
        Disposes++;
        DisposedInsideCall = Volatile.Read(ref _inCalls) > 0;
        Disposed.Set();
        script.Dispose(this);
    }

    public override string Fault() => "planned";

    private bool Call(Func<bool> call)
    {
        Names.Mark();
        Interlocked.Increment(ref _inCalls);
        try
        {
            return call();
        }
        finally
        {
            Interlocked.Decrement(ref _inCalls);
        }
    }
}

/// <summary>Makes fakes by one script, or by another for each attempt.</summary>
internal sealed class FakeFactory(Func<int, Script> script) : TransportFactory
{
    public FakeFactory(Script script)
        : this(_ => script)
    {
    }

    public List<FakeTransport> Made { get; } = [];

    /// <summary>The last one made.</summary>
    public FakeTransport Last => Made[^1];

    public Func<Exception?> CreateFault { get; set; } = () => null;

    public override Transport Create(int path, string willTopic, string will, TransportSink sink)
    {
        Names.Mark();
        if (CreateFault() is { } fault)
        {
            throw fault;
        }

        var made = new FakeTransport(script(Made.Count), sink, will);
        Made.Add(made);
        return made;
    }
}

/// <summary>Names the link's threads as they pass, so that the kernel's list can be counted.</summary>
internal static class Names
{
    private const string Name = "link-runner";

    public static void Mark() => Thread.CurrentThread.Name = Name;

    /// <summary>Threads of the process that ever made a call of a fake and still live.</summary>
    public static int Alive()
    {
        int count = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                count += File.ReadAllText(task + "/comm").Trim() == Name ? 1 : 0;
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return count;
    }
}
