// Owns: the bytes of a unit that we send.
// Must never: write more objects than the standard allows.

using System.Buffers.Binary;

namespace Gateway.Gb26875;

/// <summary>Writes a unit into room that the caller brings. <see cref="Written"/> is the whole unit so far.</summary>
public ref struct UnitWriter
{
    private readonly Span<byte> _room;
    private readonly UnitFields _fields;
    private int _bytes;

    /// <param name="room">Where the unit goes; 1,024 bytes hold any.</param>
    /// <param name="type">A type that has a layout.</param>
    /// <exception cref="ArgumentException">The type has no layout, or there is no room for the head.</exception>
    public UnitWriter(Span<byte> room, UnitType type)
    {
        _fields = UnitLayout.Fields(type);
        if (_fields == UnitFields.None)
        {
            throw new ArgumentException($"type {(int)type} has no layout", nameof(type));
        }

        if (room.Length < UnitLayout.HeadBytes)
        {
            throw new ArgumentException($"room: {room.Length} bytes; needed: {UnitLayout.HeadBytes} or more", nameof(room));
        }

        // The standard's most objects fit into its longest unit, so room beyond that is never used.
        _room = room.Slice(0, Math.Min(room.Length, FrameLayout.UnitBytesMax));
        Type = type;
        _room[0] = (byte)type;
        _room[1] = 0;
        _bytes = UnitLayout.HeadBytes;
    }

    /// <summary>The unit's type.</summary>
    public UnitType Type { get; }

    /// <summary>How many objects were written.</summary>
    public readonly int Count => _room[1];

    /// <summary>The unit so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _room.Slice(0, _bytes);

    /// <summary>
    /// Writes one object. False, and nothing written, when the unit is full: begin another one. A text too long for its field is cut;
    /// <see cref="FrameText.Write"/> cuts at a whole character.
    /// </summary>
    public bool TryAdd(in UnitObject value)
    {
        bool timeLeftOut = Type == UnitType.BoxStatus && value.TimeMissing;
        UnitFields fields = timeLeftOut ? UnitFields.ByteStatus : _fields;
        int counted = Math.Min(value.Text.Length, byte.MaxValue);
        int bytes = UnitLayout.Bytes(fields) + ((fields & UnitFields.CountedText) != UnitFields.None ? counted : 0);
        if (Count >= UnitLayout.ObjectsMax(Type) || _room.Length - _bytes < bytes)
        {
            return false;
        }

        Put(_room.Slice(_bytes, bytes), value, fields, counted);
        _bytes += bytes;
        _room[1]++;
        return true;
    }

    private static void Put(Span<byte> to, in UnitObject value, UnitFields fields, int counted)
    {
        int at = 0;
        if (Has(fields, UnitFields.System))
        {
            to[at++] = value.SystemType;
            to[at++] = value.SystemAddress;
        }

        if (Has(fields, UnitFields.ComponentType))
        {
            to[at++] = value.ComponentType;
        }

        if (Has(fields, UnitFields.ComponentAddress))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to.Slice(at), value.ComponentAddress);
            at += sizeof(uint);
        }

        if (Has(fields, UnitFields.Status))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to.Slice(at), value.Status);
            at += sizeof(ushort);
        }

        if (Has(fields, UnitFields.ByteStatus))
        {
            to[at++] = (byte)value.Status;
        }

        if (Has(fields, UnitFields.Analog))
        {
            to[at++] = value.AnalogType;
            BinaryPrimitives.WriteInt16LittleEndian(to.Slice(at), value.Value);
            at += sizeof(short);
        }

        if (Has(fields, UnitFields.Operation))
        {
            to[at++] = value.Operation;
            to[at++] = value.Operator;
        }

        if (Has(fields, UnitFields.Version))
        {
            to[at++] = value.Major;
            to[at++] = value.Minor;
        }

        if (Has(fields, UnitFields.Wanted))
        {
            to[at++] = value.Wanted;
        }

        if (Has(fields, UnitFields.Reserved))
        {
            to[at++] = value.Reserved;
        }

        if (Has(fields, UnitFields.Minutes))
        {
            to[at++] = value.Minutes;
        }

        if (Has(fields, UnitFields.FixedText))
        {
            Span<byte> text = to.Slice(at, UnitLayout.FixedTextBytes);
            text.Clear();
            value.Text.Slice(0, Math.Min(value.Text.Length, text.Length)).CopyTo(text);
            at += text.Length;
        }

        if (Has(fields, UnitFields.CountedText))
        {
            to[at++] = (byte)counted;
            value.Text.Slice(0, counted).CopyTo(to.Slice(at));
            at += counted;
        }

        if (Has(fields, UnitFields.Time))
        {
            value.Time.Write(to.Slice(at));
        }
    }

    private static bool Has(UnitFields fields, UnitFields field) => (fields & field) != UnitFields.None;
}
