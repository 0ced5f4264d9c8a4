// Owns: what became of a command, in Chinese.
// Must never: leave out the reason that the gateway gave.

namespace Gateway.County;

internal static class CommandStateText
{
    /// <summary>The state with the reason.</summary>
    public static string Of(StationCommand c)
    {
        string state = c.StateName switch
        {
            "queued" => "待发",
            "sent" => "已发待答",
            "done" => "已执行",
            "not-done" => "未执行",
            "refused" => "被拒",
            _ => "超时无应答",
        };
        return $"{state} {c.Why}".TrimEnd();
    }
}
