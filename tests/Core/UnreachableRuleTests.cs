// Owns: that rules which can never hold because of rules above them are refused with their line, and that what can hold is not.
// Must never: repeat what one line alone shows; docs/settings.md lists those.

using System.Text;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class UnreachableRuleTests
{
    private const string Head = "smoke 1 | smoke 2 | delay t1S=60 | ";

    [Theory]
    [InlineData("rule 1 if mode:night then set:f1 | rule 2 if flag:f1 and mode:day then relay3:on")]
    [InlineData("rule 1 if fire:z1 then set:f1 | rule 2 if flag:f1 and !fire:any then relay3:on")]
    [InlineData("rule 1 if day:1-5 then set:f1 | rule 2 if flag:f1 and day:6,7 then relay3:on")]
    [InlineData("rule 1 if time:22:00-23:00 then set:f1 | rule 2 if time:01:00-02:00 then set:f1 "
        + "| rule 3 if flag:f1 and time:08:00-09:00 then relay3:on")]
    public void A_rule_that_excludes_whatever_sets_its_flag_is_refused_with_its_line(string rules)
    {
        string error = Read(rules);
        int line = Scene.Text(Head + rules).Count(one => one == '\n');
        Assert.Matches($"^text:{line}:.*never holds: its conditions exclude those of every rule that sets its flag", error);
    }

    [Theory]
    [InlineData("rule 1 if fire:any then set:f1 | rule 2 if !flag:f1 and fire:z1 then relay3:on")]
    [InlineData("rule 1 if mode:night then set:f1 | rule 2 if fire:z1 and mode:night and !flag:f1 then relay3:on")]
    public void A_rule_that_implies_whatever_sets_the_flag_that_it_must_not_have_is_refused_with_its_line(string rules)
    {
        int line = Scene.Text(Head + rules).Count(one => one == '\n');
        Assert.Matches($"^text:{line}:.*never holds: wherever its conditions hold, a rule above sets the flag", Read(rules));
    }

    [Fact]
    public void Two_severities_in_one_rule_are_refused()
    {
        string error = Read("rule 1 if fire:any then severity:low severity:major event");
        Assert.Matches("found: severity:major; allowed: one severity a rule", error);
        Assert.Equal("", Read("rule 1 if fire:z1 then severity:low event | rule 2 if fire:z2 then severity:major event"));
    }

    [Theory]
    [InlineData("rule 1 if fire:any then set:f1 | rule 2 if fire:z1 and fire:z2 and flag:f1 then relay3:on")]
    [InlineData("rule 1 if fire:z1 then set:f1 | rule 2 if !flag:f1 and fire:any then relay3:on")]
    [InlineData("rule 1 if fire:any:2 then set:f1 | rule 2 if !flag:f1 and fire:z1 then relay3:on")]
    [InlineData("rule 1 if mode:night then set:f1 | rule 2 if mode:day then set:f1 | rule 3 if flag:f1 and mode:day then relay3:on")]
    [InlineData("rule 1 if mode:night then set:f1 | rule 2 if !flag:f1 and mode:day then relay3:on")]
    [InlineData("rule 1 if fire:z1 then set:f1 | rule 2 if flag:f1 and !fire:z2 then relay3:on")]
    public void A_rule_that_some_setter_of_its_flag_allows_is_taken(string rules)
    {
        Assert.Equal("", Read(rules));
    }

    private static string Read(string rules)
    {
        byte[] text = Encoding.UTF8.GetBytes(Scene.Text(Head + rules));
        SettingsErrors errors = new();
        Settings? settings = SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), errors);
        Assert.Equal(settings == null, errors.Total > 0);
        return errors.Total == 0 ? "" : errors.Text(0, "text");
    }
}
