// Owns: what a box has to tell, and what became of it.
// Must never: be told twice as two things: a report sent again is the same report.

using Gateway.Gb26875;

namespace Gateway.Tools.Boxes;

/// <summary>One object to send.</summary>
public sealed class BoxReport
{
    public required UnitType Type { get; init; }

    public byte SystemType { get; init; } = 1;

    public byte SystemAddress { get; init; } = 1;

    public byte ComponentType { get; init; } = 40;

    public uint Component { get; init; }

    public ushort Status { get; init; }

    public byte Operation { get; init; }

    public string Text { get; init; } = "";

    /// <summary>How often it was sent.</summary>
    public int Sent { get; internal set; }

    internal ushort Sequence { get; set; }

    /// <summary>As first sent: a report sent again says the same.</summary>
    internal byte[]? UnitBytes { get; set; }

    /// <summary>The county confirmed it.</summary>
    public bool Confirmed { get; internal set; }

    /// <summary>The state of a component; bit 0 is the habit's.</summary>
    public static BoxReport OfComponent(uint component, ComponentBits status, byte type = 40, string text = "") => new()
    {
        Type = UnitType.ComponentStatus, Component = component, Status = (ushort)status, ComponentType = type, Text = text,
    };

    public static BoxReport OfOperation(OperationBits operation) => new() { Type = UnitType.BoxOperation, Operation = (byte)operation };

    /// <summary>Writes the unit.</summary>
    internal byte[] Unit(BoxHabit habit, FrameTime time)
    {
        byte[] text = new byte[UnitLayout.FixedTextBytes];
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], Type);
        unit.TryAdd(new UnitObject
        {
            SystemType = SystemType,
            SystemAddress = SystemAddress,
            ComponentType = ComponentType,
            ComponentAddress = Component,
            Status = (ushort)(Status | (habit.BitZero ? 1 : 0)),
            Operation = Operation,
            Operator = 1,
            Text = text.AsSpan(0, FrameText.Write(Text, text)),
            Time = time,
        });
        return unit.Written.ToArray();
    }
}
