// Owns: `gateway new`: one station from options and answers.
// Must never: write a text that a gateway would refuse, or a part of the files.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Sheets;
using Gateway.Start;

namespace Gateway.Technician.Make;

/// <summary>What stands on the command line; empty = nothing.</summary>
internal sealed record NewWords(
    string Id, string County, string Township, string Village, string Name, string Host, string Port, string Board, string Wifi)
{
    public string? Template { get; init; }

    public string? WifiPasswordFile { get; init; }

    public string? Divisions { get; init; }

    public string? Folder { get; init; }

    public bool DryRun { get; init; }
}

internal static class NewCommand
{
    public static int RunFleet(Desk desk, NewWords words, string table)
    {
        var usual = new StationDraft(0, "", "", "", "")
        {
            Host = words.Host,
            Port = words.Port,
            Board = words.Board,
            Template = TemplateOf(desk.Tongue, words),
            Wifi = words.Wifi,
            WifiPassword = PasswordOf(desk.Tongue, words) ?? "",
        };
        return Fleet.Run(desk, table, words.Divisions, usual, words.Folder, words.DryRun);
    }

    public static int Run(Desk desk, NewWords words)
    {
        Tongue tongue = desk.Tongue;
        string? template = TemplateOf(tongue, words);
        string? wifiPassword = PasswordOf(tongue, words);
        DivisionList? divisions = Fleet.Divisions(tongue, words.Divisions);

        // The folder's name may depend on the number; where it is given, nobody answers questions in vain.
        if (words.Folder is { } named && !words.DryRun)
        {
            WholeFolder.CheckFree(tongue, named);
        }

        var questions = new Questions(desk);
        string id = questions.Value("--id", "站号\nstation's number", words.Id, v => Topics.StationOf(v, out _) ? null
            : (StationSheet.Shown(v), StationSheet.NumberAllowed));
        Topics.StationOf(id, out uint number);
        string path = words.Folder ?? $"st{number}";
        if (!words.DryRun)
        {
            WholeFolder.CheckFree(tongue, path);
        }

        string county = questions.Value("--county", "县编码\ncounty's code", words.County,
            v => StationSheet.CountyProblem(v) ?? divisions?.Problem(v, ""));
        string township = questions.Value("--township", "乡镇编码\ntownship's code", words.Township,
            v => StationSheet.TownshipProblem(v, county) ?? divisions?.Problem(v, ""));
        string village = questions.Value("--village", "村编码\nvillage's code", words.Village,
            v => StationSheet.VillageProblem(v, township) ?? divisions?.Problem(v, ""));
        string name = questions.Value("--name", "站点名称\nstation's name", words.Name, NameProblem);
        string board = questions.Choice("--board", "主板\nboard", words.Board, StationDraft.BoardOf(template) ?? "",
            [.. BoardList.All().Select(b => b.Shape.Name)]);
        bool hosted = StationDraft.LineOf(template, "uplink") is not null;
        string host = hosted && words.Host.Length == 0 ? "" : questions.Value("--host", "服务器地址\nbroker's address", words.Host,
            v => BrokerHost.Ok(v) ? null : (StationSheet.Shown(v), $"{BrokerHost.AllowedChinese}\n{BrokerHost.AllowedEnglish}"));
        string wifi = words.Wifi;
        if (wifi.Length == 0 && desk.Asks && words.Id.Length == 0 && board != OlimexPoeWrover.Name)
        {
            wifi = questions.Optional("无线网络名（用网线的直接回车）\nWi-Fi network (just Enter for a cable)", StationFiles.WifiNameProblem);
        }

        string password = wifi.Length == 0 ? "" : wifiPassword ?? questions.Secret("--wifi-password-file", "无线密码\nWi-Fi password",
            StationFiles.WifiPasswordProblem);
        if (StationFiles.WifiProblem(wifi, password) is { } wrong)
        {
            throw Questions.Refused(tongue, "--wifi", wrong);
        }

        var draft = new StationDraft(number, county, township, village, name)
        {
            Host = host,
            Port = words.Port,
            Board = board,
            Template = template,
            Wifi = wifi,
            WifiPassword = password,
        };
        return Write(desk, draft, path, words.DryRun, questions);
    }

    private static int Write(Desk desk, StationDraft draft, string path, bool dryRun, Questions questions)
    {
        Tongue tongue = desk.Tongue;
        string text = draft.Text(tongue);
        StationText read = StationText.Of(Path.Combine(path, StationFiles.Settings), text);
        if (read.Settings is null)
        {
            return CheckCommand.Refused(desk, read);
        }

        if (dryRun || questions.Asked)
        {
            desk.Out.Write(text);
        }

        if (dryRun)
        {
            desk.Out.WriteLine(tongue.Of("这是试查，什么也没有写。", "A dry run: nothing was written."));
            return ExitCodes.Good;
        }

        if (questions.Asked && !questions.Yes($"写入文件夹 {path} 吗？\nWrite it into {path}?"))
        {
            desk.Out.WriteLine(tongue.Of("没有写。", "Nothing was written."));
            return ExitCodes.Unusable;
        }

        MadeStation made = StationFiles.Of(draft, text);
        WholeFolder.Write(desk, path, [.. made.Files, StationFiles.Table([made.Row])]);
        string zones = tongue.Count(read.Settings.ZoneCount, "个部位", "zone", "zones");
        desk.Out.WriteLine(tongue.Of($"{path}：站点 {draft.Number} {draft.Name}，{zones}，校验码 {read.Settings.TextCrc:X8}。",
            $"{path}: station {draft.Number} {draft.Name}, {zones}, checksum {read.Settings.TextCrc:X8}."));
        string conf = Path.Combine(path, StationFiles.Settings), table = Path.Combine(path, StationFiles.Handover);
        desk.Out.WriteLine(tongue.Of(
            $"接着：①按现场改 {conf}，gateway check 检查 ②把 {table} 交给县平台登记，登记后删除 ③gateway flash、gateway deploy。",
            $"Next: 1. fit {conf} to the place and look at it with gateway check. 2. Give {table} to the county and delete it when it is "
                + "in. 3. gateway flash, gateway deploy."));
        foreach (string warning in CheckCommand.Warnings(tongue, read))
        {
            desk.Out.WriteLine(tongue.Of("提醒：", "Note: ") + warning);
        }

        return ExitCodes.Good;
    }

    private static (string Found, string Allowed)? NameProblem(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        return bytes > 0 && bytes <= Limits.NameBytesMax && !name.AsSpan().ContainsAny('"', '\\') ? null
            : (StationSheet.Shown(name), $"1..{Limits.NameBytesMax} 字节（一个汉字三字节），没有引号\n1..{Limits.NameBytesMax} bytes without quotes");
    }

    private static string? TemplateOf(Tongue tongue, NewWords words) =>
        words.Template is { } file ? SmallFile.Text(tongue, file, Limits.SettingsBytesMax) : null;

    private static string? PasswordOf(Tongue tongue, NewWords words) => words.WifiPasswordFile is not { } file ? null
        : SmallFile.Text(tongue, file, TechnicianLimits.PasswordFileBytesMax).ReplaceLineEndings("\n").Split('\n')[0];
}
