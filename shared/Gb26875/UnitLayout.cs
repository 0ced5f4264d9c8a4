// Owns: the types of units and which fields the objects of each type have.
// Must never: read bytes.

namespace Gateway.Gb26875;

/// <summary>The first byte of a unit. 128-254 are the user's; numbers that are not named here are reserved.</summary>
public enum UnitType : byte
{
    /// <summary>No type: there is no unit.</summary>
    None = 0,

    /// <summary>State of a fire system.</summary>
    SystemStatus = 1,

    /// <summary>State of a component.</summary>
    ComponentStatus = 2,

    /// <summary>A measured value of a component.</summary>
    AnalogValue = 3,

    /// <summary>What a person did at a fire system.</summary>
    SystemOperation = 4,

    /// <summary>Software version of a fire system.</summary>
    SystemVersion = 5,

    /// <summary>Configuration text of a fire system.</summary>
    SystemConfiguration = 6,

    /// <summary>Configuration text of a component.</summary>
    ComponentConfiguration = 7,

    /// <summary>Clock of a fire system.</summary>
    SystemTime = 8,

    /// <summary>State of the box.</summary>
    BoxStatus = 21,

    /// <summary>What a person did at the box.</summary>
    BoxOperation = 24,

    /// <summary>Software version of the box.</summary>
    BoxVersion = 25,

    /// <summary>Configuration text of the box.</summary>
    BoxConfiguration = 26,

    /// <summary>Clock of the box.</summary>
    BoxTime = 28,

    /// <summary>Asks for <see cref="SystemStatus"/>.</summary>
    ReadSystemStatus = 61,

    /// <summary>Asks for <see cref="ComponentStatus"/>.</summary>
    ReadComponentStatus = 62,

    /// <summary>Asks for <see cref="AnalogValue"/>.</summary>
    ReadAnalogValue = 63,

    /// <summary>Asks for <see cref="SystemOperation"/>.</summary>
    ReadSystemOperation = 64,

    /// <summary>Asks for <see cref="SystemVersion"/>.</summary>
    ReadSystemVersion = 65,

    /// <summary>Asks for <see cref="SystemConfiguration"/>.</summary>
    ReadSystemConfiguration = 66,

    /// <summary>Asks for <see cref="ComponentConfiguration"/>.</summary>
    ReadComponentConfiguration = 67,

    /// <summary>Asks for <see cref="SystemTime"/>.</summary>
    ReadSystemTime = 68,

    /// <summary>Asks for <see cref="BoxStatus"/>.</summary>
    ReadBoxStatus = 81,

    /// <summary>Asks for <see cref="BoxOperation"/>.</summary>
    ReadBoxOperation = 84,

    /// <summary>Asks for <see cref="BoxVersion"/>.</summary>
    ReadBoxVersion = 85,

    /// <summary>Asks for <see cref="BoxConfiguration"/>.</summary>
    ReadBoxConfiguration = 86,

    /// <summary>Asks for <see cref="BoxTime"/>.</summary>
    ReadBoxTime = 88,

    /// <summary>Initialise the box; the standard does not say what that is.</summary>
    InitialiseBox = 89,

    /// <summary>Set the box's clock.</summary>
    SetBoxClock = 90,

    /// <summary>Duty check: a person must answer in so many minutes.</summary>
    DutyCheck = 91,
}

/// <summary>The fields of an object, in the order in which they lie on the wire.</summary>
[Flags]
public enum UnitFields
{
    /// <summary>The type is not known.</summary>
    None = 0,

    /// <summary>System type and system address, a byte each.</summary>
    System = 1,

    /// <summary>Component type, a byte.</summary>
    ComponentType = 2,

    /// <summary>Component address, four bytes.</summary>
    ComponentAddress = 4,

    /// <summary>Status, u16.</summary>
    Status = 8,

    /// <summary>Status, u8.</summary>
    ByteStatus = 16,

    /// <summary>Analog type, a byte, and value, i16.</summary>
    Analog = 32,

    /// <summary>Operation bits and operator, a byte each.</summary>
    Operation = 64,

    /// <summary>Major and minor version, a byte each.</summary>
    Version = 128,

    /// <summary>Number of wanted records, a byte.</summary>
    Wanted = 256,

    /// <summary>A byte that is 0.</summary>
    Reserved = 512,

    /// <summary>Minutes to answer, a byte.</summary>
    Minutes = 1024,

    /// <summary>Text of 31 bytes.</summary>
    FixedText = 2048,

    /// <summary>A length byte and as many bytes of text.</summary>
    CountedText = 4096,

    /// <summary>Six bytes of time.</summary>
    Time = 8192,
}

/// <summary>Which objects a unit of each type holds.</summary>
public static class UnitLayout
{
    /// <summary>Bytes of a description.</summary>
    public const int FixedTextBytes = 31;

    /// <summary>Type and number of objects.</summary>
    public const int HeadBytes = 2;

    private const UnitFields Component = UnitFields.System | UnitFields.ComponentType | UnitFields.ComponentAddress;

