// Owns: the rules of the bounded queue.
// Must never: be the only test of a rule that the link promises.

using Gateway.Core;
using Xunit;

namespace Gateway.Link.Tests;

public sealed class MessageQueueTests
{
    private readonly MessageQueue _queue = new(slots: 3, bytes: 8);
    private readonly byte[] _into = new byte[8];

    /// <summary>Two are always inside, of 1 to 4 bytes, so that messages of every length lie over the end of the ring.</summary>
    [Fact]
    public void Order_and_bytes_are_kept_over_the_end_of_the_slots_and_of_the_ring()
    {
        for (byte i = 0; i < 200; i++)
        {
            byte[] message = Message(i);
            Assert.True(_queue.Put(0, leaf: (LinkLeaf)i, message, message.Length));
            if (i == 0)
            {
                continue;
            }

            int count = _queue.Take(0, _into, out LinkLeaf leaf);
            Assert.Equal((LinkLeaf)(i - 1), leaf);
            Assert.Equal(Message((byte)(i - 1)), _into[..count]);
        }

        static byte[] Message(byte i) => [.. Enumerable.Range(0, 1 + (i * 7 % 4)).Select(k => (byte)(i + k))];
    }

    [Fact]
    public void Long_message_waits_for_room_and_a_short_one_still_fits()
    {
        Assert.True(_queue.Put(0, (LinkLeaf)0, [1, 1, 1, 1, 1], 5));
        Assert.False(_queue.Put(0, (LinkLeaf)0, [2, 2, 2, 2], 4));
        Assert.True(_queue.Put(0, (LinkLeaf)0, [3, 3, 3], 3));
        Assert.False(_queue.Put(0, (LinkLeaf)0, [4], 1));
        Assert.Equal(5, _queue.Take(0, _into, out _));
        Assert.True(_queue.Put(0, (LinkLeaf)0, [2, 2, 2, 2], 4));
        Assert.Equal(3, _queue.Take(0, _into, out _));
        Assert.Equal(4, _queue.Take(0, _into, out _));
        Assert.Equal([2, 2, 2, 2], _into[..4]);
    }

    [Fact]
    public void Renewed_queue_has_all_its_room_again()
    {
        Assert.True(_queue.Put(0, (LinkLeaf)0, [1, 1, 1, 1, 1], 5));
        Assert.Equal(1, _queue.Renew(1));
        Assert.True(_queue.Put(1, (LinkLeaf)0, [1, 2, 3, 4, 5, 6, 7, 8], 8));
        Assert.Equal(8, _queue.Take(1, _into, out _));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], _into);
    }

    [Fact]
    public void Full_queue_refuses_and_keeps_what_it_has()
    {
        Assert.True(_queue.Put(0, (LinkLeaf)0, [1], 1));
        Assert.True(_queue.Put(0, (LinkLeaf)0, [2], 1));
        Assert.True(_queue.Put(0, (LinkLeaf)0, [3], 1));
        Assert.False(_queue.Put(0, (LinkLeaf)0, [4], 1));
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
