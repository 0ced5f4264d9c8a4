// Owns: the small display of the virtual board: what stands on it.
// Must never: show what a display could not have drawn by then.

using Gateway.Core;

namespace Gateway.Pc.Board;

/// <summary>Draws a cell a tick, as the device does; unplugged it is dark, and begins anew when it is plugged in.</summary>
/// <param name="troubles">What the board does as a device does.</param>
public sealed class VirtualDisplay(Troubles troubles) : DisplayPort
{
    private readonly SteadyLoss _steady = new();
    private readonly char[] _wanted = new char[Limits.DisplayCells];
    private readonly char[] _drawn = new char[Limits.DisplayCells];

    /// <summary>The lines as somebody reads them.</summary>
    public IReadOnlyList<string> Shown =>
        [.. _drawn.Chunk(Limits.DisplayLineCells).Select(line => new string([.. Enumerable.Range(0, Limits.DisplayLineCells)
            .Where(at => at == 0 || line[at - 1] < 128).Select(at => line[at] == 0 ? ' ' : line[at])]).TrimEnd())];

    public override void Show(char[] cells, bool bright) => cells.CopyTo(_wanted, 0);

    /// <summary>Behind each tick.</summary>
    public void Step()
    {
        Lost = _steady.Note(troubles.DisplayUnplugged);
        int cell = Enumerable.Range(0, Limits.DisplayCells).FirstOrDefault(at => _drawn[at] != _wanted[at], -1);
        if (troubles.DisplayUnplugged)
        {
            Array.Clear(_drawn);
        }
        else if (cell >= 0)
        {
            _drawn[cell] = _wanted[cell];
        }
    }
}