    /// <summary>Every type that has a layout, in rising order.</summary>
    public static IReadOnlyList<UnitType> Types { get; } =
    [
        UnitType.SystemStatus, UnitType.ComponentStatus, UnitType.AnalogValue, UnitType.SystemOperation, UnitType.SystemVersion,
        UnitType.SystemConfiguration, UnitType.ComponentConfiguration, UnitType.SystemTime, UnitType.BoxStatus, UnitType.BoxOperation,
        UnitType.BoxVersion, UnitType.BoxConfiguration, UnitType.BoxTime, UnitType.ReadSystemStatus, UnitType.ReadComponentStatus,
        UnitType.ReadAnalogValue, UnitType.ReadSystemOperation, UnitType.ReadSystemVersion, UnitType.ReadSystemConfiguration,
        UnitType.ReadComponentConfiguration, UnitType.ReadSystemTime, UnitType.ReadBoxStatus, UnitType.ReadBoxOperation,
        UnitType.ReadBoxVersion, UnitType.ReadBoxConfiguration, UnitType.ReadBoxTime, UnitType.InitialiseBox, UnitType.SetBoxClock,
        UnitType.DutyCheck,
    ];

    /// <summary>The fields of an object of this type; <see cref="UnitFields.None"/> for a type that is reserved or the user's.</summary>
    public static UnitFields Fields(UnitType type) => type switch
    {
        UnitType.SystemStatus => UnitFields.System | UnitFields.Status | UnitFields.Time,
        UnitType.ComponentStatus => Component | UnitFields.Status | UnitFields.FixedText | UnitFields.Time,
        UnitType.AnalogValue => Component | UnitFields.Analog | UnitFields.Time,
        UnitType.SystemOperation => UnitFields.System | UnitFields.Operation | UnitFields.Time,
        UnitType.SystemVersion => UnitFields.System | UnitFields.Version,
        UnitType.SystemConfiguration => UnitFields.System | UnitFields.CountedText,
        UnitType.ComponentConfiguration => Component | UnitFields.FixedText,
        UnitType.SystemTime => UnitFields.System | UnitFields.Time,
        UnitType.BoxStatus => UnitFields.ByteStatus | UnitFields.Time,
        UnitType.BoxOperation => UnitFields.Operation | UnitFields.Time,
        UnitType.BoxVersion => UnitFields.Version,
        UnitType.BoxConfiguration => UnitFields.CountedText,
        UnitType.BoxTime or UnitType.SetBoxClock => UnitFields.Time,
        UnitType.ReadSystemStatus or UnitType.ReadSystemVersion or UnitType.ReadSystemConfiguration or UnitType.ReadSystemTime
            => UnitFields.System,
        UnitType.ReadComponentStatus or UnitType.ReadAnalogValue or UnitType.ReadComponentConfiguration
            => UnitFields.System | UnitFields.ComponentAddress,
        UnitType.ReadSystemOperation => UnitFields.System | UnitFields.Wanted | UnitFields.Time,
        UnitType.ReadBoxOperation => UnitFields.Wanted | UnitFields.Time,
        UnitType.ReadBoxStatus or UnitType.ReadBoxVersion or UnitType.ReadBoxConfiguration or UnitType.ReadBoxTime
            or UnitType.InitialiseBox => UnitFields.Reserved,
        UnitType.DutyCheck => UnitFields.Minutes,
        _ => UnitFields.None,
    };

    /// <summary>The most objects that the standard allows in a unit of this type; 0 for a type without layout.</summary>
    public static int ObjectsMax(UnitType type) => type switch
    {
        UnitType.SystemStatus or UnitType.SystemOperation or UnitType.ReadSystemStatus => 102,
        UnitType.ComponentStatus or UnitType.ReadComponentStatus => 22,
        UnitType.AnalogValue or UnitType.ReadAnalogValue => 63,
        UnitType.SystemConfiguration or UnitType.ReadSystemConfiguration => 3,
        UnitType.ComponentConfiguration or UnitType.ReadComponentConfiguration => 26,
        UnitType.BoxOperation => 127,
        _ => Fields(type) == UnitFields.None ? 0 : 1,
    };

    /// <summary>Bytes of an object with these fields, without the text behind a length byte.</summary>
    public static int Bytes(UnitFields fields)
    {
        int bytes = 0;
        for (int bit = 1; bit <= (int)UnitFields.Time; bit <<= 1)
        {
            bytes += (fields & (UnitFields)bit) switch
            {
                UnitFields.System or UnitFields.Status or UnitFields.Operation or UnitFields.Version => 2,
                UnitFields.ComponentType or UnitFields.ByteStatus or UnitFields.Wanted or UnitFields.Reserved or UnitFields.Minutes
                    or UnitFields.CountedText => 1,
                UnitFields.ComponentAddress => 4,
                UnitFields.Analog => 3,
                UnitFields.FixedText => FixedTextBytes,
                UnitFields.Time => FrameTime.Bytes,
                _ => 0,
            };
        }

        return bytes;
    }
}
