// Owns: the flash as littlefs gives it, and every way in which it may hurt.
// Must never: keep what was not closed, or fail in a way that the options did not allow.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>The power went. Thrown out of a write, through the whole device, to the simulation.</summary>
public sealed class PowerCutException : Exception
{
    public PowerCutException()
        : base("power cut")
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

/// <summary>What a power cut leaves of the write that it hits.</summary>
public enum CutMode
{
    /// <summary>Nothing: littlefs had not closed the file.</summary>
    Nothing,

    /// <summary>A part of the bytes: a file system that is less careful.</summary>
    Torn,

    /// <summary>All of the bytes in number, but garbage from some place on.</summary>
    Garbage,

    /// <summary>Everything: the cut came after the close.</summary>
    All,
}

/// <summary>
/// Files in memory. Fault model: the write under way at a power cut may be absent, torn, garbage or whole; any byte may flip while the
/// power is off; writes and deletes may be refused, with or without leaving a part; reads may fail for a while; the whole may be empty
/// after a start. What may not happen: a write that was reported durable vanishes, unless <see cref="Lies"/> is on, and a read that
/// succeeds gives other bytes than are stored.
/// </summary>
public sealed class SimFlash : FlashPort
{
    private readonly Dictionary<(FlashArea Area, int Number), byte[]> _files = [];
    private readonly Rng _rng;
    private (FlashArea Area, int Number, byte[]? Before)? _last;
    private bool _full;
    private int _freeBlocks;

    public SimFlash(Rng rng) => _rng = rng;

    /// <summary>Bytes that <see cref="CapacityBytes"/> tells.</summary>
    public int Capacity { get; set; } = 256 * 1024;

    /// <summary>Writes and deletes so far.</summary>
    public long Writes { get; private set; }

    /// <summary>Bytes given to <see cref="Append"/> so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The number of the write at which the power goes, or -1.</summary>
    public long CutAtWrite { get; set; } = -1;

    public CutMode Cut { get; set; }

    /// <summary>Bytes that are good of a torn or garbage write; -1 = by chance.</summary>
    public int CutBytes { get; set; } = -1;

    /// <summary>Writes are refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>In per cent: a refused write leaves a part of its bytes.</summary>
    public int RefusalLeavesPartPercent { get; set; }

    /// <summary>
    /// No block is free, so nothing can be written; each deleted file frees one. A new file takes one for good, an append needs one for a
    /// moment.
    /// </summary>
    public bool Full
    {
        get => _full;
        set
        {
            _full = value;
            _freeBlocks = 0;
        }
    }

    /// <summary>In per cent: a read fails.</summary>
    public int ReadFailsPercent { get; set; }

    /// <summary>The last write before a power cut is undone although it was reported durable.</summary>
    public bool Lies { get; set; }

    /// <summary>Told of each append that may leave something, before it is tried: area, number, bytes.</summary>
    public Action<int, int, ReadOnlyMemory<byte>>? Tried { get; set; }

    /// <summary>Told of each deletion of a file that is there, before it is tried.</summary>
    public Action? Deleted { get; set; }

    /// <summary>Told after each durable append: area, number, bytes.</summary>
    public Action<int, int, ReadOnlyMemory<byte>>? Written { get; set; }

    public IReadOnlyDictionary<(FlashArea Area, int Number), byte[]> Files => _files;

    /// <summary>Bytes of all files of a folder.</summary>
    public int BytesIn(FlashArea area)
    {
        int bytes = 0;
        foreach (KeyValuePair<(FlashArea Area, int Number), byte[]> file in _files)
        {
            bytes += file.Key.Area == area ? file.Value.Length : 0;
        }

        return bytes;
    }

    public override int CapacityBytes() => Capacity;

    public override int List(FlashArea area, int[] numbers)
    {
        if (ReadFailsPercent > 0 && _rng.Percent(ReadFailsPercent))
        {
            return -1;
        }

        int count = 0;
        foreach ((FlashArea Area, int Number) file in _files.Keys)
        {
            if (file.Area == area)
            {
                if (count < numbers.Length)
                {
                    numbers[count] = file.Number;
                }

                count++;
            }
        }

        return count;
    }

    public override int Length(FlashArea area, int number) => _files.TryGetValue((area, number), out byte[]? file) ? file.Length : -1;

    public override int Read(FlashArea area, int number, int at, byte[] into, int intoAt, int count)
    {
        if (!_files.TryGetValue((area, number), out byte[]? file) || (ReadFailsPercent > 0 && _rng.Percent(ReadFailsPercent)))
        {
            return -1;
        }

        int read = Math.Max(0, Math.Min(count, file.Length - at));
        Array.Copy(file, Math.Min(at, file.Length), into, intoAt, read);
        return read;
    }

