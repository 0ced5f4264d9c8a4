// Owns: the words of `gateway console`, `walktest`, `log`, `doctor` and `load`.
// Must never: do what they ask.

using System.CommandLine;

namespace Gateway.Technician.Serial;

internal static class BoxOptions
{
    public static void AddTo(RootCommand root, Desk desk)
    {
        Tongue tongue = desk.Tongue;
        Option<string?> port = new("--port")
        {
            Description = tongue.Of("控制台的串口；只有一个时不用写", "The console's port; not needed where there is one"),
            HelpName = "PORT",
        };
        Command console = new("console", tongue.Of(
            "箱子的控制台：输入命令看回答，空行结束。help 列出命令。", "The box's console: type commands; an empty line ends it. help lists them."))
        {
            port,
        };
        Argument<string?> command = new("COMMAND")
        {
            Description = tongue.Of("一条命令，如 status；不写就逐条输入", "One command, such as status; without it they are typed"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        console.Add(command);
        root.Add(console);
        console.SetAction(parsed => ConsoleCommand.Run(desk, parsed.GetValue(port), parsed.GetValue(command)));
        Command doctor = new("doctor", tongue.Of(
            "查一遍：串口、箱子、通信、时钟、存储；不对的说怎么办。", "Looks at port, box, link, clock and flash, and says what to do about what is wrong."))
        {
            port,
        };
        doctor.SetAction(parsed => DoctorCommand.Run(desk, parsed.GetValue(port)));
        root.Add(doctor);
        Argument<string> file = new("FILE") { Description = tongue.Of("写到这个 CSV 文件", "The CSV file to write") };
        Command log = new("log", tongue.Of("把箱子的记录读成 CSV 文件。", "Reads the box's log into a CSV file."))
        {
            file, port,
        };
        log.SetAction(parsed => LogCommand.Run(desk, parsed.GetRequiredValue(file), parsed.GetValue(port)));
        root.Add(log);
        Option<string> zones = new("--zones")
        {
            Description = tongue.Of("哪些部位，如 1,3,5-8；不写就是全部", "Which zones, such as 1,3,5-8; without it all"),
            HelpName = "ZONES",
            DefaultValueFactory = _ => "all",
        };
        Option<int> minutes = new("--minutes")
        {
            Description = tongue.Of("几分钟后自动结束；不写就是 60", "Minutes after which it ends by itself; without it 60"),
            HelpName = "MINUTES",
            DefaultValueFactory = _ => TechnicianLimits.WalkTestMinutes,
        };
        Option<string?> pin = new("--pin-file")
        {
            Description = tongue.Of("存有控制台密码的文件；不写就问", "A file with the console's PIN; without it you are asked"),
            HelpName = "FILE",
        };
        Argument<string> station = new("STATION")
        {
            Description = tongue.Of("配置文件，或站点的文件夹", "A settings text, or the station's folder"),
        };
        Command load = new("load", tongue.Of(
            "经控制台把配置装入箱子试运行；县平台不应答、也没有 settings commit，就自动退回。",
            "Settings over the console. The box tries them, and goes back by itself unless the county answers or settings commit comes."))
        {
            station, pin, port,
        };
        load.SetAction(parsed => LoadCommand.Run(desk, parsed.GetRequiredValue(station), parsed.GetValue(pin), parsed.GetValue(port)));
        root.Add(load);
        Command walk = new("walktest", tongue.Of(
            "逐点测试：触发一处打一个勾，再逐个试输出，最后列出没有试的。",
            "Zones are ticked off as you set them off, then outputs one by one; what was not tested is listed."))
        {
            zones, minutes, pin, port,
        };
        walk.SetAction(parsed => WalkTestCommand.Run(desk, new WalkTestWords(
            parsed.GetRequiredValue(zones), parsed.GetValue(minutes), parsed.GetValue(pin), parsed.GetValue(port))));
        root.Add(walk);
    }
}
