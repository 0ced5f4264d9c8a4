// Owns: what stands in the shift log, in words for people.
// Must never: hide an act that it does not know: it shows as its word.

namespace Gateway.County.Duty;

internal static class ActText
{
    public static (string Zh, string En) Of(string act) => act switch
    {
        "sign-in" => ("登录", "Signed in"),
        "sign-out" => ("退出", "Signed out"),
        "take" => ("受理", "Took it"),
        "judge" => ("结论", "Judged it"),
        "note" => ("备注", "Noted"),
        "close" => ("销号", "Closed it"),
        "pass-up" => ("送上一级", "Passed it up"),
        "called" => ("呼叫增援", "Called reinforcements"),
        "set-out" => ("增援已出动", "Reinforcements set out"),
        "joined" => ("增援已到场", "Reinforcements are there"),
        "stood-down" => ("撤回增援", "Sent reinforcements home"),
        "hand-over" => ("交班", "Handed over"),
        "take-over" => ("接班", "Took over"),
        "inspected" => ("已检查", "Inspected"),
        "password" => ("改密码", "Changed the password"),
        "danger" => ("登记隐患", "Entered a danger"),
        "duty-check" => ("查岗", "Duty check"),
        "call-out" => ("呼叫增援（箱）", "Called a box out"),
        "self-test" => ("自检", "Self-test"),
        "silence" => ("消音", "Silence"),
        "clock" => ("校时", "Clock"),
        "drill" => ("演练", "Drill"),
        "hot-work" => ("动火", "Hot work"),
        "shield" => ("屏蔽", "Disablement"),
        "test" => ("测试", "Test"),
        "settings" => ("下发配置", "Settings"),
        "no-page" => ("无值班页，已升级", "No page sounded, escalated"),
        _ => (act, act),
    };
}
