// Owns: `gateway ports`: which serial ports there are, and whether something answers at one.
// Must never: choose a port by itself where there are several.

namespace Gateway.Technician.Serial;

internal static class PortsCommand
{
    // Whoever reads commands answers something, if only that it does not know this one.
    private const string Question = "help";

    /// <param name="port">Null = only the list.</param>
    public static int Run(Desk desk, string? port)
    {
        Tongue tongue = desk.Tongue;
        if (port is null)
        {
            IReadOnlyList<string> ports = desk.Ports.List();
            foreach (string one in ports)
            {
                desk.Out.WriteLine(one);
            }

            return ports.Count > 0 ? ExitCodes.Good : throw Trouble.At(tongue, tongue.Of("串口", "ports"), "一个也没有\nthere is none",
                "插上USB线（要能传数据的线）；CH340、CP2102 的板在 Windows 上先装驱动"
                    + "\nPlug in the USB cable (one for data); boards with CH340 or CP2102 need their driver on Windows");
        }

        using ISerialLine line = desk.Ports.Open(port);
        string answer = Talk.Ask(desk.Ports, tongue, line, Question);
        desk.Out.WriteLine(tongue.Of($"{port}：有回答：", $"{port}: it answers:"));
        foreach (string one in answer.Split('\n').Take(TechnicianLimits.AnswerShownLinesMax))
        {
            string plain = string.Concat(one.Select(c => char.IsControl(c) ? '·' : c));
            desk.Out.WriteLine("    " + (plain.Length > TechnicianLimits.AnswerShownCharsMax
                ? plain[..TechnicianLimits.AnswerShownCharsMax] : plain));
        }

        return ExitCodes.Good;
    }

    /// <summary>The port that is named, or the only one that there is.</summary>
    /// <exception cref="TroubleException">There is none, or several.</exception>
    public static string Only(Desk desk, string? named)
    {
        if (named is not null)
        {
            desk.Ports.Check(named);
            return named;
        }

        IReadOnlyList<string> ports = desk.Ports.List();
        string only = ports.Count == 1 ? ports[0] : throw Trouble.At(desk.Tongue, "--port",
            ports.Count == 0 ? "没有串口\nthere is no port" : $"有几个串口：{string.Join(' ', ports)}\nseveral ports: {string.Join(' ', ports)}",
            ports.Count == 0 ? "插上USB线（要能传数据的线），再试一次\nPlug in the USB cable (one for data), and try again"
                : "拔插一次看哪个是板子，用 --port 写明\nPull and plug to see which is the board, and name it with --port",
            exitCode: ExitCodes.NoPort);
        desk.Ports.Check(only);
        return only;
    }
}
