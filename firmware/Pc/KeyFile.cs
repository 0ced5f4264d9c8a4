// Owns: reading the station's key and broker password from their file.
// Must never: print, log or put into an error what the file holds.

using System.Text;
using Gateway.Contract;
using Gateway.Mqtt;

namespace Gateway.Pc;

/// <summary>A station's secrets: a class, not a record, so that it has no text of its own.</summary>
public sealed class StationKey
{
    private StationKey(byte[] key, string? password)
    {
        Key = key;
        Password = password;
    }

    /// <summary>32 bytes.</summary>
    public byte[] Key { get; }

    /// <summary>Certificates for the way to the brokers; null = without TLS.</summary>
    public MqttTls? Tls { get; set; }

    /// <summary>For the broker; null when the file has none.</summary>
    public string? Password { get; }

    private const int FileBytesMax = 4096;
    private const int PasswordBytesMax = 256;
    private const string KeyAllowed = "key 和 64 位十六进制 and 64 hex digits";
    private const string PasswordAllowed = "password 和 1..256 字节 and 1..256 bytes";

    /// <summary>Reads lines <c>key HEX</c> and <c>password TEXT</c>;
    /// '#' begins a comment line. Null and errors when anything is wrong.</summary>
    /// <param name="path">As the user wrote it, since errors show it.</param>
    public static StationKey? Read(string path, ICollection<string> errors)
    {
        byte[]? bytes = BoundedFile.Read(path, FileBytesMax, "a readable key file", errors);
        return bytes is null ? null : Parse(path, bytes, errors);
    }

    public static StationKey? Parse(string path, byte[] bytes, ICollection<string> errors)
    {
        int before = errors.Count;
        byte[]? key = null;
        string? password = null;
        if (bytes.Length > FileBytesMax)
        {
            errors.Add(PlaceError.Text(path, 0, "a longer file", $"at most {FileBytesMax} bytes"));
            return null;
        }

        int bad = Core.Utf8.FirstBad(bytes, 0, bytes.Length);
        if (bad >= 0)
        {
            int badLine = bytes.AsSpan(0, bad).Count((byte)'\n') + 1;
            errors.Add(PlaceError.Text(path, badLine, "a byte that is not UTF-8 text", "UTF-8 without control characters"));
            return null;
        }

        string[] lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] words = line.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string value = words.Length == 2 ? words[1] : "";
            switch (words[0])
            {
                case "key" when key is not null:
                    errors.Add(PlaceError.Text(path, i + 1, "key a second time", "one key line"));
                    break;
                case "key":
                    key = Hex(value);
                    if (key is null)
                    {
                        errors.Add(PlaceError.Text(path, i + 1, $"a key of {value.Length} characters", KeyAllowed));
                        key = [];
                    }

                    break;
                case "password" when password is not null:
                    errors.Add(PlaceError.Text(path, i + 1, "password a second time", "one password line"));
                    break;
                case "password":
                    password = value;
                    if (value.Length == 0 || Encoding.UTF8.GetByteCount(value) > PasswordBytesMax)
                    {
                        errors.Add(PlaceError.Text(path, i + 1, "a password of the wrong length", PasswordAllowed));
                    }

                    break;
                default:
                    // The word is not shown: it may be a key that somebody pasted without its name.
                    errors.Add(PlaceError.Text(path, i + 1, "a line that begins with neither", "key, password, # comment"));
                    break;
            }
        }

        if (key is null)
        {
            errors.Add(PlaceError.Text(path, 0, "no key line", KeyAllowed));
        }

        return errors.Count == before && key is not null ? new StationKey(key, password) : null;
    }

    private static byte[]? Hex(string text)
    {
        bool good = text.Length == Mac.KeyBytes * 2 && text.All(char.IsAsciiHexDigit);
        return good ? Convert.FromHexString(text) : null;
    }
}
