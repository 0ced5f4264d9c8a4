// Owns: a station's key, broker password and certificates on the PC.
// Must never: print, log or put into an error what they hold.

using Gateway.Mqtt;
using Gateway.Start;

namespace Gateway.Pc;

/// <summary>A station's secrets: a class, not a record, so that it has no text of its own.</summary>
public sealed class StationKey
{
    private StationKey(KeyText text)
    {
        Key = text.Key;
        Password = text.Password;
    }

    /// <summary>32 bytes.</summary>
    public byte[] Key { get; }

    /// <summary>Certificates for the way to the brokers; null = without TLS.</summary>
    public MqttTls? Tls { get; set; }

    /// <summary>For the broker; null when the file has none.</summary>
    public string? Password { get; }

    /// <summary>Null and errors when anything is wrong.</summary>
    /// <param name="path">As the user wrote it, since errors show it.</param>
    public static StationKey? Read(string path, ICollection<string> errors)
    {
        byte[]? bytes = BoundedFile.Read(path, StartLimits.KeyFileBytesMax, "可读的密钥文件\na readable key file", errors);
        return bytes is null ? null : Parse(path, bytes, errors);
    }

    public static StationKey? Parse(string path, byte[] bytes, ICollection<string> errors) =>
        KeyText.Parse(path, bytes, bytes.Length, new ErrorNotes(errors)) is { } text ? new StationKey(text) : null;
}
