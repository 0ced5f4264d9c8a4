// Owns: the file of a station's place: what whoever goes there has to know, and how it is read from a table.
// Must never: take half a table: one bad line refuses all of it.

using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace Gateway.County;

/// <summary>One place (一户一档). What is not known is empty.</summary>
public sealed record PlaceFile
{
    public required uint Station { get; init; }

    public string Address { get; init; } = "";

    public string Contact { get; init; } = "";

    public string Telephone { get; init; } = "";

    /// <summary>How many persons sleep there; 0 = none, or not known.</summary>
    public int Sleeping { get; init; }

    /// <summary>Gas there: bottles, pipes, and where it is shut.</summary>
    public string Gas { get; init; } = "";

    /// <summary>Who has the keys.</summary>
    public string Keys { get; init; } = "";

    public string Notes { get; init; } = "";

    /// <summary>Degrees as they were given, and of which datum: CGCS2000 or GCJ-02; they differ by hundreds of metres.</summary>
    public string Longitude { get; init; } = "";

    public string Latitude { get; init; } = "";

    public string Datum { get; init; } = "";

    private const NumberStyles DegreeStyle = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    private static readonly string[][] s_columns =
    [
        ["station", "站点"], ["address", "地址"], ["contact", "联系人"], ["telephone", "电话"], ["sleeping", "住宿人数"], ["gas", "燃气"],
        ["keys", "钥匙"], ["notes", "备注"], ["longitude", "经度"], ["latitude", "纬度"], ["datum", "坐标系"],
    ];

    /// <summary>The names that a table's first line may have.</summary>
    public static string Allowed => string.Join(", ", s_columns.Select(names => string.Join(' ', names)));

    /// <summary>Reads a table of comma-separated values whose first line names its columns, in any order.</summary>
    /// <returns>The places, or what is wrong first: line, value and what is allowed.</returns>
    public static (IReadOnlyList<PlaceFile> Places, string? Problem) Read(string text)
    {
        using TextFieldParser table = new(new StringReader(text)) { TextFieldType = FieldType.Delimited };
        table.SetDelimiters(",");
        Dictionary<uint, PlaceFile> places = [];
        int[]? columns = null;
        while (!table.EndOfData)
        {
            long line = table.LineNumber;
            string[] cells;
            try
            {
                cells = table.ReadFields() ?? [];
            }
            catch (MalformedLineException)
            {
                return ([], $"line {line}: quotes that do not close; allowed: \"a, b\" for a text with a comma");
            }

            if (columns is null)
            {
                columns = [.. cells.Select(cell =>
                    Array.FindIndex(s_columns, names => names.Contains(cell, StringComparer.OrdinalIgnoreCase)))];
                int bad = Array.FindIndex(columns, column => column < 0);
                if (bad >= 0 || !columns.Contains(0) || columns.Distinct().Count() < columns.Length)
                {
                    return ([], $"line {line}: '{PlainText.Clean(bad >= 0 ? cells[bad] : string.Join(',', cells))}'; allowed: each once, "
                        + $"station among them: {Allowed}");
                }

                continue;
            }

            if (cells.Length != columns.Length)
            {
                return ([], $"line {line}: {cells.Length} cells; allowed: {columns.Length}, as in the first line");
            }

            string Cell(int column) => Array.IndexOf(columns, column) is >= 0 and var at ? cells[at] : "";
            (PlaceFile? place, string? problem) = Of(Cell);
            if (place is null)
            {
                return ([], $"line {line}: {problem}");
            }

            if (!places.TryAdd(place.Station, place))
            {
                return ([], $"line {line}: station {place.Station} a second time; allowed: each once");
            }
        }

        return ([.. places.Values], columns is null ? $"nothing in it; allowed: a first line of {Allowed}" : null);
    }

    private static (PlaceFile? Place, string? Problem) Of(Func<int, string> cell)
    {
        for (int i = 1; i < s_columns.Length; i++)
        {
            if (cell(i) is var text && (text.Length > CountyLimits.PlaceTextMax || PlainText.FirstBad(text) is not null))
            {
                return (null, $"{s_columns[i][0]}: '{PlainText.Clean(text)}'; allowed: 0..{CountyLimits.PlaceTextMax} characters that "
                    + "are seen");
            }
        }

        if (!uint.TryParse(cell(0), NumberStyles.None, CultureInfo.InvariantCulture, out uint station) || station == 0)
        {
            return (null, $"station: '{PlainText.Clean(cell(0))}'; allowed: 1..4294967295");
        }

        int sleeping = 0;
        if (cell(4) is { Length: > 0 } count
            && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out sleeping) || sleeping > CountyLimits.SleepingMax))
        {
            return (null, $"sleeping: '{count}'; allowed: 0..{CountyLimits.SleepingMax}");
        }

        if (!Degrees(cell(8), 180) || !Degrees(cell(9), 90) || (cell(8).Length == 0) != (cell(9).Length == 0))
        {
            return (null, $"longitude, latitude: '{cell(8)}', '{cell(9)}'; allowed: both or neither, in degrees such as 119.6474, 29.0791");
        }

        if (cell(8).Length == 0 ? cell(10).Length > 0 : cell(10) is not ("CGCS2000" or "GCJ-02"))
        {
            return (null, $"datum: '{cell(10)}'; allowed: CGCS2000 or GCJ-02 beside longitude and latitude");
        }

        return (new PlaceFile
        {
            Station = station,
            Address = cell(1),
            Contact = cell(2),
            Telephone = cell(3),
            Sleeping = sleeping,
            Gas = cell(5),
            Keys = cell(6),
            Notes = cell(7),
            Longitude = cell(8),
            Latitude = cell(9),
            Datum = cell(10),
        }, null);
    }

    private static bool Degrees(string text, int most) => text.Length == 0
        || (double.TryParse(text, DegreeStyle, CultureInfo.InvariantCulture, out double degrees) && Math.Abs(degrees) <= most);
}
