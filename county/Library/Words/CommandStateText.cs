// Owns: what became of a command, in words.
// Must never: leave out the reason that the gateway gave.

using Gateway.Contract;

namespace Gateway.County;

internal static class CommandStateText
{
    /// <summary>The state with the reason, and the reason's word for whoever looks it up.</summary>
    public static string Of(StationCommand c)
    {
        string state = c.StateName switch
        {
            "queued" => "待发",
            "sent" => "已发待答",
            "done" => "已执行",
            "not-done" => "未执行",
            "refused" => "被拒",
            _ => "超时未答复",
        };
        string why = c.State == CommandState.Refused ? Refused(c.Result) : c.StateName == "not-done" ? NotDone(c.Result) : "";
        return why.Length > 0 ? $"{state} {why} {c.Why}" : $"{state} {c.Why}".TrimEnd();
    }

    public static string English(StationCommand c) => c.StateName switch
    {
        "queued" => "waits to be sent",
        "sent" => "sent, not answered yet",
        "done" => "done",
        "not-done" => $"not done: {c.Why}",
        "refused" => $"refused: {c.Why}",
        _ => "not answered in its time",
    };

    private static string NotDone(int outcome) => outcome switch
    {
        CommandOutcome.NothingToDo => "无可执行",
        CommandOutcome.ZoneStillActive => "部位仍在报警",
        CommandOutcome.UnknownZone => "该站没有此部位",
        CommandOutcome.OutOfRange => "数值超出范围",
        CommandOutcome.FireIsLatched => "有火警未复位",
        CommandOutcome.NotAllowed => "该站配置不允许",
        CommandOutcome.Unknown => "该站不支持此命令",
        CommandOutcome.NotKept => "该站存储故障",
        CommandOutcome.Incomplete => "配置不完整",
        CommandOutcome.WrongSettings => "配置有误",
        _ => "",
    };

    private static string Refused(int result) => result switch
    {
        DecodeResult.Expired => "到达时已过期",
        DecodeResult.Replayed => "重复的命令",
        DecodeResult.WrongSession => "站点已重启",
        DecodeResult.WrongSignature => "密钥不符",
        _ => "",
    };
}
