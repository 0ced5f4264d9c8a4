// Owns: a picture of a terminal: standard input in, SVG out.
// Must never: depend on the reader's fonts for its columns; every piece is stretched to its cells.

using System.Globalization;
using System.Security;
using System.Text;

namespace Gateway.Tools.TerminalPicture;

/// <summary>Turns what <c>tmux capture-pane -e -p</c> prints into an SVG.</summary>
internal static class Program
{
    private const double CellWidth = 8.4;
    private const double LineHeight = 19;
    private const double FontSize = 14;
    private const double Edge = 14;
    private const double Baseline = 0.74;

    public static int Main()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        IReadOnlyList<IReadOnlyList<Piece>> lines = Screen.Read(input.ReadToEnd());
        int columns = lines.SelectMany(line => line).Select(piece => piece.Column + piece.Cells).DefaultIfEmpty(0).Max();
        if (columns == 0)
        {
            Console.Error.WriteLine("terminal-picture: standard input is empty; allowed: the output of tmux capture-pane -e -p");
            return 2;
        }

        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        output.Write(Svg(lines, columns));
        return 0;
    }

    private static string Svg(IReadOnlyList<IReadOnlyList<Piece>> lines, int columns)
    {
        var drawn = new StringBuilder();
        for (int i = 0; i < lines.Count; i++)
        {
            foreach (Piece piece in lines[i])
            {
                Draw(drawn, piece, Edge + (i * LineHeight));
            }
        }

        using Stream frame = typeof(Program).Assembly.GetManifestResourceStream("frame.svg")!;
        return new StreamReader(frame).ReadToEnd()
            .Replace("@WIDTH@", N((columns * CellWidth) + (2 * Edge)))
            .Replace("@HEIGHT@", N((lines.Count * LineHeight) + (2 * Edge)))
            .Replace("@FONT@", N(FontSize))
            .Replace("@GROUND@", Palette.Ground)
            .Replace("@LINES@", drawn.ToString());
    }

    private static void Draw(StringBuilder svg, Piece piece, double top)
    {
        double left = Edge + (piece.Column * CellWidth);
        double width = piece.Cells * CellWidth;
        if (piece.Look.Ground is { } ground)
        {
            string box = $"x=\"{N(left)}\" y=\"{N(top)}\" width=\"{N(width)}\" height=\"{N(LineHeight)}\"";
            svg.Append($"<rect {box} fill=\"{ground}\"/>\n");
        }

        if (string.IsNullOrWhiteSpace(piece.Text))
        {
            return;
        }

        string weight = piece.Look.Bold ? " font-weight=\"bold\"" : "";
        string stretch = $"textLength=\"{N(width)}\" lengthAdjust=\"spacingAndGlyphs\"";
        string place = $"x=\"{N(left)}\" y=\"{N(top + (LineHeight * Baseline))}\"";
        svg.Append($"<text {place} {stretch} fill=\"{piece.Look.Colour}\"{weight}>{SecurityElement.Escape(piece.Text)}</text>\n");
    }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
