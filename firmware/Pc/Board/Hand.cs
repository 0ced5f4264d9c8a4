// Owns: what a person or script can do to the virtual board.
// Must never: say what follows from it.

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
/// <param name="Key">A <see cref="Core.Button"/>; -1 for a zone.</param>
public sealed record Hand(int Zone, HandMove Move, int Key)
{
    public static Hand At(int zone, HandMove move) => new(zone, move, -1);

    public static Hand OnKey(int key) => new(0, HandMove.Press, key);
}
