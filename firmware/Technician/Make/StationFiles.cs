// Owns: the files of a new station: settings, key, network, and its row for the county.
// Must never: show a key or password.

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Contract;
using Gateway.Sheets;

namespace Gateway.Technician.Make;

/// <summary>A station's files in its folder, and its row of the county's table.</summary>
internal sealed record MadeStation(IReadOnlyList<NewFile> Files, string[] Row);

internal static class StationFiles
{
    public const string Settings = "station.conf";
    public const string Key = "station.key";
    public const string Network = "network.json";
    public const string Handover = "county-import.csv";

    // Without characters that are taken for each other.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Files for the flashing tool: Chinese names in them stay readable, since they are for no browser.</summary>
    public static readonly JsonSerializerOptions ToolJson = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The settings of a station that is named by its folder, or by the file itself.</summary>
    public static string SettingsOf(string path) => Directory.Exists(path) ? Path.Combine(path, Settings) : path;

    public static MadeStation Of(StationDraft draft, string text)
    {
        string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Mac.KeyBytes));
        string password = RandomNumberGenerator.GetString(Alphabet, TechnicianLimits.PasswordChars);
        List<NewFile> files =
        [
            new(Settings, Encoding.UTF8.GetBytes(text)),
            new(Key, Encoding.UTF8.GetBytes($"key {key}\npassword {password}\n"), Secret: true),
        ];
        if (draft.Wifi.Length > 0)
        {
            files.Add(new NewFile(Network, NetworkOf(draft), Secret: true));
        }

        return new MadeStation(files, [$"{draft.Number}", draft.County, draft.Township, draft.Village, draft.Name, key, password]);
    }

    public static NewFile Table(IEnumerable<string[]> rows) => new(Handover, Sheet.Write(StationSheet.Handover, rows), Secret: true);

    /// <summary>What is wrong with a network's name or password, or null; found and allowed in two languages.</summary>
    /// <param name="name">Empty = a cable, and no password is looked at.</param>
    public static (string Found, string Allowed)? WifiProblem(string name, string password) =>
        name.Length == 0 ? null : WifiNameProblem(name) ?? WifiPasswordProblem(password);

    public static (string Found, string Allowed)? WifiNameProblem(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        return bytes <= TechnicianLimits.WifiNameBytesMax ? null
            : ($"{bytes} 字节的网络名\na network's name of {bytes} bytes",
                $"至多 {TechnicianLimits.WifiNameBytesMax} 字节\nat most {TechnicianLimits.WifiNameBytesMax} bytes");
    }

    public static (string Found, string Allowed)? WifiPasswordProblem(string password)
    {
        bool plain = password.All(c => c is >= ' ' and <= '~');
        bool fits = password.Length is >= TechnicianLimits.WifiPasswordCharsMin and <= TechnicianLimits.WifiPasswordCharsMax;
        return plain && fits ? null
            : ($"{password.Length} 个字符的无线密码，或有键盘上没有的字符\na Wi-Fi password of {password.Length} characters, or with unusual ones",
                $"{TechnicianLimits.WifiPasswordCharsMin}..{TechnicianLimits.WifiPasswordCharsMax} 个字母、数字、符号\n"
                + $"{TechnicianLimits.WifiPasswordCharsMin}..{TechnicianLimits.WifiPasswordCharsMax} letters, digits, signs");
    }

    // Without AutoConnect the box would have the network and not use it. No port: the one of the command line counts.
    private static byte[] NetworkOf(StationDraft draft) => JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["WirelessClient"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["Ssid"] = draft.Wifi,
                ["Password"] = draft.WifiPassword,
                ["Authentication"] = "WPA2",
                ["Encryption"] = "WPA2",
                ["ConfigurationOption"] = "AutoConnect",
                ["DhcpEnabled"] = true,
            },
        },
        ToolJson);
}
