// Owns: a look at a flash that changes nothing.
// Must never: pass a write on.

using Gateway.Core;

namespace Gateway.Pc.Flash;

/// <summary>Reads pass, writes are refused.</summary>
/// <param name="flash">The flash that is looked at.</param>
public sealed class StillFlash(FlashPort flash) : FlashPort
{
    public override int CapacityBytes() => flash.CapacityBytes();

    public override int List(FlashArea area, int[] numbers) => flash.List(area, numbers);

    public override int Length(FlashArea area, int number) => flash.Length(area, number);

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count) =>
        flash.Read(area, number, at, into, intoAt, count);

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count) => false;

    public override bool Delete(FlashArea area, int number) => false;
}
