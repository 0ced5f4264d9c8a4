// Owns: the flash of a virtual station: files in memory.
// Must never: fail or forget; how Core lives with a bad flash is the simulation's work.

using Gateway.Core;

namespace Gateway.Tests.Benchmarks.Storm;

internal sealed class RamFlash : FlashPort
{
    private const int SmallestPartition = 256 * 1024;
    private readonly Dictionary<(FlashArea Area, int Number), byte[]> _files = [];

    public override int CapacityBytes() => SmallestPartition;

    public override int List(FlashArea area, int[] numbers)
    {
        int count = 0;
        foreach ((FlashArea _, int number) in _files.Keys.Where(file => file.Area == area))
        {
            if (count < numbers.Length)
            {
                numbers[count] = number;
            }

            count++;
        }

        return count;
    }

    public override int Length(FlashArea area, int number) => _files.TryGetValue((area, number), out byte[]? file) ? file.Length : -1;

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
    {
        if (!_files.TryGetValue((area, number), out byte[]? file))
        {
            return -1;
        }

        int taken = Math.Clamp(file.Length - at, 0, count);
        Array.Copy(file, at, into, intoAt, taken);
        return taken;
    }

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        byte[] before = _files.GetValueOrDefault((area, number), []);
        _files[(area, number)] = [.. before, .. data.AsSpan(at, count)];
        return true;
    }

    public override bool Delete(FlashArea area, int number)
    {
        _files.Remove((area, number));
        return true;
    }
}
