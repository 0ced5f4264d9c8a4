// Owns: that each misuse of the technician's command ends in a sentence and an exit code, as docs/technician.md lists them.
// Must never: accept a stack trace.

using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Technician.Tests;

[SupportedOSPlatform("linux")]
public sealed class MisuseTests : IDisposable
{
    private readonly OwnFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_misuse_in_the_document_ends_in_its_sentence_and_exit_code()
    {
        string[][] rows =
        [
            .. File.ReadAllLines(Repository.Path("docs", "technician.md")).SkipWhile(l => !l.StartsWith(
                "| misuse", StringComparison.Ordinal))
                .Skip(2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..4]),
        ];
        Dictionary<string, Func<Told>> plays = Plays();
        Assert.Equal(plays.Keys.Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        foreach (string[] row in rows)
        {
            Told told = plays[row[0]]();
            Assert.True(told.Code.ToString() == row[1], $"{row[0]}: exit code {told.Code}\n{told.Said}{told.Errors}");
            Assert.Contains(row[2], told.Said + told.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", told.Said + told.Errors, StringComparison.Ordinal);
        }
    }

    private Dictionary<string, Func<Told>> Plays()
    {
        string good = Repository.Path("tests", "Pc", "Technician", "Texts", "small.txt");
        string wrong = _folder.Write("wrong", "dance\n");
        string other = _folder.Write("other", [0xD5, 0xBE, 0xB5, 0xE3, (byte)'\n']);
        string large = _folder.Write("large", new string('#', 20_000));
        return new Dictionary<string, Func<Told>>(StringComparer.Ordinal)
        {
            ["no command"] = () => Zh(),
            ["unknown command"] = () => Zh("chek", good),
            ["unknown option"] = () => Zh("check", "--quick", good),
            ["file name missing"] = () => Zh("check"),
            ["language that there is not"] = () => Told.Of("check", good, "--lang", "fr"),
            ["empty file name"] = () => Zh("check", ""),
            ["no such file"] = () => Zh("explain", good + ".gone"),
            ["a folder"] = () => Zh("check", _folder.Path),
            ["unreadable file"] = () => Zh("check", "/proc/self/mem"),
            ["not UTF-8"] = () => Zh("check", other),
            ["too large"] = () => Zh("check", large),
            ["empty text"] = () => Zh("explain", _folder.Write("empty", "")),
            ["wrong text for diff"] = () => Zh("diff", good, wrong),
            ["closed output"] = () => Shell($"check '{good}' >&-"),
            ["full disk behind the output"] = () => Shell($"explain '{good}' >/dev/full"),
        };
    }

    private static Told Zh(params string[] arguments) => Told.Of([.. arguments, "--lang", "zh"]);

    private static Told Shell(string arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "gateway.dll");
        ProcessStartInfo start = new("bash", ["-c", $"dotnet '{program}' {arguments}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new Told(process.ExitCode, "", said);
    }
}
