// Owns: the way from a unit's bytes to its objects.
// Must never: throw on input, allocate, or refuse what can be understood: a refused fire is worse than a sloppy one.

using System.Buffers.Binary;

namespace Gateway.Gb26875;

/// <summary>What is wrong with a unit. The objects read before it hold.</summary>
public enum UnitFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>There is no unit; as a sent frame that is a heartbeat.</summary>
    Empty,

    /// <summary>One byte: shorter than type and number.</summary>
    TooShort,

    /// <summary>A reserved type or one of the user's: the objects have no known layout.</summary>
    UnknownType,

    /// <summary>The bytes end within an object.</summary>
    Truncated,

    /// <summary>Bytes are left behind the last object.</summary>
    Trailing,
}

/// <summary>Reads the objects of one unit: call <see cref="Next"/> until it is false, then look at <see cref="Fault"/>.</summary>
public ref struct UnitReader
{
    private readonly UnitFields _fields;
    private int _left;

    /// <param name="unit">A frame's unit.</param>
    public UnitReader(ReadOnlySpan<byte> unit)
    {
        Rest = unit;
        if (unit.Length < UnitLayout.HeadBytes)
        {
            Fault = unit.IsEmpty ? UnitFault.Empty : UnitFault.TooShort;
            Type = unit.IsEmpty ? UnitType.None : (UnitType)unit[0];
            return;
        }

        Type = (UnitType)unit[0];
        Count = _left = unit[1];
        Rest = unit.Slice(UnitLayout.HeadBytes);
        _fields = UnitLayout.Fields(Type);
        if (_fields == UnitFields.None)
        {
            Fault = UnitFault.UnknownType;
            _left = 0;
        }
        else if (_left == 0)
        {
            EndWith(Rest);
        }
    }

    /// <summary>The unit's type.</summary>
    public UnitType Type { get; }

    /// <summary>How many objects the unit says it has.</summary>
    public int Count { get; }

    /// <summary>The unit says more objects than the standard allows; they are read as long as their bytes are there.</summary>
    public readonly bool TooMany => _fields != UnitFields.None && Count > UnitLayout.ObjectsMax(Type);

    /// <summary>What is wrong; final when <see cref="Next"/> gave false.</summary>
    public UnitFault Fault { get; private set; }

    /// <summary>Bytes not read yet; after a fault, the bytes that could not be read.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; }

    /// <summary>Reads the next object; false at the end or at a fault.</summary>
    public bool Next(out UnitObject value)
    {
        value = default;
        if (_left == 0 || Fault != UnitFault.None)
        {
            return false;
        }

        int bytes = UnitLayout.Bytes(_fields);
        if (Type == UnitType.BoxStatus && Rest.Length == 1)
        {
            value.Status = Rest[0];
            value.TimeMissing = true;
            _left--;
            EndWith(default);
            return true;
        }

        if ((_fields & UnitFields.CountedText) != UnitFields.None && Rest.Length >= bytes)
        {
            bytes += Rest[bytes - 1];
        }

        if (Rest.Length < bytes)
        {
            Fault = UnitFault.Truncated;
            return false;
        }

        Take(Rest.Slice(0, bytes), ref value);
        Rest = Rest.Slice(bytes);
        _left--;
        if (_left == 0)
        {
            EndWith(Rest);
        }

        return true;
    }

    private void EndWith(ReadOnlySpan<byte> rest)
    {
        Rest = rest;
        if (!rest.IsEmpty)
        {
            Fault = UnitFault.Trailing;
        }
        else if (_left > 0)
        {
            Fault = UnitFault.Truncated;
        }
    }

    private readonly void Take(ReadOnlySpan<byte> from, ref UnitObject value)
    {
        int at = 0;
        if (Has(UnitFields.System))
        {
            value.SystemType = from[at++];
            value.SystemAddress = from[at++];
        }

        if (Has(UnitFields.ComponentType))
        {
            value.ComponentType = from[at++];
        }

        if (Has(UnitFields.ComponentAddress))
        {
            value.ComponentAddress = BinaryPrimitives.ReadUInt32LittleEndian(from.Slice(at));
            at += sizeof(uint);
        }

        if (Has(UnitFields.Status))
        {
            value.Status = BinaryPrimitives.ReadUInt16LittleEndian(from.Slice(at));
            at += sizeof(ushort);
        }

        if (Has(UnitFields.ByteStatus))
        {
            value.Status = from[at++];
        }

        if (Has(UnitFields.Analog))
        {
            value.AnalogType = from[at++];
            value.Value = BinaryPrimitives.ReadInt16LittleEndian(from.Slice(at));
            at += sizeof(short);
        }

        if (Has(UnitFields.Operation))
        {
            value.Operation = from[at++];
            value.Operator = from[at++];
        }

        if (Has(UnitFields.Version))
        {
            value.Major = from[at++];
            value.Minor = from[at++];
        }

        if (Has(UnitFields.Wanted))
        {
            value.Wanted = from[at++];
        }

        if (Has(UnitFields.Reserved))
        {
            value.Reserved = from[at++];
        }

        if (Has(UnitFields.Minutes))
        {
            value.Minutes = from[at++];
        }

        if (Has(UnitFields.FixedText))
        {
            value.Text = from.Slice(at, UnitLayout.FixedTextBytes);
            at += UnitLayout.FixedTextBytes;
        }

        if (Has(UnitFields.CountedText))
        {
            value.Text = from.Slice(at + 1, from[at]);
            at += 1 + from[at];
        }

        if (Has(UnitFields.Time))
        {
            value.Time = FrameTime.Read(from.Slice(at));
        }
    }

    private readonly bool Has(UnitFields field) => (_fields & field) != UnitFields.None;
}
