// Owns: a settings text as the device reads it, beside what its lines say in so many words.
// Must never: judge a setting; Core's parser does.

using System.Text;
using Gateway.Core;
using Gateway.Start;
using Gateway.Technician.Make;

namespace Gateway.Technician;

/// <summary>A text, the settings that the device makes of it, and its lines.</summary>
internal sealed class StationText
{
    private readonly SettingsErrors _errors = new();
    private readonly Dictionary<int, SettingsLine> _zones = [];

    private StationText(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes;
        Settings = SettingsParser.Parse(bytes, bytes.Length, Shape(), _errors);
        Lines = bytes.Length > Limits.SettingsBytesMax ? [] : LinesOf(bytes);
        if (Settings is not null)
        {
            ReadLines();
        }
    }

    /// <summary>As the technician wrote it.</summary>
    public string Path { get; }

    public byte[] Bytes { get; }

    /// <summary>Null = the device refuses the text.</summary>
    public Settings? Settings { get; }

    public SettingsErrors Errors => _errors;

    public IReadOnlyList<string> Lines { get; }

    /// <summary>The words of each rule behind "rule", in the order of the text.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rules { get; private set; } = [];

    /// <summary>Reads a file, or that of a station's folder.</summary>
    /// <exception cref="TroubleException">It can't be read.</exception>
    public static StationText Read(Tongue tongue, string path)
    {
        string inFolder = StationFiles.SettingsOf(path), file = File.Exists(inFolder) ? inFolder : path;
        return new StationText(file, SmallFile.Read(tongue, file, Limits.SettingsBytesMax));
    }

    public static StationText Of(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>What the device says of an error, behind its place.</summary>
    public (string Chinese, string English) Sentence(int error)
    {
        string whole = _errors.Text(error, "");
        return Tongue.Halves(whole[(whole.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>What a zone's line has under a key, as written; null = nothing.</summary>
    public string? Written(int zoneNumber, SettingKey key) => _zones[zoneNumber].Raw(key);

    /// <summary>A text without a board line is for the carrier; any other board may be named.</summary>
    private static BoardShape Shape()
    {
        Board[] boards = BoardList.All();
        foreach (Board board in boards)
        {
            board.Shape.ShowsNames = true;
        }

        return BoardList.ShapeUnnamed(boards);
    }

    private static string[] LinesOf(byte[] bytes)
    {
        int start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        return Encoding.UTF8.GetString(bytes.AsSpan(start)).Split('\n');
    }

    private void ReadLines()
    {
        List<IReadOnlyList<string>> rules = [];
        for (int i = 0; i < Lines.Count; i++)
        {
            // A line object keeps the last line only.
            var line = new SettingsLine(new SettingsErrors());
            if (!line.Read(Lines[i].TrimEnd('\r'), i + 1) || line.Command is not ("zone" or "rule"))
            {
                continue;
            }

            if (line.Command == "zone")
            {
                _zones[line.Number1(SettingKey.Zone)] = line;
                continue;
            }

            List<string> words = [];
            while (line.Next() is { } word)
            {
                words.Add(word);
            }

            rules.Add(words);
        }

        Rules = rules;
    }
}
