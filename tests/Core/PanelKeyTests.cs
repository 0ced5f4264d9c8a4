// Owns: the behaviour of the box's keys as contacts: what is a press, and what is a key that is held, shorted or loose.
// Must never: reach into the panel; it turns wires and keys.

using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Rows as in tests/Device; these are for the PC alone, since the device's test assembly has no place for more texts.</summary>
public sealed class PanelKeyTests
{
    private const string Lamps =
        "lamp-fire=on lamp-fault=on lamp-link=on lamp-power=on lamp-disabled=on lamp-test=on lamp-supervisory=on "
        + "lamp-duty=on lamp-battery=on";

    [Theory]
    [InlineData("消音键通电即短路", "A silence key that is shorted at power-on silences nothing",
        "smoke 1", "on1 reboot=silence +5s", "siren=fire silenced=no !silenced !key-pressed")]
    [InlineData("复位键通电即短路", "A reset key that is shorted at power-on resets nothing",
        "smoke 1", "on1 off1 reboot=reset +5s", "fire=1 siren=fire !reset !key-pressed")]
    [InlineData("应答键通电即短路", "An answer key that is shorted at power-on answers nothing",
        "smoke 1", "duty=10 reboot=answer +5s", "duty=asked !duty-check-answered !key-pressed")]
    [InlineData("自检键通电即短路", "A test key that is shorted at power-on breaks no drill off",
        "smoke 1", "drill=30 reboot=test +5s", "drill=on !self-test/f16")]
    [InlineData("到场键通电即短路", "A key for the scene that is shorted at power-on answers nothing and meets no clock",
        "smoke 1 | clocks", "on1 reboot=scene +5s", "!acknowledged !clock-met !key-pressed")]
    [InlineData("到齐键通电即短路", "Nor does one for those who join",
        "smoke 1 | clocks", "on1 reboot=joined +5s", "!acknowledged !clock-met !key-pressed")]
    [InlineData("松开后再按有效", "After it is let go the next press acts",
        "smoke 1", "on1 reboot=silence +5s free=silence silence", "silenced=yes siren=off @silenced/a2")]
    [InlineData("按住一分钟报故障", "A key that is held for a minute is a fault of the box that names the key",
        "smoke 1", "hold=answer +59s ?!fault +2s", "lamp-fault=on buzzer=fault @fault/a100/b16/c3/s2 x1:fault")]
    [InlineData("通电即短路也报故障", "Also one that is shorted from power-on",
        "smoke 1", "reboot=reset +61s", "lamp-fault=on @fault/a100/b16/c2")]
    [InlineData("按键松开故障排除", "The fault ends when the key rests",
        "smoke 1", "hold=test +61s free=test +1s", "lamp-fault=off @fault-restored/a100/b16/c4 x1:fault-restored")]
    [InlineData("两键同时卡住", "Two held keys are told apart, and the lamp stays until both rest",
        "smoke 1", "hold=scene +10s hold=joined +61s free=scene +1s",
        "lamp-fault=on @fault/c5 @fault/c6 @fault-restored/c5 !fault-restored/c6")]
    [InlineData("长按不足一分钟只算一次", "A long press is one press and no fault",
        "smoke 1", "on1 hold=silence +50s free=silence +1m", "x1:silenced !fault silenced=yes")]
    [InlineData("卡住不影响其他键", "A held key does not hinder another",
        "smoke 1", "hold=scene +61s on1 off1 reset", "fire=- @reset/f16")]
    [InlineData("自检点亮所有灯", "The test by a person shows every lamp", "smoke 1", "+1s test", Lamps + " siren=off")]
    [InlineData("火警中自检也点亮所有灯", "Also while some of them flash", "smoke 1", "county=off on1 test", Lamps + " siren=fire")]
    [InlineData("自检后灯复原", "Afterwards each lamp shows its state again",
        "smoke 1", "+1s test +6s", "lamp-link=off lamp-duty=off lamp-power=on lamp-fault=off")]
    public void Keys(string chinese, string english, string settings, string steps, string expected)
    {
        Behaviour.Holds(chinese, english, settings, steps, expected);
    }

    [Fact]
    public void The_test_is_looked_at_for_every_lamp_that_there_is()
    {
        IEnumerable<string> lamps = OutputRoles.Names().Where(name => name.StartsWith("lamp-", StringComparison.Ordinal));
        Assert.Equal(lamps.Select(lamp => lamp + "=on").Order(StringComparer.Ordinal), Lamps.Split(' ').Order(StringComparer.Ordinal));
    }
}
