// Owns: how wrong settings texts are told to a technician: the approved output stands beside each text.
// Must never: approve by itself; GATEWAY_APPROVE=1 writes what is told now, for a person to read and commit.

using System.Text;
using System.Text.RegularExpressions;
using Gateway.Technician.Tests;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

/// <summary>WrongSettings/NAME.txt is a text as it is pasted by somebody who is tired, NAME.told what `--check` says of it.</summary>
public sealed partial class WrongSettingsTests
{
    /// <summary>Fewer texts would leave kinds of faults without one.</summary>
    private const int TextsMin = 60;

    private const int ColumnsMax = 120;

    private static readonly string s_folder = Repository.Path("tests", "Pc", "WrongSettings");

    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(s_folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Wrong_text_is_told_as_approved(string name)
    {
        string told = string.Concat(Told(name).Select(line => Wrapped(line) + "\n"));
        string approved = Path.Combine(s_folder, name + ".told");
        if (Environment.GetEnvironmentVariable("GATEWAY_APPROVE") == "1")
        {
            File.WriteAllText(approved, told);
        }

        Assert.Equal(File.ReadAllText(approved), told);
    }

    [Fact]
    public void Each_kind_of_fault_has_its_text()
    {
        Assert.InRange(Names().Count, TextsMin, 200);
        Assert.Equal(Names().Count, Directory.GetFiles(s_folder, "*.told").Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_told_is_one_line_with_its_place_and_a_value_that_is_cut(string name)
    {
        foreach (string line in Told(name))
        {
            Assert.Matches(@"^[a-z0-9-]+:(\d+:\d+: .+，应为 .+ / found: .+; allowed: .+| 另有.+)$", line);
            Assert.DoesNotMatch(@"\S{120}", line);
        }
    }

    private static List<string> Told(string name)
    {
        using var folder = new TempFolder();
        string path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, Escapes.BytesOf(File.ReadAllText(Path.Combine(s_folder, name + ".txt"))));
        var errors = new List<string>();
        Assert.Null(SettingsFile.Check(path, errors));
        return [.. errors.Select(error => error.Replace(path, name, StringComparison.Ordinal))];
    }

    /// <summary>A line as a reader of the files can take it in; a Chinese character is two columns.</summary>
    private static string Wrapped(string line)
    {
        var wrapped = new StringBuilder();
        int column = 0;
        foreach (string word in Word().Matches(line).Select(match => match.Value))
        {
            int columns = word.Sum(c => c > 0x2E80 ? 2 : 1);
            if (column > 0 && column + columns > ColumnsMax)
            {
                wrapped.Length -= wrapped[^1] == ' ' ? 1 : 0;
                wrapped.Append("\n    ");
                column = 4;
            }

            wrapped.Append(word);
            column += columns;
        }

        return wrapped.ToString();
    }

    [GeneratedRegex(@"[^ \u2E80-\uFFFF]+ ?|[\u2E80-\uFFFF] ?| ", RegexOptions.None, 60_000)]
    private static partial Regex Word();
}
