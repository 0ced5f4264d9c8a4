// Owns: the proof that a walk test sees an alarm that is no test in the box's status.
// Must never: start a box.

using Gateway.Technician.Serial;
using Xunit;

namespace Gateway.Technician.Tests;

public sealed class WalkTestCommandTests
{
    [Theory]
    [InlineData("火警 -，故障 -", "fire -, fault -", false)]
    [InlineData("火警 -，演练 3，故障 -", "fire -, drill 3, fault -", false)]
    [InlineData("火警 2，故障 -", "fire 2, fault -", true)]
    [InlineData("火警 -，可燃气体报警 2，故障 -", "fire -, gas 2, fault -", true)]
    [InlineData("站点 7", "station 7", false)]
    public void Fire_and_gas_that_are_no_test_are_seen(string chinese, string english, bool alarm)
    {
        Assert.Equal(alarm, WalkTestCommand.TellsAlarm(chinese, new Tongue(chinese: true)));
        Assert.Equal(alarm, WalkTestCommand.TellsAlarm(english, new Tongue(chinese: false)));
    }
}
