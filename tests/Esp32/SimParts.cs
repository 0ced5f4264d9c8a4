// Owns: parts of a bus as their data sheets have them, register by register, and what goes wrong on one.
// Must never: share code with the drivers that are tested on it.

using Gateway.Esp32;

namespace Gateway.Tests.Hardware;

/// <summary>A bus: parts at addresses, and the faults that it can have.</summary>
internal sealed class SimBus : I2cBus
{
    private readonly Dictionary<int, SimPart> _parts = [];

    /// <summary>Stuck: nothing is acknowledged, and each try costs a second.</summary>
    public bool Jammed { get; set; }

    /// <summary>Transfers that were tried, and of these the ones that a jammed bus held for a second.</summary>
    public int Tried { get; private set; }

    public int Seconds { get; private set; }

    public T Add<T>(int address, T part) where T : SimPart
    {
        _parts[address] = part;
        return part;
    }

    public override I2cPort Open(int address) => new Port(this, address);

    /// <summary>The part, where the bus and the part answer.</summary>
    private SimPart? Reached(int address)
    {
        Tried++;
        if (Jammed)
        {
            Seconds++;
            return null;
        }

        return _parts.TryGetValue(address, out SimPart? part) && !part.Silent ? part : null;
    }

    private sealed class Port(SimBus bus, int address) : I2cPort
    {
        public override bool Write(int count)
        {
            SimPart? part = bus.Reached(address);
            part?.Take(Out[..count]);
            return part is not null;
        }

        public override bool Read(int count)
        {
            SimPart? part = bus.Reached(address);
            part?.Give(count).CopyTo(In, 0);
            return part is not null;
        }

        public override bool WriteRead(int outCount, int inCount)
        {
            SimPart? part = bus.Reached(address);
            part?.Take(Out[..outCount]);
            part?.Give(inCount).CopyTo(In, 0);
            return part is not null;
        }
    }
}

/// <summary>A part: takes what is written, gives what is read.</summary>
internal abstract class SimPart
{
    /// <summary>Does not acknowledge.</summary>
    public bool Silent { get; set; }

    /// <summary>What the part did, in order, in words of its pins.</summary>
    public List<string> Story { get; } = [];

    /// <summary>As after power came to it.</summary>
    public abstract void Reset();

    public abstract void Take(byte[] bytes);

    public abstract byte[] Give(int count);
}

/// <summary>PCF8574: a latch that is high after power-on; a pin reads low where the latch or the outside pulls it.</summary>
internal sealed class SimPcf8574 : SimPart
{
    public byte Latch { get; private set; } = 0xFF;

    /// <summary>What the outside lets be high: a closed contact pulls its bit to 0.</summary>
    public byte Outside { get; set; } = 0xFF;

    public override void Reset() => Latch = 0xFF;

    public override void Take(byte[] bytes)
    {
        foreach (byte b in bytes)
        {
            Latch = b;
            Story.Add($"{b:X2}");
        }
    }

    public override byte[] Give(int count) => [.. Enumerable.Repeat((byte)(Latch & Outside), count)];
}

/// <summary>MCP23017 with IOCON.BANK = 0: 22 registers, a pointer that goes on by itself.</summary>
internal sealed class SimMcp23017 : SimPart
{
    private readonly byte[] _registers = new byte[0x16];
    private int _at;

    public SimMcp23017() => Reset();

    /// <summary>What the outside lets be high, port A in the low byte.</summary>
    public int Outside { get; set; } = 0xFFFF;

    /// <summary>What port A drives: null where the pin is an input.</summary>
    public bool? Drives(int bit) => (_registers[0x00] & (1 << bit)) != 0 ? null : (_registers[0x14] & (1 << bit)) != 0;

    public byte this[int register] => _registers[register];

    public override void Reset()
    {
        Array.Clear(_registers);
        _registers[0x00] = _registers[0x01] = 0xFF;
        _at = 0;
    }

    public override void Take(byte[] bytes)
    {
        _at = bytes[0];
        foreach (byte b in bytes.AsSpan(1))
        {
            // Writing a port writes its latch.
            _registers[_at is 0x12 or 0x13 ? _at + 2 : _at] = b;
            Story.Add($"{_at:X2}={b:X2}");
            _at = (_at + 1) % _registers.Length;
        }
    }

    public override byte[] Give(int count)
    {
        byte[] given = new byte[count];
        for (int i = 0; i < count; i++)
        {
            given[i] = _at is 0x12 or 0x13 ? Pins(_at - 0x12) : _registers[_at];
            _at = (_at + 1) % _registers.Length;
        }

        return given;
    }

    private byte Pins(int port)
    {
        int outside = (Outside >> (port * 8)) & 0xFF;
        int inputs = _registers[port];
        return (byte)((outside & inputs) | (_registers[0x14 + port] & ~inputs));
    }
}

