// Owns: the rules of the link with a client that answers, refuses or dies; hanging and throwing is in LinkHangTests.
// Must never: need a network.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Support;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Gateway.Link.Tests;

public sealed class LinkSupervisorTests
{
    private const int Head = MessageHeader.Size + Mac.SignatureBytes;

    private static readonly byte[] Into = new byte[ContractLimits.DownBytesMax];

    [Fact]
    public void Message_goes_up_and_comes_down_in_order()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        Assert.Equal("will", rig.Factory.Last.Will);
        for (byte i = 1; i <= 3; i++)
        {
            Assert.True(rig.Send(i, i));
            rig.Factory.Last.Sink.Message([i], 1);
        }

        Patience.Until(() => rig.Link.Count(LinkCount.Delivered) == 3, "three delivered");
        Assert.Equal([[1, 1], [2, 2], [3, 3]], rig.Factory.Last.Sent);
        for (byte i = 1; i <= 3; i++)
        {
            Assert.Equal(1, rig.Receive(Into));
            Assert.Equal(i, Into[0]);
        }

        Assert.Equal(0, rig.Receive(Into));
        rig.CloseDown();
    }

    [Fact]
    public void Refused_connection_waits_for_close_and_says_why()
    {
        using var rig = new Rig(new Script { Connect = _ => false });
        rig.Open();
        rig.Wait(LinkState.Failed);
        Assert.Equal("planned", rig.Link.Fault());
        Assert.False(rig.Send(1));
        rig.CloseDown();
        Assert.True(rig.Factory.Last.Disposes >= 1);
    }

    [Fact]
    public void Refused_subscription_is_a_failure()
    {
        using var rig = new Rig(new Script { Subscribe = Refuse });
        rig.Open();
        rig.Wait(LinkState.Failed);
        rig.CloseDown();

        static bool Refuse(FakeTransport t)
        {
            t.Sink.Subscribed(granted: false);
            return true;
        }
    }

    [Fact]
    public void Broker_that_accepts_and_stays_silent_leaves_the_deadline_to_the_uplink()
    {
        using var rig = new Rig(new Script { Subscribe = _ => true });
        rig.Open();
        Patience.Until(() => rig.Factory.Made.Count == 1, "an attempt");
        Assert.Equal(LinkState.Opening, rig.State());
        rig.CloseDown();
    }

    [Fact]
    public void Connection_that_dies_fails_and_keeps_what_had_come()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        rig.Factory.Last.Sink.Message([9], 1);
        rig.Factory.Last.Sink.Closed("gone");
        rig.Wait(LinkState.Failed);
        Assert.Equal("gone", rig.Link.Fault());
        Assert.Equal(1, rig.Receive(Into));
        rig.CloseDown();
    }

    [Fact]
    public void Refused_publish_is_counted_and_the_link_stays_open()
    {
        using var rig = new Rig(new Script { Publish = (_, _) => false });
        rig.OpenUp();
        for (int i = 0; i < 50; i++)
        {
            Patience.Until(() => rig.Send(1), "room in the outbox");
        }

        Patience.Until(() => rig.Link.Count(LinkCount.NotDelivered) == 50, "fifty refused");
        Assert.Equal(LinkState.Open, rig.State());
        rig.CloseDown();
    }

    [Fact]
    public void Outstanding_messages_are_bounded_by_our_own_count()
    {
        using var rig = new Rig(new Script { Publish = (_, _) => true });
        rig.OpenUp();
        for (byte i = 0; i < LinkLimits.OutstandingMax + LinkLimits.OutboxSlots; i++)
        {
            byte number = i;
            Patience.Until(() => rig.Send(number), "room in the outbox");
        }

        Patience.Until(() => rig.Link.Count(LinkCount.Handed) == LinkLimits.OutstandingMax, "the client has its share");
        Assert.False(rig.Send(1));
        Assert.Equal(LinkLimits.OutstandingMax, rig.Factory.Last.Sent.Count);

        rig.Factory.Last.Sink.Published(delivered: true);
        rig.Factory.Last.Sink.Published(delivered: false);
        Patience.Until(() => rig.Link.Count(LinkCount.Handed) == LinkLimits.OutstandingMax + 2, "two more");
        Assert.Equal(LinkLimits.OutstandingMax + 1, rig.Factory.Last.Sent[^1][0]);
        rig.CloseDown();
        Assert.Equal(LinkLimits.OutstandingMax, rig.Link.Count(LinkCount.Unknown));
        Assert.Equal(1, rig.Link.Count(LinkCount.NotDelivered));
    }

    [Fact]
    public void Flood_from_below_is_dropped_and_counted_in_bounded_memory()
    {
        const int Flood = 200_000;
        using var rig = new Rig(new Script());
        rig.OpenUp();
        byte[] message = new byte[Head + Welcome.Size];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Flood; i++)
        {
            rig.Factory.Last.Sink.Message(message, message.Length);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 * 1024);
        Assert.Equal(Flood - LinkLimits.InboxSlots, rig.Link.Count(LinkCount.InboxFull));
        for (int i = 0; i < LinkLimits.InboxSlots; i++)
        {
            Assert.Equal(message.Length, rig.Receive(Into));
        }

        Assert.Equal(0, rig.Receive(Into));
        Assert.Equal(LinkState.Open, rig.State());
        rig.CloseDown();
    }

    /// <summary>The uplink's batches are as long as a tick reads them; a part of the names is the longest message of all.</summary>
    [Fact]
    public void Outbox_has_room_for_all_that_the_uplink_has_on_its_way()
    {
        using var rig = new Rig(new Script { Publish = (_, _) => true });
        rig.OpenUp();

        // The client has its share and takes nothing more.
        for (int i = 0; i < LinkLimits.OutstandingMax; i++)
        {
            Patience.Until(() => rig.Send(1), "room in the outbox");
        }

        Patience.Until(() => rig.Link.Count(LinkCount.Handed) == LinkLimits.OutstandingMax, "the client has its share");
        for (int i = 0; i < Limits.InFlightMax; i++)
        {
            Assert.True(rig.Send(new byte[Head + Batch.HeadSize + (Limits.SendRecordsMax * EventRecord.Size)]));
        }

        Assert.True(rig.Send(new byte[Head + Hello.Size]));
        Assert.True(rig.Send(new byte[Head + Heartbeat.Size]));
        rig.CloseDown();
        rig.OpenUp();
        Assert.True(rig.Send(new byte[ContractLimits.MessageBytesMax]));
        rig.CloseDown();
    }

    /// <summary>A command that is repeated takes no room of answers.</summary>
    [Fact]
    public void Inbox_has_room_for_a_longest_command_twice_and_for_answers()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        int[] lengths =
        [
            ContractLimits.DownBytesMax, ContractLimits.DownBytesMax,
            .. Enumerable.Repeat(Head + Welcome.Size, LinkLimits.InboxSlots - 2),
        ];
        foreach (int length in lengths)
        {
            rig.Factory.Last.Sink.Message(new byte[length], length);
        }

        Assert.Equal(0, rig.Link.Count(LinkCount.InboxFull));
        Assert.Equal(lengths, lengths.Select(_ => rig.Receive(Into)));
        rig.CloseDown();
    }

    [Fact]
    public void Message_of_no_length_or_too_long_is_dropped_and_counted()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        TransportSinkOf(rig).Message([], 0);
        TransportSinkOf(rig).Message(new byte[ContractLimits.DownBytesMax + 1], ContractLimits.DownBytesMax + 1);
        TransportSinkOf(rig).Message([], ContractLimits.DownBytesMax + 1);
        Assert.Equal(0, rig.Receive(Into));
        Assert.Equal(3, rig.Link.Count(LinkCount.Oversize));

        TransportSinkOf(rig).Message(new byte[100], 100);
        Assert.Equal(0, rig.Receive(new byte[99]));
        Assert.Equal(4, rig.Link.Count(LinkCount.Oversize));
        rig.CloseDown();
    }

    [Theory]
    [InlineData((LinkLeaf)255, 1)]
    [InlineData(LinkLeaf.Names + 1, 1)]
    [InlineData((LinkLeaf)0, 0)]
    [InlineData((LinkLeaf)0, 11)]
    public void Send_of_what_is_no_message_is_refused_and_counted(LinkLeaf leaf, int count)
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        Assert.False(rig.Link.Send(leaf, new byte[10], count));
        Assert.False(rig.Link.Send(leaf, new byte[ContractLimits.MessageBytesMax + 1], ContractLimits.MessageBytesMax + 1));
        Assert.Equal(2, rig.Link.Count(LinkCount.SendWrong));
        rig.CloseDown();
    }

    [Fact]
    public void Attempts_share_three_threads()
    {
        var threads = new HashSet<int>();
        var script = new Script
        {
            Connect = t =>
            {
                Note();
                return t.Sink is not null;
            },
            Dispose = _ => Note(),
        };
        using var rig = new Rig(script);
        for (int i = 0; i < 300; i++)
        {
            rig.OpenUp();
            rig.CloseDown();
        }

        Assert.Equal(2, threads.Count);
        Assert.Equal(3, rig.Link.Threads());
        Assert.InRange(rig.Link.Count(LinkCount.Disposes), 300, 600);
        Assert.Equal(2, Names.Alive());

        void Note()
        {
            lock (threads)
            {
                threads.Add(Environment.CurrentManagedThreadId);
            }
        }
    }

    [Fact]
    public void Quiet_calls_allocate_nothing()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        Quiet(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Quiet(10_000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        rig.CloseDown();

        void Quiet(int ticks)
        {
            for (int i = 0; i < ticks; i++)
            {
                rig.Link.State();
                rig.Link.Receive(Into);
                rig.Link.Progress();
                rig.Link.Stuck();
            }
        }
    }

    [Fact]
    public void Open_outside_idle_is_ignored_and_configure_is_refused()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        rig.Open();
        Assert.False(rig.Link.Configure(rig.Factory, Rig.Topics()));
        Assert.Equal(LinkState.Open, rig.State());
        Assert.Equal(1, rig.Link.Count(LinkCount.Attempts));
        rig.CloseDown();
        Assert.True(rig.Link.Configure(rig.Factory, Rig.Topics()));
    }

    [Fact]
    public void Shutdown_ends_an_open_link_and_nothing_opens_afterwards()
    {
        using var rig = new Rig(new Script());
        rig.OpenUp();
        rig.Link.Shutdown();
        Patience.Until(rig.Link.Ended, "the end");
        rig.Open();
        Assert.Equal(LinkState.Idle, rig.State());
        Assert.Equal(0, rig.Link.Threads());
        Assert.True(rig.Factory.Last.Disposes >= 1);
    }

    private static TransportSink TransportSinkOf(Rig rig) => rig.Factory.Last.Sink;
}
