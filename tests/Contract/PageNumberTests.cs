// Owns: that every time, count and range of CONTRACT.md is one of the code, and that the format of the vectors is the page's.
// Must never: hold a number of its own but for years and the names of standards.

using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Contract;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public partial class PageNumberTests
{
    public static TheoryData<string, string, string> Numbers
    {
        get
        {
            TheoryData<string, string, string> data = [];
            foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("Times and counts", "what").Rows)
            {
                data.Add(row["what"], row["number"], row["constant"].Trim('`'));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_time_or_count_of_the_page_is_that_of_the_code(string what, string number, string constant)
    {
        Assert.NotEmpty(what);
        string[] words = number.Split(' ');
        long value = long.Parse(words[0], CultureInfo.InvariantCulture);
        string unit = words.Length > 1 ? words[1] : "";
        bool ms = constant.EndsWith("Ms", StringComparison.Ordinal);
        long expected = (unit, ms) switch
        {
            ("ms", true) or ("s", false) or ("min", false) or ("", false) => value,
            ("s", true) => value * 1_000,
            ("min", true) => value * 60_000,
            _ => throw new InvalidDataException($"{what}: '{number}' has no unit that fits {constant}"),
        };
        Assert.Equal(expected, ValueOf(constant));
    }

    [Fact]
    public void The_ranges_of_the_arguments_are_those_of_the_code()
    {
        string[] words = [.. MarkdownTable.Under("Commands", "code").Rows.Select(row => row["word"])];
        foreach (IReadOnlyDictionary<string, string> row in MarkdownTable.Under("Arguments of commands", "command").Rows)
        {
            Assert.All(row["command"].Split(", "), word => Assert.Contains(word, words));
            foreach (string constant in row["of"].Split(", ", StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.Contains(ValueOf(constant.Trim('`')).ToString(CultureInfo.InvariantCulture), NumbersIn(row["range"]));
            }
        }
    }

    /// <summary>
    /// Goal: nobody writes a number into the prose that no test holds. Method: what is long, or has a unit of time, must stand in a table.
    /// </summary>
    [Fact]
    public void Every_time_and_every_long_number_of_the_prose_stands_in_a_table()
    {
        string[] lines = File.ReadAllLines(Repository.Path("shared", "Contract", "CONTRACT.md"));
        HashSet<string> tabled = [.. lines.Where(l => l.StartsWith('|')).SelectMany(NumbersIn)];
        tabled.UnionWith(MarkdownTable.Under("Times and counts", "what").Rows.Select(row => row["number"]));

        // Years, an RFC, bits, and what follows from other numbers.
        HashSet<string> free = ["2038", "10889", "2024", "2123", "2160", "1970", "4231", "4648", "2104", "4900", "4294967295"];
        foreach (string line in lines.Where(l => !l.StartsWith('|')))
        {
            string plain = line.Replace("4,900", "4900", StringComparison.Ordinal);
            foreach (Match timed in TimePattern().Matches(plain))
            {
                Assert.True(tabled.Contains(timed.Value), $"'{timed.Value}' stands in no table: {line}");
            }

            IEnumerable<string> numbers = NumbersIn(plain).Where(n => n.Length >= 4);
            Assert.All(numbers, n => Assert.True(tabled.Contains(n) || free.Contains(n), $"{n} stands in no table: {line}"));
        }
    }

    [Fact]
    public void Every_size_of_the_prose_is_that_of_the_code()
    {
        string[] lines = File.ReadAllLines(Repository.Path("shared", "Contract", "CONTRACT.md"));
        string prose = string.Join(' ', lines.Where(line => !line.StartsWith('|')));
        string[] sizes =
        [
            $"{EventRecord.Size} bytes", $"{MessageHeader.Size} bytes", $"{Mac.SignatureBytes} bytes", $"{Offline.MessageBytes} bytes",
            $"{Offline.TextBytes} bytes", $"{Offline.TextBytes} characters", $"{Command.TextBytesMax} bytes",
            $"{Core.Limits.SettingsBytesMax} bytes", $"{County.CountyLimits.UnopenedRecordsMax} records",

            // Where the files of vectors part a string.
            "100 characters",
        ];
        Assert.Equal(Sorted(sizes), Sorted(SizePattern().Matches(prose).Select(m => m.Value).Distinct(StringComparer.Ordinal)));
        Assert.Equal(2, prose.Split($"1 to {ContractLimits.TopicLevelMax} of the ").Length - 1);
    }

    [Fact]
    public void The_keys_of_the_vector_files_are_those_of_the_page()
    {
        List<string> ofFile = [];
        List<string> ofCase = [];
        foreach (string name in VectorFile.Names)
        {
            string path = Repository.Path([.. VectorFile.Folder.Split('/'), name + ".json"]);
            JsonElement root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            ofFile.AddRange(root.EnumerateObject().Select(p => p.Name));
            ofCase.AddRange(root.GetProperty("tests").EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(p => p.Name));
        }

        IEnumerable<IReadOnlyDictionary<string, string>> rows = MarkdownTable.All("16 The files of vectors", "key").SelectMany(t => t.Rows);
        List<string> page = [.. rows.SelectMany(row => row["key"].Split(", "))];
        Assert.Equal(Sorted(ofFile.Concat(ofCase).Distinct(StringComparer.Ordinal)), Sorted(page.Distinct(StringComparer.Ordinal)));
    }

    /// <summary>A receiver in another language fills in what its side remembers by the names in the page.</summary>
    [Fact]
    public void What_a_side_remembers_has_the_names_of_the_page()
    {
        string text = File.ReadAllText(Repository.Path([.. VectorFile.Folder.Split('/'), "session.json"]));
        JsonElement[] cases = [.. JsonDocument.Parse(text).RootElement.GetProperty("tests").EnumerateArray()];
        IEnumerable<string> Keys(string of) =>
            cases.SelectMany(one => one.GetProperty(of).EnumerateObject()).Select(p => p.Name).Distinct(StringComparer.Ordinal);

        string row = MarkdownTable.All("16 The files of vectors", "key").SelectMany(t => t.Rows).Single(r => r["key"] == "known")["what"];
        Assert.Equal(Sorted(Keys("known")), Sorted(row.Split('`').Where((_, i) => i % 2 == 1)));
        string[] head = [.. MarkdownTable.Under("Head", "offset").Rows.Select(r => r["field"])];
        Assert.All(Keys("message"), name => Assert.Contains(name, head));
    }

    [GeneratedRegex(@"(?<![\w.-])\d+ (s|ms|min)\b", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"(?<![\w.-])\d+ (bytes|characters|records)\b", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"(?<![\w.-])\d+(?![\w-])", RegexOptions.None, 60_000)]
    private static partial Regex NumberPattern();

    private static IEnumerable<string> NumbersIn(string text) =>
        NumberPattern().Matches(text.Replace("..", " ", StringComparison.Ordinal)).Select(m => m.Value);

    /// <summary>A constant by its class and name.</summary>
    private static long ValueOf(string constant)
    {
        string[] parts = constant.Split('.');
        Type[] classes =
        [
            typeof(Core.Limits), typeof(Link.LinkLimits), typeof(County.CountyLimits), typeof(County.RisingNumber), typeof(Mqtt.MqttLimits),
            typeof(Command), typeof(ContractLimits),
        ];
        FieldInfo field = classes.Single(c => c.Name == parts[0]).GetField(parts[1])
            ?? throw new ArgumentException($"no constant '{constant}'", nameof(constant));
        return Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);
}
