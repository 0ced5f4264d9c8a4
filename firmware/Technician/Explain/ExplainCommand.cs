// Owns: `gateway explain`: a settings text in plain words on a page.
// Must never: say what the station will not do.

using Gateway.Core;

namespace Gateway.Technician.Explain;

internal static class ExplainCommand
{
    public static int Run(Desk desk, string path)
    {
        StationText text = StationText.Read(desk.Tongue, path);
        if (text.Settings is null)
        {
            return CheckCommand.Refused(desk, text);
        }

        Tongue tongue = desk.Tongue;
        foreach (Section section in Explanation.Of(tongue, text))
        {
            desk.Out.WriteLine($"■ {section.Title}");
            if (section.Items.Count == 0)
            {
                desk.Out.WriteLine("  " + tongue.Of("没有", "none"));
            }

            foreach (Item item in section.Items)
            {
                // A thing of which one statement is made takes one line.
                if (item.Clauses is [var only] && only.Label == item.Title)
                {
                    desk.Out.WriteLine(tongue.Of($"  {only.Label}：{only.Text}", $"  {only.Label}: {only.Text}"));
                    continue;
                }

                desk.Out.WriteLine($"  {item.Title}");
                foreach (Clause clause in item.Clauses)
                {
                    desk.Out.WriteLine(tongue.Of($"    {clause.Label}：{clause.Text}", $"    {clause.Label}: {clause.Text}"));
                }
            }
        }

        foreach (string warning in CheckCommand.Warnings(tongue, text))
        {
            desk.Out.WriteLine(tongue.Of("提醒：", "Note: ") + warning);
        }

        return ExitCodes.Good;
    }
}
