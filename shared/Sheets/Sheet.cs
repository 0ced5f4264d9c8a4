// Owns: a table of a spreadsheet as a person saved it: which bytes, which separator, which column is which.
// Must never: guess at a cell; what can't be read is told with its row and column.

using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Gateway.Sheets;

/// <summary>A column, by all names that its head may have; the first is the one that is written.</summary>
internal sealed record SheetColumn(string[] Names, bool Required = true)
{
    public string Name => Names[0];
}

/// <summary>What is wrong at one place. Found and allowed are in two languages, "Chinese\nEnglish", or what stands there.</summary>
/// <param name="Row">As the spreadsheet counts, from 1; 0 = the whole table.</param>
/// <param name="Column">As the spreadsheet names it, with its head; empty = the whole row.</param>
internal sealed record SheetProblem(int Row, string Column, string Found, string Allowed)
{
    /// <summary>The sentence behind the place.</summary>
    public string Chinese => $"{(Found.Contains('\n', StringComparison.Ordinal) ? "" : "写成 ")}{Halves(Found).Zh}，应为 {Halves(Allowed).Zh}";

    public string English => $"{Halves(Found).En}; allowed: {Halves(Allowed).En}";

    private static (string Zh, string En) Halves(string text) =>
        text.Split('\n') is [var chinese, var english] ? (chinese, english) : (text, text);
}

/// <summary>One row with cells; those of a column that is not there are empty.</summary>
internal sealed class SheetRow(int number, string[] cells, Dictionary<SheetColumn, int> places)
{
    private const int Letters = 26;

    public int Number => number;

    public string this[SheetColumn column] => places.TryGetValue(column, out int at) && at < cells.Length ? Trimmed(cells[at]) : "";

    public SheetProblem Problem(SheetColumn column, string found, string allowed) =>
        new(number, places.TryGetValue(column, out int at) ? $"{Letter(at)} {column.Name}" : column.Name, found, allowed);

    /// <summary>Blanks around a cell are not seen in a spreadsheet, and neither is a mark of text before a number.</summary>
    public static string Trimmed(string cell) => cell.Trim().Trim('\uFEFF');

    public static string Letter(int at) => at < Letters ? $"{(char)('A' + at)}"
        : $"{(char)('A' + at / Letters - 1)}{(char)('A' + at % Letters)}";
}

/// <summary>
/// Reads CSV as Excel and WPS write it: GB 18030, UTF-8 with or without its mark, or the "Unicode text" of UTF-16; separated by comma,
/// semicolon or tab; its first row names the columns.
/// </summary>
internal static class Sheet
{
    private const int Gb18030 = 54936;
    private const char FullWidthComma = '，';
    private const string MarkOfSeparator = "sep=";

    private static readonly char[] s_separators = [',', ';', '\t', FullWidthComma, '；'];

    /// <summary>The rows below the head that have anything in them; null when the table can't be read at all.</summary>
    /// <param name="bytes">At most <see cref="SheetLimits.BytesMax"/> are looked at; more are a problem.</param>
    public static IReadOnlyList<SheetRow>? Read(byte[] bytes, IReadOnlyList<SheetColumn> columns, ICollection<SheetProblem> problems)
    {
        if (bytes.Length > SheetLimits.BytesMax)
        {
            problems.Add(new SheetProblem(0, "", "文件太大\na file that is too large",
                $"至多 {SheetLimits.BytesMax} 字节\nat most {SheetLimits.BytesMax} bytes"));
            return null;
        }

        if (Text(bytes) is not { } text)
        {
            problems.Add(new SheetProblem(0, "", "不是文本，或编码不对（若是 .xlsx，请另存为 CSV）\nno text, or another encoding (save an .xlsx as CSV)",
                "GB 18030 或 UTF-8 的 CSV\nCSV in GB 18030 or UTF-8"));
            return null;
        }

        int before = problems.Count;
        List<(int Number, string[] Cells)> rows = Rows(text, problems);
        if (problems.Count > before)
        {
            return null;
        }

        if (rows.Count == 0)
        {
            problems.Add(new SheetProblem(0, "", "空表\nan empty table", Heads(columns)));
            return null;
        }

        Dictionary<SheetColumn, int> places = Places(rows[0].Number, rows[0].Cells, columns, problems);
        return problems.Count > before ? null : [.. rows.Skip(1).Select(row => new SheetRow(row.Number, row.Cells, places))];
    }

