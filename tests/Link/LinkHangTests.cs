// Owns: the rules of the link with a client that hangs, throws, or is closed at the worst moment.
// Must never: need a network.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Link.Tests;

public sealed class LinkHangTests
{
    private static readonly byte[] Into = new byte[ContractLimits.DownBytesMax];

    [Fact]
    public void Connect_that_hangs_is_ended_by_a_dispose_from_outside()
    {
        using var rig = new Rig(new Script { Connect = Hang });
        rig.Open();
        Patience.Until(() => rig.Factory.Made.Count == 1, "an attempt");
        Assert.Equal(LinkState.Opening, rig.State());
        rig.CloseDown();
        Assert.False(rig.Factory.Last.DisposedInsideCall);
        Assert.True(rig.Factory.Last.Disposes >= 2, "one to end the call, one to find what it opened");
        Assert.Equal(0, rig.Link.Count(LinkCount.Abandoned));

        static bool Hang(FakeTransport t)
        {
            t.Disposed.Wait();
            return false;
        }
    }

    [Fact]
    public void Dispose_is_repeated_when_it_came_before_there_was_something_to_close()
    {
        using var rig = new Rig(new Script { Connect = OpensLate });
        rig.Open();
        Patience.Until(() => rig.Factory.Made.Count == 1, "an attempt");
        rig.CloseDown();
        Assert.True(rig.Factory.Last.Disposes >= 3);

        static bool OpensLate(FakeTransport t)
        {
            t.Disposed.Wait();
            t.Disposed.Reset();
            t.Disposed.Wait();
            return true;
        }
    }

    [Theory]
    [InlineData("create")]
    [InlineData("connect")]
    [InlineData("subscribe")]
    [InlineData("publish")]
    [InlineData("dispose")]
    public void Exception_in_any_call_ends_the_attempt_only(string where)
    {
        var script = new Script
        {
            Connect = _ => Throw("connect") ?? true,
            Subscribe = t =>
            {
                t.Sink.Subscribed(granted: true);
                return Throw("subscribe") ?? true;
            },
            Publish = (_, _) => Throw("publish") ?? true,
            Dispose = _ => Throw("dispose"),
        };
        using var rig = new Rig(script);
        rig.Factory.CreateFault = () => where == "create" ? new InvalidOperationException("planned") : null;
        for (int round = 1; round <= 3; round++)
        {
            rig.Open();
            Patience.Until(() => rig.State() != LinkState.Opening, "an end of opening");
            rig.Send(1);
            if (where != "dispose")
            {
                rig.Wait(LinkState.Failed);
                Assert.Equal("planned", rig.Link.Fault());
            }

            rig.CloseDown();
            Assert.Equal(round, rig.Link.Count(LinkCount.Exceptions));
        }

        bool? Throw(string here) => here == where ? throw new InvalidOperationException("planned") : null;
    }

    [Fact]
    public void Publish_that_hangs_fills_the_outbox_and_is_ended_by_close()
    {
        using var rig = new Rig(new Script { Publish = Hang });
        rig.OpenUp();
        int taken = 0;
        Patience.Until(() => Full(ref taken), "a full outbox");
        Assert.Equal(LinkLimits.OutboxSlots + 1, taken);
        rig.CloseDown();
        Assert.Equal(LinkLimits.OutboxSlots, rig.Link.Count(LinkCount.OutboxDropped));

        bool Full(ref int count)
        {
            bool sent = rig.Send(1);
            count += sent ? 1 : 0;
            return !sent && rig.Factory.Last.Sent.Count == 1;
        }

        static bool Hang(FakeTransport t, byte[] message)
        {
            t.Disposed.Wait();
            return true;
        }
    }

    [Fact]
    public void Client_that_never_lets_go_is_abandoned_and_the_next_attempt_runs()
    {
        using var rig = Stubborn(attempt => attempt == 0);
        rig.Open();
        Patience.Until(() => rig.Factory.Made.Count == 1, "an attempt");
        rig.CloseDown();
        Assert.Equal(2, rig.Link.Count(LinkCount.Abandoned));
        Assert.False(rig.Link.Stuck());

        rig.OpenUp();
        Assert.True(rig.Send(5));
        Patience.Until(() => rig.Link.Count(LinkCount.Delivered) == 1, "delivered");
        rig.CloseDown();
        Assert.Equal(5, rig.Link.Threads());
    }

