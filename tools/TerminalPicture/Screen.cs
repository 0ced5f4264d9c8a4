// Owns: reading a captured terminal: lines of text with colour sequences.
// Must never: fail on a sequence that it does not know; those are left out.

using System.Text;
using Spectre.Console;

namespace Gateway.Tools.TerminalPicture;

/// <summary>How a piece of text looks.</summary>
internal sealed record Look(string Colour, string? Ground, bool Bold)
{
    public static readonly Look Plain = new(Palette.Text, Ground: null, Bold: false);
}

/// <summary>Characters of one look and one width, beginning in a cell.</summary>
/// <param name="Cells">One or two for each character.</param>
internal sealed record Piece(int Column, int Cells, string Text, Look Look);

/// <summary>What <c>tmux capture-pane -e -p</c> printed.</summary>
internal static class Screen
{
    private const char Escape = '\u001b';

    /// <summary>Each line's pieces, from the left.</summary>
    public static IReadOnlyList<IReadOnlyList<Piece>> Read(string captured)
    {
        var lines = new List<IReadOnlyList<Piece>>();
        Look look = Look.Plain;
        foreach (string line in captured.TrimEnd('\n').Split('\n'))
        {
            lines.Add(ReadLine(line, ref look));
        }

        return lines;
    }

    private static List<Piece> ReadLine(string line, ref Look look)
    {
        var pieces = new List<Piece>();
        var text = new StringBuilder();
        int column = 0;
        int begin = 0;
        int wide = 1;
        int at = 0;
        while (at < line.Length)
        {
            if (line[at] == Escape)
            {
                Put(pieces, text, begin, column, look);
                at = Sequence(line, at, ref look);
                begin = column;
                continue;
            }

            Rune rune = Rune.GetRuneAt(line, at);
            int cells = Math.Max(1, rune.ToString().GetCellWidth());
            if (cells != wide)
            {
                Put(pieces, text, begin, column, look);
                begin = column;
                wide = cells;
            }

            text.Append(rune);
            column += cells;
            at += rune.Utf16SequenceLength;
        }

        Put(pieces, text, begin, column, look);
        return pieces;
    }

    private static void Put(List<Piece> pieces, StringBuilder text, int begin, int column, Look look)
    {
        if (text.Length > 0)
        {
            pieces.Add(new Piece(begin, column - begin, text.ToString(), look));
            text.Clear();
        }
    }

    /// <summary>Takes one sequence; returns where the text goes on.</summary>
    private static int Sequence(string line, int at, ref Look look)
    {
        int end = at + 1;
        if (end < line.Length && line[end] == '[')
        {
            end++;
            while (end < line.Length && line[end] is < '@' or > '~')
            {
                end++;
            }

            if (end < line.Length && line[end] == 'm')
            {
                look = Colours(line[(at + 2)..end], look);
            }
        }

        return Math.Min(line.Length, end + 1);
    }

    private static Look Colours(string numbers, Look look)
    {
        int[] codes = [.. numbers.Split(';').Select(n => int.TryParse(n, out int code) ? code : 0)];
        for (int i = 0; i < codes.Length; i++)
        {
            bool indexed = codes[i] is 38 or 48 && i + 2 < codes.Length && codes[i + 1] == 5;
            if (indexed)
            {
                string colour = Palette.Of(Math.Clamp(codes[i + 2], 0, 255));
                look = codes[i] == 38 ? look with { Colour = colour } : look with { Ground = colour };
                i += 2;
                continue;
            }

            look = codes[i] switch
            {
                0 => Look.Plain,
                1 => look with { Bold = true },
                22 => look with { Bold = false },
                39 => look with { Colour = Palette.Text },
                49 => look with { Ground = null },
                >= 30 and <= 37 => look with { Colour = Palette.Of(codes[i] - 30) },
                >= 40 and <= 47 => look with { Ground = Palette.Of(codes[i] - 40) },
                >= 90 and <= 97 => look with { Colour = Palette.Of(codes[i] - 82) },
                >= 100 and <= 107 => look with { Ground = Palette.Of(codes[i] - 92) },
                _ => look,
            };
        }

        return look;
    }
}
