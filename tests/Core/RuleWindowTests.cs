// Owns: conditions of rules that count zones within a window, beside other conditions.
// Must never: stand here alone for what the device has to show itself: its own tables have the main rows.

using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows: name in Chinese and English, settings, steps, what is expected; the words are those of the device's tables.</summary>
public sealed class RuleWindowTests
{
    private const string Zones = "smoke 1 | smoke 2 | tamper 3 | smoke 4 | ";

    [Theory]
    [InlineData("先满足窗口，后满足另一条件", "Zones that came within the window count when the other condition comes later",
        Zones + "rule 1 if fire:any:2/10s and supervisory:z3 then relay3:on", "on1 on2 +60s ?relay3=off on3", "relay3=on")]
    [InlineData("与条件的先后次序无关", "Whatever the order in which the conditions are written",
        Zones + "rule 1 if supervisory:z3 and fire:any:2/10s then relay3:on", "on1 on2 +60s ?relay3=off on3", "relay3=on")]
    [InlineData("窗口外的不算", "Zones that came apart do not count",
        Zones + "rule 1 if supervisory:z3 and fire:any:2/10s then relay3:on", "on1 +30s on2 on3", "relay3=off")]
    [InlineData("两条规则同一条件", "Two rules that ask the same act both",
        Zones + "rule 1 if active:any:2/10s then relay3:on | rule 2 if active:any:2/10s then relay4:on", "on1 on2", "relay3=on relay4=on")]
    [InlineData("同一条件的否定另算", "The same, asked for not to be, is another question",
        Zones + "rule 1 if active:any:2 then relay3:on | rule 2 if !active:any:2 and active:any then relay4:on",
        "on1 ?relay4=on on2", "relay3=on relay4=off")]
    public void Holds(string chinese, string english, string settings, string steps, string expected) =>
        Behaviour.Holds(chinese, english, settings, steps, expected);
}
