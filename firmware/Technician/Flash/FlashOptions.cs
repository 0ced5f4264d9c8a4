// Owns: the words of `gateway flash`, `deploy` and `kit`.
// Must never: do what they ask.

using System.CommandLine;

namespace Gateway.Technician.Flash;

internal static class FlashOptions
{
    public static void AddTo(RootCommand root, Desk desk)
    {
        root.Add(Flash(desk));
        root.Add(Deploy(desk));
        root.Add(KitOf(desk));
    }

    private static Command Flash(Desk desk)
    {
        Tongue tongue = desk.Tongue;
        Argument<string> station = Station(tongue);
        Option<string> kit = Kit(tongue);
        Option<string?> port = Port(tongue);
        Option<bool> empty = new("--empty")
        {
            Description = tongue.Of("新板子：整块清除，不留备份", "A new board: all of it is erased, without a copy"),
        };
        Option<string?> putBack = Text("--put-back", "FILE", tongue.Of(
            "只把一份备份里的记录、配置、密钥放回板子", "Only puts log, settings and key of a copy back onto the board"));
        (Option<bool> yes, Option<bool> dryRun) = Always(tongue);
        Command command = new("flash", tongue.Of(
            "从离线包把固件和应用写进板子。先备份板上的记录、配置、密钥，写好再放回。每条命令先显示再执行。",
            "Writes runtime and application from the offline kit. What is on the drive is saved first and put back. Commands are shown."))
        {
            station, kit, port, empty, putBack, yes, dryRun,
        };
        command.SetAction(parsed => FlashCommand.Run(desk, new FlashWords(
            parsed.GetRequiredValue(station), parsed.GetRequiredValue(kit), parsed.GetValue(port), parsed.GetValue(empty),
            parsed.GetValue(putBack), parsed.GetValue(yes), parsed.GetValue(dryRun))));
        return command;
    }

    private static Command Deploy(Desk desk)
    {
        Tongue tongue = desk.Tongue;
        Argument<string> station = Station(tongue);
        Option<string> kit = Kit(tongue);
        Option<string?> port = Port(tongue);
        (Option<bool> yes, Option<bool> dryRun) = Always(tongue);
        Command command = new("deploy", tongue.Of(
            "把站点文件夹里的配置、密钥、证书、无线网络写进运行中的板子。逐个核对写板工具说的 OK。",
            "Brings a station's settings, key, certificates and network onto a board that runs. Each file's OK is looked for."))
        {
            station, kit, port, yes, dryRun,
        };
        command.SetAction(parsed => DeployCommand.Run(desk, new DeployWords(
            parsed.GetRequiredValue(station), parsed.GetRequiredValue(kit), parsed.GetValue(port), parsed.GetValue(yes),
            parsed.GetValue(dryRun))));
        return command;
    }

    private static Command KitOf(Desk desk)
    {
        Tongue tongue = desk.Tongue;
        Argument<string> folder = new("FOLDER") { Description = tongue.Of("离线包的文件夹", "The kit's folder") };
        Option<bool> check = new("--check")
        {
            Description = tongue.Of("在现场：缺什么、坏了什么", "In the field: what is missing or damaged"),
        };
        Option<string?> runtime = Text("--runtime", "VERSION", tongue.Of("固件版本，一个县用同一个", "The runtime's version, one for all of a county"));
        Option<string?> application = Text("--app", "FOLDER", tongue.Of(
            "应用和版本表所在的文件夹", "The folder with applications and their lists of versions"));
        Option<string?> tool = Text("--tool", "FOLDER", tongue.Of(
            "装有 nanoff 的文件夹；不写时从网上取", "A folder with nanoff; without it, it is fetched"));
        Command command = new("kit", tongue.Of(
            "在有网的电脑上做一份离线包：写板工具、固件、应用、本工具、说明，附校验和。--check 在现场核对。",
            "Gathers the offline kit where there is internet: flashing tool, runtime, applications, this command, pages, with checksums."))
        {
            folder, check, runtime, application, tool,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            if (parsed.GetValue(check))
            {
                return KitCommand.Check(desk, path);
            }

            string Needed(Option<string?> option) => parsed.GetValue(option) ?? throw Trouble.At(
                tongue, option.Name, "没有写\nis missing", $"请加 {option.Name} {option.HelpName}\nAdd {option.Name} {option.HelpName}");
            return KitCommand.Make(desk, new KitWords(path, Needed(runtime), Needed(application), parsed.GetValue(tool)));
        });
        return command;
    }

    private static Argument<string> Station(Tongue tongue) => new("FOLDER")
    {
        Description = tongue.Of("gateway new 写的站点文件夹", "The station's folder, as gateway new made it"),
    };

    private static Option<string> Kit(Tongue tongue) => new("--kit")
    {
        Description = tongue.Of("离线包的文件夹", "The offline kit's folder"),
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "kit",
    };

    private static Option<string?> Port(Tongue tongue) =>
        Text("--port", "PORT", tongue.Of("串口；只有一个时不用写", "The port; not needed where there is one"));

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    private static (Option<bool> Yes, Option<bool> DryRun) Always(Tongue tongue) =>
    (
        new("--yes") { Description = tongue.Of("不问，不等人按键", "Asks nothing and waits for nobody") },
        new("--dry-run") { Description = tongue.Of("只显示命令，什么也不写", "Shows the commands, and writes nothing") });
}
