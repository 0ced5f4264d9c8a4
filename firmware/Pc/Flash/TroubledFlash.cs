// Owns: the troubles of a device's flash in front of a PC's.
// Must never: change a byte.

using Gateway.Core;
using Gateway.Pc.Board;

namespace Gateway.Pc.Flash;

/// <summary>Writes take their time; a listing that misses the folder's last file is none, as the device's own flash judges it.</summary>
/// <param name="flash">The flash that keeps the bytes.</param>
public sealed class TroubledFlash(FlashPort flash, Troubles troubles) : FlashPort
{
    public override int CapacityBytes() => flash.CapacityBytes();

    public override int List(FlashArea area, int[] numbers) => troubles.Listing == Listing.Whole ? flash.List(area, numbers) : -1;

    public override int Length(FlashArea area, int number) => flash.Length(area, number);

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count) =>
        flash.Read(area, number, at, into, intoAt, count);

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        troubles.Write();
        return flash.Append(area, number, data, at, count);
    }

    public override bool Delete(FlashArea area, int number)
    {
        troubles.Write();
        return flash.Delete(area, number);
    }
}
