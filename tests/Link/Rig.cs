// Owns: a supervisor with a fake client, and waiting for what a test expects.
// Must never: leave a thread behind: Dispose fails the test when one stays.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

/// <summary>One link under test, with a clock faster than the device's.</summary>
internal sealed class Rig : IDisposable
{
    /// <summary>A call of the loop may take this long on a busy machine; a call that waits for the client would take for ever.</summary>
    public const int AtOnceMs = 60_000;

    // A client that ends by itself is not given up even on a machine that is twenty times overloaded (3 s).
    private const int StepMs = 20;

    public Rig(Script script)
        : this(new FakeFactory(script))
    {
    }

    public Rig(FakeFactory factory, int stepMs = StepMs)
    {
        Factory = factory;
        Link = new LinkSupervisor(factory, Topics(), stepMs);
    }

    public FakeFactory Factory { get; }

    public LinkSupervisor Link { get; }

    /// <summary>Set when the test ends, so that calls which hang for ever in its script return after all.</summary>
    public ManualResetEventSlim TestEnds { get; init; } = new();

    public static Topics Topics() => new("c", "t", "v", 7);

    /// <summary>Runs a call as the loop would and fails when it was held up.</summary>
    public static T AtOnce<T>(Func<T> call)
    {
        var watch = Stopwatch.StartNew();
        T result = call();
        Assert.InRange(watch.ElapsedMilliseconds, 0, AtOnceMs);
        return result;
    }

    public LinkState State() => AtOnce(Link.State);

    public void Wait(LinkState state) => Patience.Until(
        () => State() == state, () => $"state {(int)state}, is {(int)State()}, last fault '{Link.Fault()}'");

    public void Open()
    {
        AtOnce(() =>
        {
            Link.Open(0, "will");
            return 0;
        });
    }

    public void OpenUp()
    {
        Open();
        Wait(LinkState.Open);
    }

    public void Close()
    {
        AtOnce(() =>
        {
            Link.Close();
            return 0;
        });
    }

    public void CloseDown()
    {
        Close();
        Wait(LinkState.Idle);
    }

    public bool Send(params byte[] message) => AtOnce(() => Link.Send((LinkLeaf)Lane.Fire, message, message.Length));

    public int Receive(byte[] into) => AtOnce(() => Link.Receive(into));

    public void Dispose()
    {
        TestEnds.Set();
        Link.Shutdown();
        Patience.Until(Link.Ended, "the keeper ends");
        Patience.Until(() => Names.Alive() == 0, "no thread of the link is left");
    }
}
