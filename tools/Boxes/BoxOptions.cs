// Owns: what stands on the command line of the box simulator.
// Must never: play another habit or address than was written.

using System.Net;
using Gateway.Gb26875;

namespace Gateway.Tools.Boxes;

/// <summary>ADDRESS:PORT [HABIT] [BOX-ADDRESS].</summary>
public sealed record BoxOptions(IPEndPoint Centre, BoxHabit Habit, PeerAddress Address)
{
    private const ulong StandardAddress = 889;

    public static string Usage { get; } =
        $"usage: boxes ADDRESS:PORT [{string.Join('|', BoxHabit.All.Select(one => one.Name))}] [BOX-ADDRESS]";

    /// <summary>What was written; null with place, value and what is allowed where it cannot be.</summary>
    public static BoxOptions? Of(IReadOnlyList<string> words, out string problem)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (words.Count is < 1 or > 3)
        {
            problem = $"{words.Count} words; allowed: 1..3";
            return null;
        }

        if (!IPEndPoint.TryParse(words[0], out IPEndPoint? centre) || centre.Port == 0)
        {
            problem = $"ADDRESS:PORT: '{words[0]}'; allowed: where a county listens, such as 127.0.0.1:5200";
            return null;
        }

        BoxHabit? habit = words.Count < 2 ? BoxHabit.All[0] : BoxHabit.All.FirstOrDefault(one => one.Name == words[1]);
        if (habit is null)
        {
            problem = $"HABIT: '{words[1]}'; allowed: {string.Join(", ", BoxHabit.All.Select(one => one.Name))}";
            return null;
        }

        PeerAddress address = new(StandardAddress);
        if (words.Count > 2 && !PeerAddress.TryParseHex(words[2], out address))
        {
            problem = $"BOX-ADDRESS: '{words[2]}'; allowed: twelve hexadecimal digits in the order of the wire, such as "
                + new PeerAddress(StandardAddress).ToHex();
            return null;
        }

        problem = "";
        return new BoxOptions(centre, habit, address);
    }
}
