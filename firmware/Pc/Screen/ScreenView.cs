// Owns: the picture of a station: from a snapshot to lines of a terminal of any size.
// Must never: touch the station or the terminal.

using Gateway.Pc.Run;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gateway.Pc.Screen;

/// <summary>Draws with Spectre.Console into text; the lines are cut to the terminal's height.</summary>
public static class ScreenView
{
    private const int ColumnGap = 2;
    private const string More = "…";
    private const string Marks = "、，。；：）”";
    private const string HelpBetween = "[grey] · [/]";

    /// <summary>The heads of both tables, the rule between them, and the note.</summary>
    private const int FrameLines = 4;

    /// <summary>The lines of a screen of <paramref name="width"/> × <paramref name="height"/> cells.</summary>
    /// <param name="snapshot">The station.</param>
    /// <param name="look">How it is looked at.</param>
    /// <param name="width">Cells of a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="colours">What the terminal can show.</param>
    public static IReadOnlyList<string> Lines(Snapshot snapshot, Look look, int width, int height, ColorSystemSupport colours)
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = colours,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Profile.Capabilities.Unicode = true;
        int zone = look.Chosen == 0 && snapshot.Zones.Count > 0 ? snapshot.Zones[0].Number : look.Chosen;
        console.Write(new Cut(Build(snapshot, look with { Chosen = zone }, width, height), height));
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private static List<string> Build(Snapshot snapshot, Look look, int width, int height)
    {
        Density density = Densities.Of(width);
        bool wide = density >= Density.Wide;
        List<string> lines = Top(snapshot, look, width, height);
        lines.Add(Rule(width));
        IReadOnlyList<string> keys =
            [.. KeyRows.Build(snapshot, look).Where(row => row.Count > 1).SelectMany(row => Flow(row, HelpBetween, width))];
        IReadOnlyList<string> side = wide
            ? SideText.Column(snapshot, look)
            : [.. SideText.Block(snapshot, look).SelectMany(pieces => Flow(pieces, "  ", width))];
        int scriptLines = Math.Min(snapshot.Script.Count, 2);
        int taken = lines.Count + FrameLines + keys.Count + scriptLines + (wide ? 0 : side.Count + 1);
        int zoneLines = Math.Clamp(height - taken - PcLimits.EventsShownMin, 1, Math.Max(1, snapshot.Zones.Count));
        int upper = wide ? Math.Max(zoneLines, side.Count - 1) : zoneLines;
        int eventLines = Math.Clamp(height - taken - upper, 1, PcLimits.EventsShownMax);

        IReadOnlyList<string> zones = ZoneRows.Build(snapshot, look, zoneLines, density);
        lines.AddRange(wide ? Beside(zones, side) : [.. zones, Rule(width), .. side]);
        lines.Add(Rule(width));
        lines.AddRange(EventRows.Build(snapshot, look, eventLines, width));
        lines.AddRange(keys);
        lines.AddRange(snapshot.Script.TakeLast(scriptLines).Select(Markup.Escape));
        lines.Add(look.Note.Length == 0 ? "" : $"[grey]>[/] {Markup.Escape(look.Note)}");
        return lines;
    }

    /// <summary>Fires before all else, each with what is to be done; then the station and its other conditions.</summary>
    private static List<string> Top(Snapshot snapshot, Look look, int width, int height)
    {
        int fireLines = height >= PcLimits.TallLinesMin ? PcLimits.FireLinesTallMax : PcLimits.FireLinesMax;
        List<string> fires = [.. Banner.Fires(snapshot, look, width, fireLines)];
        List<string> guidance = [.. Guidance.Of(snapshot, look).SelectMany(sentence => Wrap("▶ " + sentence, width))
            .Select(line => $"[bold]{Markup.Escape(line)}[/]")];
        List<string> rest = Flow(
            [.. Banner.Head(snapshot, look), .. Banner.Others(snapshot, look), .. VillageText.Pieces(snapshot, look)], "  ", width);
        return fires.Count > 0 ? [.. fires, .. guidance, .. rest] : [.. rest, .. guidance];
    }

    /// <summary>Breaks a sentence where a line is full: behind a blank, or between two Chinese characters, never ahead of a mark.</summary>
    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        int blank = -1;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            string one = rune.ToString();
            if (line.Length > 0 && (line + one).GetCellWidth() > width)
            {
                int end = blank > 0 && rune.IsAscii ? blank + 1
                    : Marks.Contains(one, StringComparison.Ordinal) ? line.Length - 1 : line.Length;
                yield return line[..end].TrimEnd();
                line = "  " + line[end..];
                blank = -1;
            }

            line += one;
            blank = one == " " ? line.Length - 1 : !rune.IsAscii ? -1 : blank;
        }

        yield return line;
    }

    private static string Rule(int width) => $"[grey]{new string('─', width)}[/]";

    /// <summary>Puts pieces beside each other and begins a new line where the next one has no room.</summary>
    private static List<string> Flow(IEnumerable<string> pieces, string between, int width)
    {
        var lines = new List<string>();
        foreach (string piece in pieces)
        {
            string longer = lines.Count == 0 ? piece : lines[^1] + between + piece;
            if (lines.Count > 0 && MarkupTable.WidthOf(longer) <= width)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(piece);
            }
        }

        return lines;
    }

    private static IEnumerable<string> Beside(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        int width = left.Max(MarkupTable.WidthOf) + ColumnGap;
        for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            yield return MarkupTable.Pad(i < left.Count ? left[i] : "", width) + (i < right.Count ? right[i] : "");
        }
    }

    /// <summary>Lines of markup, cut at the right and at the bottom.</summary>
    private sealed class Cut(IReadOnlyList<string> lines, int height) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            foreach (string line in lines.Take(height))
            {
                IEnumerable<Segment> whole = ((IRenderable)new Markup(line)).Render(options, PcLimits.LineCellsMax);
                foreach (Segment segment in Fitting([.. whole], maxWidth))
                {
                    yield return segment;
                }

                yield return Segment.LineBreak;
            }
        }

        /// <summary>What has no room for all of it shows its beginning.</summary>
        private static IEnumerable<Segment> Fitting(Segment[] whole, int width)
        {
            bool fits = whole.Sum(one => one.CellCount()) <= width;
            int left = fits ? width : width - More.GetCellWidth();
            foreach (Segment segment in whole)
            {
                string text = segment.Text;
                int cells = 0;
                string kept = string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())
                    .TakeWhile(one => (cells += one.GetCellWidth()) <= left));
                yield return new Segment(kept, segment.Style);
                if (kept.Length < text.Length)
                {
                    yield return new Segment(More, segment.Style);
                    yield break;
                }

                left -= cells;
            }
        }
    }
}
