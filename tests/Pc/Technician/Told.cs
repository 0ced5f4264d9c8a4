// Owns: running the technician's command inside the test, and what it said.
// Must never: keep anything from one run to the next.

using System.Text;
using System.Text.RegularExpressions;
using Gateway.Technician.Serial;
using Gateway.Tests.Support;
using Spectre.Console.Testing;

namespace Gateway.Technician.Tests;

internal sealed record Told(int Code, string Said, string Errors)
{
    public static Told Of(params string[] arguments) => Run(null, null, arguments);

    /// <summary>On a laptop with ports of its own sort.</summary>
    public static Told With(Func<Tongue, SerialPorts> ports, params string[] arguments) => Run(null, ports, arguments);

    /// <summary>On a laptop that has these ports.</summary>
    public static Told At(string[] ports, params string[] arguments) => With(tongue => new ListedPorts(tongue, ports), arguments);

    /// <summary>With a person at a terminal.</summary>
    public static Told Asked(TestConsole terminal, params string[] arguments) => Run(terminal, null, arguments);

    /// <summary>At a terminal that shows bars, where nobody types.</summary>
    public static Told Shown(TestConsole terminal, Func<Tongue, SerialPorts> ports, params string[] arguments) =>
        Run(terminal, ports, arguments, asks: false);

    private static Told Run(TestConsole? terminal, Func<Tongue, SerialPorts>? ports, string[] arguments, bool? asks = null)
    {
        using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
        int code = Program.Run(arguments, output, errors, asks ?? terminal is not null, terminal, ports);
        return new Told(code, output.ToString(), errors.ToString());
    }

    /// <summary>As a program of its own, by a line of the shell; GATEWAY in it is the command.</summary>
    public static Told Shell(string line)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "gateway.dll");
        (int code, string said, string errors) = ChildProgram.Shell(
            line.Replace("GATEWAY", $"dotnet '{program}'", StringComparison.Ordinal));
        return new Told(code, said, errors);
    }

    /// <summary>A station made of options alone.</summary>
    public static Told New(string folder, params string[] more) => Of(
    [
        "new", "--out", folder, "--id", "330701", "--county", "330726", "--township", "330726101", "--village", "330726101003", .. more,
    ]);
}

/// <summary>The machine's ports under a list of the test's own.</summary>
internal sealed class ListedPorts(Tongue tongue, IReadOnlyList<string> ports) : SerialPorts(tongue)
{
    public override IReadOnlyList<string> List() => ports;
}

/// <summary>A board that comes back under another name once its port was looked for.</summary>
internal sealed class RenamedPort(Tongue tongue, string before, string after) : SerialPorts(tongue)
{
    private int _looks;

    public override IReadOnlyList<string> List() => [_looks == 0 ? before : after];

    public override bool IsThere(string port) => port != before || _looks++ == 0;
}

/// <summary>In texts of tests, characters that are not seen stand as {U+200B}, bytes that are no UTF-8 as {B2D6}.</summary>
internal static partial class Escapes
{
    public static byte[] BytesOf(string text) =>
        [.. Escape().Split(text).SelectMany(part => part switch
        {
            ['{', 'U', '+', .. var number, '}'] => Encoding.UTF8.GetBytes([(char)Convert.ToInt32(number, 16)]),
            ['{', .. var bytes, '}'] => Convert.FromHexString(bytes),
            _ => Encoding.UTF8.GetBytes(part),
        })];

    [GeneratedRegex(@"(?<all>\{[^{}]+\})", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Escape();
}

/// <summary>Lines as a reader of approved files can take them in.</summary>
internal static class Wrap
{
    private const int Columns = 100;

    public static IEnumerable<string> Lines(string line)
    {
        for (int at = 0; at < line.Length; at += Columns)
        {
            yield return (at == 0 ? "" : "      ") + line.Substring(at, Math.Min(Columns, line.Length - at)).TrimEnd();
        }
    }
}
