// Owns: what is wrong with a table that a person handed over, in words.
// Must never: list more than a person reads.

using Gateway.Sheets;

namespace Gateway.County.Server;

internal static class SheetText
{
    /// <summary>Says what is wrong with a table, at most so much of it; nothing when nothing is.</summary>
    /// <exception cref="CommandException">Something is.</exception>
    public static void Refuse(string file, List<SheetProblem> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        IEnumerable<string> lines = problems.Take(SheetLimits.ProblemsShownMax).Select(p => $"{file}: {Sentence(p)}");
        int more = problems.Count - SheetLimits.ProblemsShownMax;
        throw new CommandException(string.Join("\ncounty: ", more > 0 ? lines.Append($"另有 {more} 处 and {more} more") : lines));
    }

    private static string Sentence(SheetProblem p)
    {
        string zh = p.Row == 0 ? "" : $"第{p.Row}行 {p.Column}：", en = p.Row == 0 ? "" : $"row {p.Row} {p.Column}: ";
        return $"{zh}{p.Chinese} / {en}{p.English}";
    }
}
