// Owns: a flash that counts blocks as littlefs does, and is full when they are gone.
// Must never: be kinder than littlefs; where that has luck, this has none.

using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

/// <summary>
/// Folders are chains of pairs that are split when half full and only go when they are empty; small files lie in them; others are chains
/// of blocks whose last one is copied by an append. What has nothing to do with the gateway's own areas is a number.
/// </summary>
/// <param name="blocks">Blocks of the partition.</param>
/// <param name="others">Blocks of the root, its files and the runtime's.</param>
public sealed class LittleFlash(int blocks, int others) : FlashPort
{
    private const int InlineBytes = 512;
    private const int EntryBytes = 48;
    private const int HalfBlock = LogPlan.BlockBytes / 2;

    private readonly Dictionary<(FlashArea Area, uint Number), byte[]> _files = [];
    private readonly List<List<uint>>[] _pairs = [.. Enumerable.Range(0, Limits.FlashAreas).Select(_ => new List<List<uint>> { new() })];

    /// <summary>Most blocks in use at any moment.</summary>
    public int Peak { get; private set; }

    /// <summary>Appends that found no room.</summary>
    public int Full { get; private set; }

    /// <summary>Refuses the next so many deletes, as a power cut before them would leave it.</summary>
    public int RefuseDeletes { get; set; }

    /// <summary>Fails to list folders.</summary>
    public bool ListFails { get; set; }

    public int Used => others + _pairs.Sum(folder => folder.Count * 2) + _files.Values.Sum(DataBlocks);

    public override int CapacityBytes() => blocks * LogPlan.BlockBytes;

    public override int List(FlashArea area, int[] numbers)
    {
        if (ListFails)
        {
            return -1;
        }

        uint[] found = [.. _files.Keys.Where(k => k.Area == area).Select(k => k.Number)];
        for (int i = 0; i < found.Length && i < numbers.Length; i++)
        {
            numbers[i] = (int)found[i];
        }

        return found.Length;
    }

    public override int Length(FlashArea area, int number) => _files.TryGetValue((area, (uint)number), out byte[]? file) ? file.Length : -1;

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
    {
        if (!_files.TryGetValue((area, (uint)number), out byte[]? file))
        {
            return -1;
        }

        int read = Math.Clamp(file.Length - at, 0, count);
        Array.Copy(file, at, into, intoAt, read);
        return read;
    }

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        byte[] before = _files.GetValueOrDefault((area, (uint)number)) ?? [];
        byte[] after = [.. before, .. data.AsSpan(at, count)];

        // The copy of the last block and a pair that moves, both for a moment.
        int needed = Used + Math.Max(0, DataBlocks(after) - DataBlocks(before)) + 2;
        if (needed > blocks)
        {
            Full++;
            return false;
        }

        _files[(area, (uint)number)] = after;
        List<uint> pair = PairOf(area, (uint)number);
        if (!pair.Contains((uint)number))
        {
            pair.Add((uint)number);
            pair.Sort();
        }

        Split(area, pair);
        Peak = Math.Max(Peak, Math.Max(needed, Used + 1));
        return true;
    }

    public override bool Delete(FlashArea area, int number)
    {
        if (RefuseDeletes > 0 && _files.ContainsKey((area, (uint)number)))
        {
            RefuseDeletes--;
            return false;
        }

        if (_files.Remove((area, (uint)number)))
        {
            List<uint> pair = PairOf(area, (uint)number);
            pair.Remove((uint)number);
            if (pair.Count == 0 && pair != _pairs[(int)area][0])
            {
                _pairs[(int)area].Remove(pair);
            }
        }

        return true;
    }

    private static int DataBlocks(byte[] file) => file.Length <= InlineBytes ? 0 : LogPlan.BlocksOf(file.Length);

    private List<uint> PairOf(FlashArea area, uint number) =>
        _pairs[(int)area].FindLast(pair => pair.Count > 0 && pair[0] <= number) ?? _pairs[(int)area][0];

    private void Split(FlashArea area, List<uint> pair)
    {
        int Bytes(uint number) => EntryBytes + (DataBlocks(_files[(area, number)]) == 0 ? _files[(area, number)].Length : 0);
        while (pair.Count > 1 && pair.Sum(Bytes) > HalfBlock)
        {
            int half = pair.Count / 2;
            List<uint> upper = pair[half..];
            pair.RemoveRange(half, pair.Count - half);
            _pairs[(int)area].Insert(_pairs[(int)area].IndexOf(pair) + 1, upper);
            Split(area, upper);
        }
    }
}
