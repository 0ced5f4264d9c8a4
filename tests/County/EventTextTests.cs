// Owns: what the person on duty at the county reads of an event beyond its name.
// Must never: need a database or the program.

using Gateway.Contract;
using Gateway.County.Server;

namespace Gateway.County.Tests;

public sealed class EventTextTests
{
    [Theory]
    [InlineData(EventKind.Fault, 0, FaultCause.OpenCircuit, 0, "故障 断线")]
    [InlineData(EventKind.FaultRestored, 0, FaultCause.ShortCircuit, 0, "故障恢复 短路")]
    [InlineData(EventKind.Fault, 0, FaultCause.Box, BoxFault.IdlePath, "故障 网关备用通道")]
    [InlineData(EventKind.Fault, 0, FaultCause.Box, BoxFault.Part, "故障 网关扩展芯片")]
    [InlineData(EventKind.Fault, 0, FaultCause.Box, BoxFault.NoCountyAnswer, "故障 上级未应答")]
    [InlineData(EventKind.Fault, 0, FaultCause.Box, 64, "故障 网关故障64")]
    [InlineData(EventKind.Fault, 0, 99, 0, "故障 原因99")]
    [InlineData(EventKind.KeyPressed, 0, 3, 0, "按键 应答键")]
    [InlineData(EventKind.KeyPressed, 0, 7, 0, "按键 键7")]
    [InlineData(EventKind.CommandDone, CommandOutcome.UnknownZone, 91271849, CommandCode.Shield, "命令完成 91271849 shield unknown-zone")]
    [InlineData(EventKind.Fault, 0, FaultCause.Box, BoxFault.Key, "故障 消音键卡住", 1)]
    public void Event_says_which_fault_which_key_and_what_came_of_a_command(int kind, int value, int a, int b, string words, int c = 0) =>
        Assert.Equal(words, EventText.Words(new EventRecord { Kind = kind, Value = value, A = a, B = b, C = c }));
}
