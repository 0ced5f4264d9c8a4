// Owns: what is wrong with a table, in the technician's language.
// Must never: list more than a person reads.

using Gateway.Sheets;

namespace Gateway.Technician.Make;

internal static class SheetWords
{
    public static string Sentence(Tongue tongue, string file, SheetProblem p)
    {
        string place = p.Row == 0 ? file : tongue.Of($"{file} 第{p.Row}行 {p.Column}", $"{file} row {p.Row} {p.Column}").TrimEnd();
        return tongue.Of($"{place}：{p.Chinese}", $"{place}: {p.English}");
    }

    /// <summary>Nothing when nothing is wrong.</summary>
    /// <exception cref="TroubleException">With every problem that is shown.</exception>
    public static void Refuse(Tongue tongue, string file, IReadOnlyList<SheetProblem> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        List<string> lines = [.. problems.Take(SheetLimits.ProblemsShownMax).Select(p => Sentence(tongue, file, p))];
        if (problems.Count > SheetLimits.ProblemsShownMax)
        {
            int more = problems.Count - SheetLimits.ProblemsShownMax;
            lines.Add(tongue.Of($"另有 {more} 处未列出。", $"{more} more are not listed."));
        }

        lines.Add(tongue.Of($"{file}：有 {problems.Count} 处要改，什么也没有写。改好存盘后再运行一次。",
            $"{file}: {problems.Count} to mend; nothing was written. Mend the table, save it, and run this again."));
        throw new TroubleException(string.Join(Environment.NewLine, lines)) { ExitCode = ExitCodes.Found };
    }
}
