// Owns: a lane of a played station: what was made and is not held, and how far it was sent.
// Must never: forget a record before the county holds it, or give a sequence twice.

using Gateway.Contract;

namespace Gateway.Tools.Load;

/// <summary>What a gateway's flash is for a lane.</summary>
internal sealed class LoadLane
{
    private readonly Queue<Made> _waiting = new();

    public uint Last { get; private set; }

    public uint Held { get; private set; }

    /// <summary>The last one that was sent in this session, or what was held at its start.</summary>
    public uint Sent { get; private set; }

    public int Waiting => _waiting.Count;

    public bool AllSent => Sent >= Last;

    /// <summary>How often a record went out.</summary>
    public long SentInAll { get; private set; }

    public void Add(EventKind kind, long atMs) => _waiting.Enqueue(new Made(++Last, kind, atMs));

    /// <summary>Begins anew behind what is held, after a welcome or a deadline.</summary>
    public void Again() => Sent = Held;

    /// <summary>The county holds through a number; each that it newly holds is told. False: a number that was never sent.</summary>
    public bool HoldsThrough(uint through, Action<EventKind, long> told)
    {
        if (through > Last)
        {
            return false;
        }

        while (_waiting.TryPeek(out Made one) && one.Sequence <= through)
        {
            _waiting.Dequeue();
            told(one.Kind, one.AtMs);
        }

        Held = Math.Max(Held, through);
        Sent = Math.Max(Sent, Held);
        return true;
    }

    /// <summary>The next records behind those that were sent.</summary>
    public int Next(Made[] into)
    {
        int count = 0;
        foreach (Made one in _waiting.Skip((int)(Sent - Held)))
        {
            if (count == into.Length)
            {
                break;
            }

            into[count++] = one;
        }

        return count;
    }

    public void SentThrough(uint sequence, int records)
    {
        Sent = sequence;
        SentInAll += records;
    }

    /// <summary>A record that waits.</summary>
    /// <param name="Sequence">In its lane.</param>
    /// <param name="Kind">What happened.</param>
    /// <param name="AtMs">When, by the run's clock.</param>
    internal readonly record struct Made(uint Sequence, EventKind Kind, long AtMs);
}
