// Owns: how narrow the help text of a program may become.
// Must never: leave its folding to a terminal of a few columns, where the library's text never ends.

using System.CommandLine;
using System.CommandLine.Help;

namespace Gateway.Streams;

internal static class HelpWidth
{
    // Below this the two columns of the help have no room; the terminal folds the lines instead.
    private const int CellsMin = 40;

    public static void Bound(RootCommand root)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is HelpAction action)
            {
                action.MaxWidth = Math.Max(CellsMin, Console.IsOutputRedirected ? int.MaxValue : Console.WindowWidth);
            }
        }
    }
}