    /// <summary>A table that Excel opens as it is, in any language of Windows.</summary>
    public static byte[] Write(IReadOnlyList<SheetColumn> columns, IEnumerable<string[]> rows)
    {
        using MemoryStream bytes = new();
        using (StreamWriter text = new(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (CsvWriter csv = new(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            foreach (string[] row in rows.Prepend([.. columns.Select(c => c.Name)]))
            {
                foreach (string cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string? Text(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string? text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Strict(new UTF8Encoding(false, throwOnInvalidBytes: true), rest),
            [0xFF, 0xFE, .. var rest] => Strict(new UnicodeEncoding(false, false, throwOnInvalidBytes: true), rest),
            [0xFE, 0xFF, .. var rest] => Strict(new UnicodeEncoding(true, false, throwOnInvalidBytes: true), rest),
            _ => Strict(new UTF8Encoding(false, throwOnInvalidBytes: true), bytes) ?? Strict(
                Encoding.GetEncoding(Gb18030, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), bytes),
        };

        // A zip, which an .xlsx is, or a database can be read as GB 18030 by accident, but holds what no text does.
        return text is null || text.Any(c => c < ' ' && c is not ('\n' or '\r' or '\t')) ? null : text;
    }

    private static string? Strict(Encoding encoding, byte[] bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static List<(int Number, string[] Cells)> Rows(string text, ICollection<SheetProblem> problems)
    {
        using StringReader lines = new(text);
        string first = lines.ReadLine() ?? "";
        bool marked = first.StartsWith(MarkOfSeparator, StringComparison.OrdinalIgnoreCase) && first.Length > MarkOfSeparator.Length;
        char separator = marked ? first[MarkOfSeparator.Length] : s_separators.MaxBy(s => first.Count(c => c == s));
        int bad = 0;
        CsvConfiguration how = new(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            Delimiter = $"{separator}",
            BadDataFound = at => bad = bad == 0 ? at.Context.Parser?.Row ?? 1 : bad,
        };
        List<(int, string[])> rows = [];
        using CsvParser parser = new(new StringReader(text), how);
        while (parser.Read())
        {
            string[] cells = parser.Record ?? [];
            bool empty = cells.All(cell => SheetRow.Trimmed(cell).Length == 0) || (marked && parser.Row == 1);
            if (bad > 0)
            {
                problems.Add(new SheetProblem(bad, "", "引号没有成对，其后的行连成了一格\na quotation mark without its other one",
                    "成对的引号，或不用引号\nquotation marks in pairs, or none"));
                break;
            }

            if (!empty && rows.Count > SheetLimits.RowsMax)
            {
                problems.Add(new SheetProblem(parser.Row, "", "行太多\ntoo many rows",
                    $"至多 {SheetLimits.RowsMax} 行\nat most {SheetLimits.RowsMax} rows"));
                break;
            }

            if (!empty)
            {
                rows.Add((parser.Row, cells));
            }
        }

        return rows;
    }

    private static Dictionary<SheetColumn, int> Places(
        int row, string[] heads, IReadOnlyList<SheetColumn> columns, ICollection<SheetProblem> problems)
    {
        Dictionary<SheetColumn, int> places = [];
        for (int at = 0; at < heads.Length; at++)
        {
            string head = SheetRow.Trimmed(heads[at]);
            SheetColumn? column = columns.FirstOrDefault(c => c.Names.Contains(head, StringComparer.OrdinalIgnoreCase));
            string place = $"{SheetRow.Letter(at)}";
            if (column is null && head.Length > 0)
            {
                problems.Add(new SheetProblem(row, place, head, Heads(columns)));
            }
            else if (column is not null && !places.TryAdd(column, at))
            {
                problems.Add(new SheetProblem(row, place, $"{head} 写了两次\n{head} a second time", "每列一次\neach column once"));
            }
        }

        foreach (SheetColumn column in columns.Where(c => c.Required && !places.ContainsKey(c)))
        {
            problems.Add(new SheetProblem(row, "", $"缺少 {column.Name} 列\nno column {column.Names[^1]}", Heads(columns)));
        }

        return places;
    }

    private static string Heads(IReadOnlyList<SheetColumn> columns) =>
        $"第一行写列名：{string.Join('，', columns.Select(c => c.Name))}\na first row of heads: "
        + string.Join(", ", columns.Select(c => c.Names[^1]));
}
