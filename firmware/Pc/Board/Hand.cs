// Owns: what a person or script can do to the virtual board.
// Must never: say what follows from it.

using Gateway.Core;

namespace Gateway.Pc.Board;

/// <summary>What is done to a zone's wires.</summary>
public enum HandMove
{
    /// <summary>As the installer left it: nothing pressed, nothing broken.</summary>
    Release,

    /// <summary>A button is pressed, a detector raised, a contact moved.</summary>
    Press,

    /// <summary>A wire is cut.</summary>
    Cut,

    /// <summary>The two wires touch.</summary>
    Short,
}

/// <summary>One action: a move at a zone, or a press of a key of the box.</summary>
/// <param name="Zone">Number of the zone, 1..32; 0 for a key.</param>
/// <param name="Key">The key; null for a zone.</param>
public sealed record Hand(int Zone, HandMove Move, Button? Key)
{
    public static Hand At(int zone, HandMove move) => new(zone, move, null);

    public static Hand OnKey(Button key) => new(0, HandMove.Press, key);
}
