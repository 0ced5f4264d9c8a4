// Owns: running a circuit of hardware/spice with ngspice and reading what it says.
// Must never: reckon a value itself; the circuit is the one source.

using System.Diagnostics;
using System.Globalization;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hardware;

/// <summary>
/// The lines `result KEY name value name value …` of one circuit; lines with one key belong together.
/// </summary>
internal sealed class Circuit
{
    private const int WaitMs = 120_000;

    private readonly Dictionary<string, double> _values = [];

    private Circuit(string name)
    {
        Name = name;
        var start = new ProcessStartInfo("ngspice", ["-b", $"{name}.cir"])
        {
            WorkingDirectory = Repository.Path("hardware", "spice"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        var errors = new List<string>();
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? "");
        process.BeginErrorReadLine();
        string said = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(WaitMs), $"ngspice does not end with {name}.cir");
        Assert.True(process.ExitCode == 0, $"ngspice ends with {process.ExitCode} on {name}.cir: {string.Join('\n', errors)}");
        foreach (string[] words in said.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["result", ..]))
        {
            for (int i = 2; i + 1 < words.Length; i += 2)
            {
                _values.Add($"{words[1]} {words[i]}", double.Parse(words[i + 1], CultureInfo.InvariantCulture));
            }
        }
    }

    public string Name { get; }

    /// <summary>Runs `hardware/spice/NAME.cir`. ngspice must end with 0.</summary>
    public static Circuit Run(string name) => new(name);

    public double this[string key, string name] =>
        _values.TryGetValue($"{key} {name}", out double value)
            ? value
            : throw new KeyNotFoundException($"{Name}.cir gives no {key} {name}");
}
