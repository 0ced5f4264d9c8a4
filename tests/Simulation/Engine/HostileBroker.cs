// Owns: a broker in hostile hands: it drops by leaf, holds back, keeps everything and sends it again, over restarts of both ends.
// Must never: have a key: what it did not hear it can't say.

using Gateway.Contract;

namespace Gateway.Simulation;

/// <summary>Stands between gateway and county; what it does is switched from outside.</summary>
public sealed class HostileBroker(Rng rng)
{
    private const int KeptMax = 100;

    private readonly List<(string Topic, byte[] Payload, long SentMs)> _up = [];
    private readonly List<byte[]> _down = [];
    private readonly List<(string Topic, byte[] Payload, long SentMs)> _heldBack = [];

    /// <summary>Fires do not pass; heartbeats and all else do.</summary>
    public bool HidesFires { get; set; }

    /// <summary>Nothing passes up, though the connection stands.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Nothing passes down.</summary>
    public bool IsMute { get; set; }

    /// <summary>Hellos are kept for later.</summary>
    public bool HoldsHellos { get; set; }

    public void Relent() => HidesFires = IsDeaf = IsMute = HoldsHellos = false;

    /// <summary>Whether a message of a gateway passes.</summary>
    public bool TakesUp(string topic, byte[] payload, long sentMs)
    {
        string leaf = LeafOf(topic);
        Keep(_up, (topic, payload, sentMs));
        if (HoldsHellos && leaf == Topics.LeafHello)
        {
            Keep(_heldBack, (topic, payload, sentMs));
            return false;
        }

        return !IsDeaf && !(HidesFires && Lanes.Parse(leaf) == Lane.Fire);
    }

    /// <summary>Whether a message of the county passes.</summary>
    public bool TakesDown(byte[] payload)
    {
        Keep(_down, payload);
        return !IsMute;
    }

    /// <summary>What was held back, in its order; it is forgotten here.</summary>
    public IReadOnlyList<(string Topic, byte[] Payload, long SentMs)> LetGo()
    {
        (string, byte[], long)[] all = [.. _heldBack];
        _heldBack.Clear();
        return all;
    }

    /// <summary>Something of a gateway, from any time.</summary>
    public (string Topic, byte[] Payload, long SentMs)? AnyUp(bool hello)
    {
        List<(string Topic, byte[] Payload, long SentMs)> some = hello ? [.. _up.Where(m => LeafOf(m.Topic) == Topics.LeafHello)] : _up;
        return some.Count == 0 ? null : some[rng.Below(some.Count)];
    }

    /// <summary>Something of the county, from any time.</summary>
    public byte[]? AnyDown() => _down.Count == 0 ? null : _down[rng.Below(_down.Count)];

    private static string LeafOf(string topic) => topic[(topic.LastIndexOf('/') + 1)..];

    private void Keep<T>(List<T> kept, T one)
    {
        if (kept.Count == KeptMax)
        {
            kept.RemoveAt(rng.Below(KeptMax));
        }

        kept.Add(one);
    }
}