/// <summary>ADS1115: a pointer and four registers; a single conversion is there 1.2 ms after its start, so by the next tick.</summary>
internal sealed class SimAds1115 : SimPart
{
    private int _pointer;
    private int _config = 0x8583;
    private short _conversion;
    private short _next;

    /// <summary>Volts at the four inputs.</summary>
    public double[] Volts { get; } = new double[4];

    public override void Reset()
    {
        _config = 0x8583;
        _conversion = 0;
        _next = 0;
    }

    /// <summary>A tick has gone by: what was started is done.</summary>
    public void Finish() => _conversion = _next;

    public override void Take(byte[] bytes)
    {
        _pointer = bytes[0] & 3;
        if (bytes.Length < 3 || _pointer != 1)
        {
            return;
        }

        _config = (bytes[1] << 8) | bytes[2];
        int mux = (_config >> 12) & 7;
        if ((_config & 0x8000) != 0 && mux >= 4)
        {
            double full = ((_config >> 9) & 7) switch { 0 => 6.144, 1 => 4.096, 2 => 2.048, _ => 1.024 };
            _next = (short)Math.Clamp(Math.Round(Volts[mux - 4] / full * 32768), -32768, 32767);
            Story.Add($"ch{mux - 4}");
        }
    }

    public override byte[] Give(int count)
    {
        int word = _pointer switch { 0 => _conversion, 1 => _config & 0x7FFF, 2 => 0x8000, _ => 0x7FFF };
        return [.. new[] { (byte)(word >> 8), (byte)word }.Take(count)];
    }
}

/// <summary>DS3231: registers with the time in decimal digits; the oscillator's mark is set after the battery was empty.</summary>
internal sealed class SimDs3231 : SimPart
{
    private readonly byte[] _registers = new byte[0x13];
    private int _at;

    public byte this[int register]
    {
        get => _registers[register];
        set => _registers[register] = value;
    }

    public override void Reset()
    {
        Array.Clear(_registers);
        _registers[0x0F] = 0x88;
    }

    public override void Take(byte[] bytes)
    {
        _at = bytes[0];
        foreach (byte b in bytes.AsSpan(1))
        {
            _registers[_at] = b;
            _at = (_at + 1) % _registers.Length;
        }
    }

    public override byte[] Give(int count)
    {
        byte[] given = new byte[count];
        for (int i = 0; i < count; i++)
        {
            given[i] = _registers[_at];
            _at = (_at + 1) % _registers.Length;
        }

        return given;
    }
}

/// <summary>SSD1306 with addresses that go on by themselves: 128 columns, 8 pages. After power it is off and its points are anything.
/// </summary>
internal sealed class SimSsd1306 : SimPart
{
    private readonly byte[] _ram = new byte[128 * 8];
    private readonly int[] _column = [0, 127];
    private readonly int[] _page = [0, 7];
    private int _x;
    private int _y;

    public SimSsd1306() => Reset();

    public bool On { get; private set; }

    public byte Contrast { get; private set; }

    /// <summary>Bytes that it took, with its address, in all and in the longest transfer.</summary>
    public int Bytes { get; private set; }

    public int Longest { get; private set; }

    public bool Lit(int x, int y) => On && (_ram[(y / 8 * 128) + x] & (1 << (y & 7))) != 0;

    public override void Reset()
    {
        On = false;
        Array.Fill(_ram, (byte)0x5A);
        (_column[0], _column[1], _page[0], _page[1]) = (0, 127, 0, 7);
    }

    public override void Take(byte[] bytes)
    {
        Bytes += bytes.Length + 1;
        Longest = Math.Max(Longest, bytes.Length + 1);
        if (bytes[0] == 0x40)
        {
            Array.ForEach(bytes[1..], Point);
            return;
        }

        for (int at = 1; at < bytes.Length; at++)
        {
            switch (bytes[at])
            {
                case 0x21:
                    (_column[0], _column[1]) = (bytes[at + 1], bytes[at + 2]);
                    _x = _column[0];
                    at += 2;
                    break;
                case 0x22:
                    (_page[0], _page[1]) = (bytes[at + 1], bytes[at + 2]);
                    _y = _page[0];
                    at += 2;
                    break;
                case 0x81:
                    Contrast = bytes[++at];
                    break;
                case 0x20 or 0xA8 or 0xD3 or 0xD5 or 0xD9 or 0xDA or 0xDB or 0x8D:
                    at++;
                    break;
                case 0xAE or 0xAF:
                    On = bytes[at] == 0xAF;
                    break;
            }
        }
    }

    public override byte[] Give(int count) => throw new InvalidOperationException("it is only written");

    private void Point(byte points)
    {
        _ram[(_y * 128) + _x] = points;
        _x++;
        if (_x > _column[1])
        {
            _x = _column[0];
            _y = _y == _page[1] ? _page[0] : _y + 1;
        }
    }
}
