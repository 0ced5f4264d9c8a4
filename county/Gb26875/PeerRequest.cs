// Owns: which frame a command of the county becomes for a box.
// Must never: initialise a box (89): nobody says what that wipes.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>A control or a request.</summary>
/// <param name="As">Control is confirmed, a request is answered.</param>
/// <param name="Unit">Its unit.</param>
public sealed record PeerRequest(FrameCommand As, byte[] Unit)
{
    /// <summary>
    /// The county's own code for reading from a box; it never goes to a station of ours. A = type; B = system type, system address and
    /// records wanted, a byte each; C = component address.
    /// </summary>
    public const int ReadCode = 200;

    /// <summary>Types that can be asked for, and what is answered.</summary>
    public static IReadOnlyList<UnitType> Readable { get; } =
        [.. UnitLayout.Types.Where(type => type is >= UnitType.ReadSystemStatus and < UnitType.InitialiseBox)];

    /// <summary>The frame of a command; null when boxes know no such thing.</summary>
    public static PeerRequest? Of(StationCommand command, long nowMs, PeerFlags flags)
    {
        ArgumentNullException.ThrowIfNull(command);
        FrameTime now = PeerTimes.ToFrame(nowMs, flags);
        return command.Code switch
        {
            (int)CommandCode.DutyCheck => Write(FrameCommand.Control, UnitType.DutyCheck, new UnitObject { Minutes = (byte)command.A }),
            (int)CommandCode.Clock => Write(FrameCommand.Control, UnitType.SetBoxClock, new UnitObject { Time = now }),
            ReadCode when Readable.Contains((UnitType)command.A) => Write(
                FrameCommand.Request,
                (UnitType)command.A,
                new UnitObject
                {
                    SystemType = (byte)command.B,
                    SystemAddress = (byte)(command.B >> 8),
                    Wanted = (byte)(command.B >> 16),
                    ComponentAddress = (uint)command.C,
                    Time = now,
                }),
            _ => null,
        };
    }

    private static PeerRequest Write(FrameCommand how, UnitType type, UnitObject one)
    {
        UnitWriter unit = new(new byte[FrameLayout.UnitBytesMax], type);
        unit.TryAdd(one);
        return new PeerRequest(how, unit.Written.ToArray());
    }
}
