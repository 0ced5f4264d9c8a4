// Owns: what the first power of a box and its pages say of the watchdog, the cable and the threads.
// Must never: judge how well it is said.

using Gateway.Tests.Support;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Gateway.Tests.Hardware;

public sealed class FirstPowerTests
{
    [Fact]
    public void An_empty_box_waits_for_settings_before_any_pin_is_opened()
    {
        using AssemblyDefinition assembly = Device();
        TypeDefinition program = assembly.MainModule.GetType("Gateway.Esp32.DeviceProgram");
        MethodDefinition start = Start(program);
        List<string> called = [.. start.Body.Instructions.Where(i => i.OpCode == OpCodes.Call && i.Operand is MethodReference)
            .Select(i => ((MethodReference)i.Operand).Name)];
        Assert.InRange(called.IndexOf("StayEmpty"), 0, called.IndexOf("Open") - 1);
        MethodDefinition empty = program.Methods.Single(method => method.Name == "StayEmpty");
        Assert.DoesNotContain(empty.Body.Instructions, i => i.Operand is MethodReference { Name: "Open" or ".ctor" });
    }

    [Fact]
    public void A_start_with_settings_on_trial_holds_no_broker_back()
    {
        using AssemblyDefinition assembly = Device();
        List<string> called = [.. Start(assembly.MainModule.GetType("Gateway.Esp32.DeviceProgram")).Body.Instructions
            .Where(i => i.Operand is MethodReference).Select(i => ((MethodReference)i.Operand).Name)];
        int hold = called.IndexOf("HoldNone");
        Assert.InRange(hold, 1, called.IndexOf("MakeClients") - 1);
        Assert.Equal("get_OnTrial", called[hold - 1]);
    }

    /// <summary>The runtime keeps all that a method's locals name until it returns, and the main thread's last one never does.</summary>
    [Fact]
    public void What_only_a_start_needs_is_let_go_when_it_is_over()
    {
        using AssemblyDefinition assembly = Device();
        TypeDefinition program = assembly.MainModule.GetType("Gateway.Esp32.DeviceProgram");
        MethodDefinition run = program.Methods.Single(method => method.Name == "Run");
        Assert.All(run.Body.Variables, one => Assert.Contains(one.VariableType.Name, new[] { "RestartNote", "Exception" }));
        TypeDefinition watch = assembly.MainModule.GetType("Gateway.Esp32.MainWatch");
        Assert.Equal(["AlarmLoop", "ClockSetter", "MainLoop", "RestartNote"], watch.Fields.Select(one => one.FieldType.Name).Order());
        Assert.DoesNotContain(
            Start(program).Body.Instructions, i => i.Operand is MethodReference { Name: "Run", DeclaringType.Name: "MainWatch" });
    }

    private static MethodDefinition Start(TypeDefinition program) =>
        program.Methods.Single(method => method.Name == "Start" && method.Parameters.Count > 3);

    private static AssemblyDefinition Device() =>
        AssemblyDefinition.ReadAssembly(Path.Combine(BudgetTests.DeviceFolder, "Gateway.Esp32.dll"));

    [Theory]
    [InlineData("hardware/INSTALL.md", "首次上电前插上服务跳线 J1")]
    [InlineData("hardware/INSTALL.md", "Close J1 before the first power")]
    [InlineData("hardware/README.md", "It stays closed until the box has settings")]
    [InlineData("firmware/Esp32/README.md", "Leave J1 closed from the first power until settings and key are on the drive")]
    [InlineData("firmware/Esp32/README.md", "the USB cable out and power the box anew without it")]
    [InlineData("firmware/Esp32/README.md", "on core 0 of the S3, on core 1 of the ESP32")]
    public void The_pages_say_what_a_first_power_must_know(string page, string words) =>
        Assert.Contains(words, File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings(" "), StringComparison.Ordinal);
}
