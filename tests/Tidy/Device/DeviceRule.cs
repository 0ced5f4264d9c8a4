// Owns: how a rule is shown to bite before it is believed.
// Must never: believe a rule that has not refused a planted sample.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

/// <summary>Runs a rule over planted samples, then over the real parts.</summary>
internal static class DeviceRule
{
    public static void Holds(Func<ModuleDefinition, IEnumerable<Finding>> rule, string[] parts, string fine, string[] bad)
    {
        foreach (string sample in bad)
        {
            using ModuleDefinition planted = DeviceCompiler.Assembly("Sample", sample);
            Assert.True(rule(planted).Any(), $"The rule does not see: {sample}");
        }

        using ModuleDefinition clean = DeviceCompiler.Assembly("Sample", fine);
        AssertNothing(rule(clean));
        foreach (string part in parts)
        {
            using ModuleDefinition module = DeviceAssemblies.Read(part);
            AssertNothing(rule(module));
        }
    }

    public static void AssertNothing(IEnumerable<Finding> findings)
    {
        string[] lines = [.. findings.Select(finding => finding.ToString()).Distinct(StringComparer.Ordinal)];
        Assert.True(lines.Length == 0, string.Join(Environment.NewLine, lines));
    }
}
