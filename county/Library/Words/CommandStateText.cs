// Owns: what became of a command, in words.
// Must never: leave out the reason that the gateway gave.

using Gateway.Contract;

namespace Gateway.County;

internal static class CommandStateText
{
    /// <summary>The state, with the reason where it came to nothing.</summary>
    public static string Of(StationCommand c) => c.StateName switch
    {
        "queued" => "待下发",
        "sent" => "已下发",
        "done" => c.Code is (int)CommandCode.DutyCheck or (int)CommandCode.CallOut ? "已送达，等人应答" : "站点已执行",
        "not-done" => $"未执行：{Catalogue.Chinese.Outcome(c.Result)}",
        "refused" => $"未受理：{Catalogue.Chinese.Refusal(c.Result)}",
        _ => "超时未回复",
    };

    public static string English(StationCommand c) => c.StateName switch
    {
        "queued" => "waits to be sent",
        "sent" => "sent, not answered yet",
        "done" => "done",
        "not-done" => $"not done: {Catalogue.English.Outcome(c.Result)}",
        "refused" => $"not accepted: {Catalogue.English.Refusal(c.Result)}",
        _ => "not answered in its time",
    };
}
