// Owns: the one style and the one script, by names that change with their text.
// Must never: serve a file of the disk.

using System.Security.Cryptography;

namespace Gateway.County.Duty;

/// <summary>An asset inside the assembly.</summary>
internal sealed record DutyAsset(string Path, string Type, byte[] Bytes)
{
    public static DutyAsset Style { get; } = Of("duty.css", "text/css; charset=utf-8");

    public static DutyAsset Script { get; } = Of("duty.js", "text/javascript; charset=utf-8");

    private static DutyAsset Of(string name, string type)
    {
        using Stream stream = typeof(DutyAsset).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, sizeof(long)));
        string[] parts = name.Split('.');
        return new DutyAsset($"/assets/{parts[0]}.{hash}.{parts[1]}", type, bytes);
    }
}
