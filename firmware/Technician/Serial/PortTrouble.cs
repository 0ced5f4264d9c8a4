// Owns: what can go wrong with a serial port, and the sentence with what to do next for each.
// Must never: leave the technician with an error number.

namespace Gateway.Technician.Serial;

internal enum PortFault
{
    /// <summary>There is no such port.</summary>
    Missing,

    /// <summary>Another program has it.</summary>
    Busy,

    /// <summary>This user may not.</summary>
    NoRights,

    /// <summary>A file or device that is no serial port.</summary>
    NoPort,

    /// <summary>The cable was pulled, or the board restarted and took its port away.</summary>
    Gone,

    /// <summary>Nothing came.</summary>
    Silent,

    /// <summary>Only what was sent came back.</summary>
    Echo,

    /// <summary>What came is no text.</summary>
    Garbage,
}

internal static class PortTrouble
{
    /// <param name="detail">Who has the port, or which ports there are; may be empty.</param>
    public static TroubleException Of(Tongue tongue, PortFault fault, string port, string detail = "", Exception? inner = null)
    {
        (string what, string next) = fault switch
        {
            PortFault.Missing => ($"没有这个串口{Behind(detail, "；现有 ")}\nno such port{Behind(detail, "; there are ")}",
                "插好USB线（要能传数据的线），再用 gateway ports 看端口名\nPlug in the USB cable (one for data), then look at the name with gateway ports"),
            PortFault.Busy => ($"串口被别的程序占用{Behind(detail, "：")}\nanother program has the port{Behind(detail, ": ")}",
                "关掉那个程序（串口工具、调试器、ModemManager），再试一次\nClose that program (a terminal, a debugger, ModemManager) and try again"),
            PortFault.NoRights => ("没有使用这个串口的权限\nthis user may not use the port",
                "运行 sudo usermod -aG dialout $USER，注销再登录\nRun sudo usermod -aG dialout $USER, log out and in again"),
            PortFault.NoPort => ("不是串口\nno serial port", "用 gateway ports 看端口名\nLook at the name with gateway ports"),
            PortFault.Gone => ("串口中途消失：线松了，或板子重启了\nthe port went away: a loose cable, or the board restarted",
                "插紧两头，等两秒，用 gateway ports 看端口名（号可能变了），再试一次"
                    + "\nPush in both ends, wait two seconds, look at the name with gateway ports (its number may differ), and try again"),
            PortFault.Silent => ($"{TechnicianLimits.AnswerWaitMs / 1000} 秒没有回答\nno answer in {TechnicianLimits.AnswerWaitMs / 1000} s",
                "看电源灯、端口是不是这块板；带着USB线按一下 RESET，再试一次"
                    + "\nLook at the power lamp and whether this is the board's port; tap RESET with the cable in, and try again"),
            PortFault.Echo => ("只收到自己发出的内容：不是网关，或收发两线短接\nonly what was sent came back: no gateway, or its two wires touch",
                "换一个端口；用转接线时检查 TX、RX 有没有碰在一起\nTake another port; with loose wires look whether TX and RX touch"),
            _ => ("收到的是乱码：速率不对、接触不良，或不是网关\ngarbage: another speed, a bad contact, or no gateway",
                $"速率用 {TechnicianLimits.ConsoleBaud}；插紧线、换一根线，再试一次\n"
                    + $"Use {TechnicianLimits.ConsoleBaud} baud; push in or change the cable, and try again"),
        };
        bool spoke = fault is PortFault.Gone or PortFault.Silent or PortFault.Echo or PortFault.Garbage;
        return Trouble.At(tongue, port, what, next, inner, spoke ? ExitCodes.NoAnswer : ExitCodes.NoPort);
    }

    private static string Behind(string detail, string before) => detail.Length == 0 ? "" : before + detail;
}
