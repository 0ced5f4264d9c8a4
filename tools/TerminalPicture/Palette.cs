// Owns: the colours of a terminal by number.
// Must never: be asked for a number outside 0..255.

namespace Gateway.Tools.TerminalPicture;

/// <summary>The 256 colours of xterm; the first sixteen in shades that are readable on a dark ground.</summary>
internal static class Palette
{
    public const string Ground = "#11151c";
    public const string Text = "#d7dae0";

    private static readonly string[] Sixteen =
    [
        "#11151c", "#a83232", "#3f9b4f", "#a8852c", "#3b6fd4", "#9a4fb0", "#2f9aa8", "#c3c7cf",
        "#7a818e", "#ff5555", "#5fd175", "#ffd75f", "#6fa0ff", "#d787ff", "#6fe3f0", "#ffffff",
    ];

    public static string Of(int number)
    {
        if (number < 16)
        {
            return Sixteen[number];
        }

        if (number >= 232)
        {
            int grey = 8 + ((number - 232) * 10);
            return $"#{grey:x2}{grey:x2}{grey:x2}";
        }

        int cube = number - 16;
        return $"#{Level(cube / 36):x2}{Level(cube / 6 % 6):x2}{Level(cube % 6):x2}";
    }

    private static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);
}
