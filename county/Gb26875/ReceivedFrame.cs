// Owns: a frame on its way from a connection to the county's transaction.
// Must never: be a view: the connection's buffer is used again.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>A good frame of a registered box, copied.</summary>
/// <param name="From">The connection, which is answered.</param>
/// <param name="Peer">Whose address it carries.</param>
/// <param name="Head">Everything before the unit.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record ReceivedFrame(PeerLink From, PeerRegistration Peer, FrameHead Head, byte[] Unit)
{
    public PeerFlags Flags => (PeerFlags)Peer.Profile;

    /// <summary>What it costs at least: itself, and the parts that it tells of.</summary>
    public int Units => 1 + Unit.Length / PeerLimits.ObjectBytes;

    /// <summary>Says only that the box lives.</summary>
    public bool IsHeartbeat => Head.Command == FrameCommand.Send
        && (Unit.Length == 0 || (Unit.Length >= UnitLayout.HeadBytes && Unit[0] == Heartbeats.UserType)
            || Heartbeats.IsOneByte(Unit, Flags));

    /// <summary>May be a fire, so it goes before others; a look at a few bytes, not a judgement.</summary>
    public bool Urgent
    {
        get
        {
            if (Head.Command is not (FrameCommand.Send or FrameCommand.Answer) || IsHeartbeat)
            {
                return false;
            }

            UnitReader reader = new(Unit);
            while (reader.Next(out UnitObject one))
            {
                bool fire = reader.Type switch
                {
                    UnitType.SystemStatus or UnitType.ComponentStatus or UnitType.BoxStatus => (one.Status & (int)SystemBits.Fire) != 0,
                    UnitType.SystemOperation or UnitType.BoxOperation => one.Operation != 0,
                    _ => false,
                };
                if (fire)
                {
                    return true;
                }
            }

            // What cannot be read may be one.
            return reader.Fault is not (UnitFault.None or UnitFault.Trailing);
        }
    }
}

/// <summary>What a frame is answered with after the commit.</summary>
internal enum Reply
{
    /// <summary>Nothing.</summary>
    None,

    Confirm,

    /// <summary>A confirm with the one byte that some heartbeats ask for.</summary>
    ConfirmHeartbeat,

    Deny,
}