    public override bool Append(FlashArea area, int number, byte[] data, int at, int count)
    {
        byte[] added = data.AsSpan(at, count).ToArray();
        Tried?.Invoke((int)area, number, added);
        if (Begin())
        {
            switch (Cut)
            {
                case CutMode.Torn:
                    Put(area, number, added.AsSpan(0, Part(count)));
                    break;
                case CutMode.Garbage:
                    int good = Part(count);
                    for (int i = good; i < count; i++)
                    {
                        added[i] = (byte)_rng.Next();
                    }

                    Put(area, number, added);
                    break;
                case CutMode.All:
                    Put(area, number, added);
                    Written?.Invoke((int)area, number, added);
                    break;
                default:
                    break;
            }

            throw new PowerCutException();
        }

        if (Refuses || (Full && _freeBlocks == 0))
        {
            if (Refuses && _rng.Percent(RefusalLeavesPartPercent))
            {
                Put(area, number, added.AsSpan(0, Part(count)));
            }

            return false;
        }

        _last = (area, number, _files.GetValueOrDefault((area, number)));
        _freeBlocks -= Full && _last.Value.Before is null ? 1 : 0;
        Put(area, number, added);
        BytesWritten += count;
        Written?.Invoke((int)area, number, added);
        return true;
    }

    public override bool Delete(FlashArea area, int number)
    {
        if (!_files.ContainsKey((area, number)))
        {
            return true;
        }

        Deleted?.Invoke();
        if (Begin())
        {
            if (Cut == CutMode.All)
            {
                _files.Remove((area, number));
            }

            throw new PowerCutException();
        }

        if (Refuses)
        {
            return false;
        }

        _last = (area, number, _files[(area, number)]);
        _files.Remove((area, number));
        _freeBlocks++;
        return true;
    }

    /// <summary>The power comes back: no cut is planned, and a lying flash has lost its last write.</summary>
    public void PowerUp()
    {
        if (Lies && _last is { } last)
        {
            if (last.Before is null)
            {
                _files.Remove((last.Area, last.Number));
            }
            else
            {
                _files[(last.Area, last.Number)] = last.Before;
            }
        }

        _last = null;
        CutAtWrite = -1;
    }

    /// <summary>Flips one bit somewhere in the folder. False when it has no bytes.</summary>
    public bool FlipBit(FlashArea area)
    {
        List<(FlashArea Area, int Number)> files = [.. _files.Where(f => f.Key.Area == area && f.Value.Length > 0).Select(f => f.Key)];
        if (files.Count == 0)
        {
            return false;
        }

        byte[] file = _files[files[_rng.Below(files.Count)]];
        file[_rng.Below(file.Length)] ^= (byte)(1 << _rng.Below(8));
        return true;
    }

    /// <summary>Damages one file: bytes changed, cut off or added, its name changed, or all of it gone. For fuzzing.</summary>
    public void Bend(Rng rng)
    {
        if (_files.Count == 0)
        {
            return;
        }

        (FlashArea Area, int Number) name = _files.Keys.OrderBy(k => k).ElementAt(rng.Below(_files.Count));
        byte[] file = [.. _files[name]];
        switch (rng.Below(5))
        {
            case 0 when file.Length > 0:
                file[rng.Below(file.Length)] = (byte)rng.Next();
                _files[name] = file;
                break;
            case 1:
                _files[name] = file[..rng.Below(file.Length + 1)];
                break;
            case 2:
                _files[name] = [.. file, .. file.Take(rng.Below(200))];
                break;
            case 3:
                _files.Remove(name);
                break;
            default:
                _files.Remove(name);
                _files[((FlashArea)rng.Below(Limits.FlashAreas), (int)rng.Next())] = file;
                break;
        }
    }

    /// <summary>Another flash with the same files, without faults.</summary>
    public SimFlash Clone(Rng rng)
    {
        SimFlash clone = new(rng) { Capacity = Capacity };
        foreach (KeyValuePair<(FlashArea Area, int Number), byte[]> file in _files)
        {
            clone._files.Add(file.Key, file.Value);
        }

        return clone;
    }

    /// <summary>The mount failed and the file system was made anew.</summary>
    public void Format()
    {
        _files.Clear();
        _last = null;
    }

    private bool Begin()
    {
        if (CutAtWrite >= 0 && Writes >= CutAtWrite)
        {
            return true;
        }

        Writes++;
        return false;
    }

    private int Part(int count) => CutBytes >= 0 ? Math.Min(CutBytes, count) : _rng.Below(count);

    private void Put(FlashArea area, int number, ReadOnlySpan<byte> added)
    {
        byte[] before = _files.GetValueOrDefault((area, number)) ?? [];
        byte[] after = new byte[before.Length + added.Length];
        before.CopyTo(after, 0);
        added.CopyTo(after.AsSpan(before.Length));
        _files[(area, number)] = after;
    }
}
