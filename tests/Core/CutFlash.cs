// Owns: a flash that loses power inside a chosen write.
// Must never: lose what an earlier write has made durable.

using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

/// <summary>The power went; the gateway is to start anew on what the flash has.</summary>
public sealed class PowerCutException : Exception
{
    public PowerCutException()
    {
    }

    public PowerCutException(string message)
        : base(message)
    {
    }

    public PowerCutException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Counts appends and deletes; the chosen ones leave so many bytes, or do not delete, and then the power is gone.</summary>
/// <param name="cuts">
/// Number of the write from 0, since the start or since the cut before it, and of an append how many bytes reach the flash: more than it
/// has = all, and the cut comes behind it.
/// </param>
public sealed class CutFlash(params (int Write, int Bytes)[] cuts) : FlashPort
{
    private readonly Device.MemoryFlash _flash = new();

    private int _cut;
    private int _since;

    /// <summary>Set, no write is cut or counted any more.</summary>
    public bool Safe { get; set; }

    /// <summary>Set, no write is taken.</summary>
    public bool Refuses { get; set; }

    /// <summary>Area and bytes of every write so far; a delete has 0 bytes.</summary>
    public IList<(FlashArea Area, int Bytes)> Writes { get; } = [];

    public override int CapacityBytes() => _flash.CapacityBytes();

    public override int List(FlashArea area, int[] numbers) => _flash.List(area, numbers);

    public override int Length(FlashArea area, int number) => _flash.Length(area, number);

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count) =>
        _flash.Read(area, number, at, into, intoAt, count);

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        int bytes = _cut < cuts.Length ? cuts[_cut].Bytes : 0;
        bool cut = Cut(area, count);
        bool good = !Refuses && _flash.Append(area, number, data, at, cut ? Math.Min(bytes, count) : count);
        return cut ? throw new PowerCutException() : good;
    }

    public override bool Delete(FlashArea area, int number)
    {
        int bytes = _cut < cuts.Length ? cuts[_cut].Bytes : 0;
        bool cut = Cut(area, 0);
        if (!cut || bytes > 0)
        {
            _flash.Delete(area, number);
        }

        return cut ? throw new PowerCutException() : true;
    }

    private bool Cut(FlashArea area, int count)
    {
        if (Safe)
        {
            return false;
        }

        Writes.Add((area, count));
        bool cut = _cut < cuts.Length && _since++ == cuts[_cut].Write;
        _cut += cut ? 1 : 0;
        _since = cut ? 0 : _since;
        return cut;
    }
}
