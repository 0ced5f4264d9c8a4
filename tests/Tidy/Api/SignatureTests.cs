// Owns: the proof that the signatures of the device check claim nothing that the device's libraries do not have.
// Must never: take the signatures' word for it; the lists in firmware/DeviceCheck/api decide.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Api;

public sealed class SignatureTests
{
    public static TheoryData<string> Assemblies => [.. DeviceAssemblies.Signatures];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_declared_member_exists_in_the_real_library(string assembly)
    {
        using ModuleDefinition module = DeviceAssemblies.Read(assembly);
        IReadOnlyList<string> wrong = ApiCompare.Wrong(module, ApiCompare.RealMembers(assembly));
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void The_shim_of_the_test_framework_has_what_the_signatures_have_and_nothing_else()
    {
        using ModuleDefinition signatures = DeviceAssemblies.Read("nanoFramework.TestFramework");
        using ModuleDefinition host = DeviceAssemblies.ReadTestHost();
        string[] shim = [.. ApiLines.Of(host).Where(line => line[2..].StartsWith("nanoFramework.TestFramework", StringComparison.Ordinal)
            || line[2..].StartsWith("TestFrameworkShared", StringComparison.Ordinal))];
        Assert.Equal(ApiLines.Of(signatures).Order(StringComparer.Ordinal), shim.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("public int Averages() { return 0; }", "AdcChannel.Averages")]
    [InlineData("public static int ReadValue() { return 0; }", "AdcChannel.ReadValue")]
    [InlineData("public long ReadValue() { return 0; }", "AdcChannel.ReadValue")]
    [InlineData("public int ReadValue(int times) { return 0; }", "AdcChannel.ReadValue")]
    [InlineData("public int ReadValue;", "AdcChannel.ReadValue")]
    [InlineData("public int Value { get { return 0; } }", "AdcChannel.get_Value")]
    [InlineData("public event Action Read { add { } remove { } }", "AdcChannel.Read")]
    public void A_member_that_the_real_library_lacks_is_named(string member, string named)
    {
        AssertFound($"namespace System.Device.Adc {{ public class AdcChannel {{ {member} }} }}", named);
    }

    [Theory]
    [InlineData("public class Invented { }", "Invented")]
    [InlineData("public struct AdcController { }", "AdcController")]
    [InlineData("public sealed class AdcController : AdcControllerBase { } public abstract class AdcControllerBase { }", "AdcController ")]
    [InlineData("public class AdcController { }", "AdcController ")]
    [InlineData("public class AdcChannelBase { }", "AdcChannelBase")]
    [InlineData("public enum AdcChannelMode { SingleEnded = 1 }", "AdcChannelMode.SingleEnded")]
    [InlineData("public enum AdcChannelMode { Triple = 7 }", "AdcChannelMode.Triple")]
    public void A_type_or_value_that_differs_from_the_real_one_is_named(string type, string named)
    {
        AssertFound($"namespace System.Device.Adc {{ {type} }}", named);
    }

    [Fact]
    public void An_interface_with_a_member_missing_is_named()
    {
        const string Source = "namespace nanoFramework.M2Mqtt { public interface IMqttClient { void Close(); } }";
        using ModuleDefinition module = DeviceCompiler.Assembly("nanoFramework.M2Mqtt.Core", Source);
        IReadOnlyList<string> wrong = ApiCompare.Wrong(module, ApiCompare.RealMembers("nanoFramework.M2Mqtt.Core"));
        Assert.Contains(wrong, line => line.Contains("IMqttClient.Disconnect()", StringComparison.Ordinal));
        Assert.DoesNotContain(wrong, line => line.Contains("IMqttClient.Close()", StringComparison.Ordinal));
    }

    private static void AssertFound(string source, string named)
    {
        using ModuleDefinition module = DeviceCompiler.Assembly("System.Device.Adc", "using System; " + source);
        IReadOnlyList<string> wrong = ApiCompare.Wrong(module, ApiCompare.RealMembers("System.Device.Adc"));
        Assert.Contains(wrong, line => line.Contains("declared: ", StringComparison.Ordinal)
            && line.Contains(named, StringComparison.Ordinal));
    }
}
