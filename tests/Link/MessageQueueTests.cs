// Owns: the rules of the bounded queue.
// Must never: be the only test of a rule that the link promises.

using Gateway.Core;
using Xunit;

namespace Gateway.Link.Tests;

public sealed class MessageQueueTests
{
    private readonly MessageQueue _queue = new(slots: 2, bytes: 4);
    private readonly byte[] _into = new byte[4];

    [Fact]
    public void Order_is_kept_over_the_end_of_the_slots()
    {
        for (byte i = 0; i < 7; i++)
        {
            Assert.True(_queue.Put(0, leaf: (LinkLeaf)i, [i, i], 2));
            Assert.Equal(2, _queue.Take(0, _into, out LinkLeaf leaf));
            Assert.Equal((LinkLeaf)i, leaf);
            Assert.Equal(i, _into[1]);
        }
    }

    [Fact]
    public void Full_queue_refuses_and_keeps_what_it_has()
    {
        Assert.True(_queue.Put(0, (LinkLeaf)0, [1], 1));
        Assert.True(_queue.Put(0, (LinkLeaf)0, [2], 1));
        Assert.False(_queue.Put(0, (LinkLeaf)0, [3], 1));
        _queue.Take(0, _into, out _);
        Assert.Equal(1, _into[0]);
    }

    [Fact]
    public void Another_generation_neither_puts_nor_takes()
    {
        Assert.True(_queue.Put(0, (LinkLeaf)0, [1], 1));
        Assert.Equal(0, _queue.Take(1, _into, out _));
        Assert.Equal(1, _queue.Renew(1));
        Assert.False(_queue.Put(0, (LinkLeaf)0, [1], 1));
        Assert.Equal(0, _queue.Take(1, _into, out _));
    }

    [Fact]
    public void Message_that_does_not_fit_is_thrown_away()
    {
        Assert.True(_queue.Put(0, (LinkLeaf)0, [1, 2, 3], 3));
        Assert.Equal(-1, _queue.Take(0, new byte[2], out _));
        Assert.Equal(0, _queue.Take(0, _into, out _));
    }
}
