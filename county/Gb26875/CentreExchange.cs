// Owns: one exchange with a centre: its frame, what its confirmation changes, and how often it was sent.
// Must never: carry another number than the stored one.

namespace Gateway.County.Gb26875;

internal sealed class CentreExchange(ushort sequence, byte[] unit, uint station)
{
    public ushort Sequence => sequence;

    public byte[] Unit => unit;

    public uint Station => station;

    /// <summary>What leaves the outbox when it is confirmed; null for a sign of life.</summary>
    public CentreWaiting? Waiting { get; init; }

    public CentrePart? Told { get; init; }

    /// <summary>What it says was over when it was told.</summary>
    public bool Late { get; init; }

    /// <summary>The box, or the system behind it, whose fires a reset let go.</summary>
    public PeerPartKey? Reset { get; init; }

    public int Tries { get; set; }

    public long DueRunMs { get; set; }

    public bool Denied { get; set; }
}
