// Owns: that a gateway whose output takes nothing goes on, and that no fault shows as a stack trace.
// Must never: need a broker.

using System.Diagnostics;
using System.Runtime.Versioning;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

[SupportedOSPlatform("linux")]
public sealed class OutputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public void Gateway_whose_output_takes_nothing_plays_its_script_to_the_end(string where)
    {
        string script = _folder.Write("script.txt", "expect lamp-fault blink\nexpect siren off\n");
        (int code, string said) = Shell($"--state '{Path.Combine(_folder.Path, "state")}' --script '{script}' {where}");
        Assert.Equal(0, code);
        Assert.Contains("no good settings", Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData(">&-", "standard output: 已关闭 closed; ")]
    [InlineData(">/dev/full", "standard output: No space left on device")]
    public void Answer_that_nobody_takes_is_told_in_a_sentence(string where, string says)
    {
        (int code, string said) = Shell($"--check '{Repository.Path("firmware", "Pc", "demo", "settings.txt")}' {where}");
        Assert.Equal(2, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    /// <summary>Exit code and error output.</summary>
    private static (int Code, string Said) Shell(string arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "gateway-pc.dll");
        ProcessStartInfo start = new("bash", ["-c", $"dotnet '{program}' {arguments}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
