// Owns: `gateway walktest`: zones ticked off as they are set off, outputs one by one, and what was not tested.
// Must never: say yes for the technician.

using Gateway.Core;

namespace Gateway.Technician.Serial;

/// <summary>What the command line says.</summary>
/// <param name="PinFile">Null = the PIN is asked for.</param>
/// <param name="Port">Null = the only one.</param>
internal sealed record WalkTestWords(string Zones, int Minutes, string? PinFile, string? Port);

internal static class WalkTestCommand
{
    public static int Run(Desk desk, WalkTestWords words)
    {
        Tongue tongue = desk.Tongue;
        using BoxConsole box = BoxConsole.Open(desk, words.Port);
        box.Unlock(desk, words.PinFile);

        // A person ends the walk with Enter; where nobody is, it ends when all is ticked off, or by its time.
        Task<string?> person = desk.Asks ? Task.Run(Console.In.ReadLine) : Task.FromResult<string?>(null);
        if (!Walk(desk, box, words, person))
        {
            if (box.Ask("walktest").Any(line => line.Contains(tongue.Of("进行中", "on, "), StringComparison.Ordinal)))
            {
                desk.Out.WriteLine(tongue.Of("先结束它：gateway console \"walktest end\"，再来一次",
                    "end it first: gateway console \"walktest end\", and come again"));
            }

            _ = Fire(desk, box);
            return ExitCodes.Found;
        }

        // Outputs are not tried into a fire.
        if (Fire(desk, box))
        {
            _ = box.Ask("walktest end", desk.Out.WriteLine);
            return ExitCodes.Found;
        }

        if (desk.Asks)
        {
            if (!person.IsCompleted)
            {
                desk.Out.WriteLine(tongue.Of("都试过了，按回车继续", "all are tested; press Enter to go on"));
                _ = person.Result;
            }

            Outputs(desk, box);
        }

        IReadOnlyList<string> end = box.Ask("walktest end", desk.Out.WriteLine);
        bool whole = end.Any(line => line.Trim() == tongue.Of("部位未试 -", "zones not tested -"));
        desk.Out.WriteLine(tongue.Of("结果已记入记录，上传县平台", "the result is in the log and goes to the county"));
        return whole ? ExitCodes.Good : ExitCodes.Found;
    }

    /// <summary>Whether there is a fire that no test is; it is told.</summary>
    private static bool Fire(Desk desk, BoxConsole box)
    {
        Tongue tongue = desk.Tongue;
        string? line = box.Ask("status").FirstOrDefault(one => TellsAlarm(one, tongue));
        if (line is null)
        {
            return false;
        }

        desk.Out.WriteLine(line);
        desk.Out.WriteLine(TellsNoFire(line, tongue)
            ? tongue.Of("有燃气报警：关阀开窗、人撤出，处理完复位后再测",
                "a gas alarm that is no test: close the valve, open windows, get people out; reset, and then test again")
            : tongue.Of("有真火警：先到那个部位看，按火警处理，复位后再测",
                "a fire that is no test: go there and treat it as one; reset, and then test again"));
        return true;
    }

    /// <summary>Whether a line of the box's status tells of a fire or of gas; a drill alone is none.</summary>
    internal static bool TellsAlarm(string line, Tongue tongue) =>
        line.TrimStart().StartsWith(tongue.Of("火警 ", "fire "), StringComparison.Ordinal)
            && (!TellsNoFire(line, tongue) || line.Contains(tongue.Of("，可燃气体报警 ", ", gas "), StringComparison.Ordinal));

    private static bool TellsNoFire(string line, Tongue tongue) => line.Contains(tongue.Of("火警 -", "fire -"), StringComparison.Ordinal);

    /// <summary>False when the test did not begin, or ended by itself.</summary>
    private static bool Walk(Desk desk, BoxConsole box, WalkTestWords words, Task<string?> person)
    {
        Tongue tongue = desk.Tongue;
        if (desk.Asks)
        {
            desk.Out.WriteLine(tongue.Of("逐个触发探测器；试完按回车", "Set the detectors off one by one; press Enter when done"));
        }

        desk.WhenStopped = tongue.Of(
            "中断了；箱子的逐点测试还在进行。看进度：gateway console walktest；结束：gateway console \"walktest end\"。",
            "Stopped; the walk test is still on. See it with gateway console walktest, end it with gateway console \"walktest end\".");
        bool all = false;
        int seen = 0;
        bool stopped = false;
        _ = box.Ask($"walktest begin {words.Zones} {words.Minutes}", line =>
        {
            // The end of the watching, which is this command's own doing and none of the technician's.
            if (line.Trim() == "^C")
            {
                return;
            }

            desk.Out.WriteLine(line);
            seen++;
            string[] counts = line.TrimStart().StartsWith('+') ? line[(line.LastIndexOf(' ') + 1)..].Split('/') : [];
            all |= counts.Length == 2 && counts[0] == counts[1];
        }, idle: () =>
        {
            if (!stopped && (all || (desk.Asks && person.IsCompleted)))
            {
                stopped = true;
                box.Stop();
            }
        }, words.Minutes * (long)Limits.MinuteMs);
        return stopped && seen > 0;
    }

    private static void Outputs(Desk desk, BoxConsole box)
    {
        Tongue tongue = desk.Tongue;
        string head = tongue.Of("输出未试 ", "outputs not tested ");
        string untried = box.Ask("walktest").FirstOrDefault(line => line.Contains(head, StringComparison.Ordinal)) ?? "";
        foreach (string output in untried.Replace(head, "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word != "-"))
        {
            desk.Out.Write(tongue.Of($"试 {output}？y 动作 5 秒，回车跳过：", $"try {output}? y = it works for 5 s, Enter = not: "));
            if (Console.In.ReadLine()?.Trim() is not ("y" or "Y"))
            {
                continue;
            }

            _ = box.Ask("walktest try " + output, desk.Out.WriteLine);
            desk.Out.Write(tongue.Of("看到、听到了吗？y/n：", "did you see or hear it? y/n: "));
            _ = box.Ask($"walktest {(Console.In.ReadLine()?.Trim() is "y" or "Y" ? "yes" : "no")} {output}");
        }
    }
}