    [Fact]
    public void Too_many_abandoned_threads_stop_the_link_until_they_come_back()
    {
        using var rig = Stubborn(_ => true);
        int progress = rig.Link.Progress();
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            rig.Open();
            Patience.Until(() => rig.Factory.Made.Count == attempt, "an attempt");
            rig.Close();
            Patience.Until(() => rig.Link.Count(LinkCount.Abandoned) == attempt * 2, "abandoned");
        }

        Patience.Until(() => Rig.AtOnce(rig.Link.Stuck), "stuck");
        rig.Open();
        rig.Close();
        Assert.False(rig.Send(1));
        Assert.Equal(0, rig.Receive(Into));
        Assert.Equal(LinkState.Closing, rig.State());
        Assert.Equal(2, rig.Factory.Made.Count);
        Assert.Equal(LinkLimits.AbandonedMax + 1, rig.Link.Threads());
        Patience.Until(() => rig.Link.Progress() - progress > 3, "progress while everything hangs");

        rig.TestEnds.Set();
        rig.Wait(LinkState.Idle);
        Assert.False(rig.Link.Stuck());
        Patience.Until(() => rig.Link.Threads() == 1, "only the keeper is left");
        Patience.Until(() => Names.Alive() == 0, "the abandoned threads end");
        Assert.All(rig.Factory.Made, t => Assert.False(t.DisposedInsideCall, "the last dispose came before the end of Connect"));
    }

    [Fact]
    public void Late_events_of_an_abandoned_client_do_not_touch_the_next_one()
    {
        using var rig = Stubborn(attempt => attempt == 0);
        rig.Open();
        Patience.Until(() => rig.Factory.Made.Count == 1, "an attempt");
        rig.CloseDown();
        rig.OpenUp();
        FakeTransport old = rig.Factory.Made[0];
        old.Sink.Message([1], 1);
        old.Sink.Published(delivered: true);
        old.Sink.Subscribed(granted: false);
        old.Sink.Closed("late");
        Assert.Equal(0, rig.Receive(Into));
        Assert.Equal(LinkState.Open, rig.State());
        Assert.Equal(0, rig.Link.Count(LinkCount.Delivered));
        rig.CloseDown();
    }

    [Fact]
    public void Open_and_close_at_any_moment_end_in_idle_with_every_client_disposed()
    {
        var random = new Random(7);
        var script = new Script { Connect = t => !t.Disposed.Wait(random.Next(0, 3)) };
        using var rig = new Rig(script);
        for (int round = 0; round < 400; round++)
        {
            rig.Open();
            Thread.SpinWait(random.Next(0, 20_000));
            if (random.Next(3) == 0)
            {
                Thread.Sleep(random.Next(0, 4));
            }

            rig.Send(1);
            rig.CloseDown();
        }

        Assert.All(rig.Factory.Made, t => Assert.True(t.Disposes > 0 && !t.DisposedInsideCall));
        Assert.Equal(0, rig.Link.Count(LinkCount.Abandoned));
        Assert.Equal(0, rig.Link.Count(LinkCount.Exceptions));
    }

    [Fact]
    public void Progress_rises_every_second_in_every_state()
    {
        using var rig = new Rig(new Script { Connect = t => !t.Disposed.Wait(60_000) });
        Rises();
        rig.Open();
        Rises();
        rig.CloseDown();

        void Rises()
        {
            int start = rig.Link.Progress();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Patience.Until(() => rig.Link.Progress() - start >= 2, "progress");
            Assert.InRange(watch.ElapsedMilliseconds, 0, 2 * LinkLimits.IdleMs + Rig.AtOnceMs);
        }
    }

    /// <summary>A client that on chosen attempts returns from neither Connect nor Dispose before the test ends.</summary>
    private static Rig Stubborn(Func<int, bool> hangs)
    {
        var ends = new ManualResetEventSlim();
        var good = new Script();
        var bad = new Script
        {
            Connect = _ =>
            {
                ends.Wait();
                return true;
            },
            Dispose = _ => ends.Wait(),
        };
        return new Rig(new FakeFactory(attempt => hangs(attempt) ? bad : good), stepMs: 5) { TestEnds = ends };
    }
}
