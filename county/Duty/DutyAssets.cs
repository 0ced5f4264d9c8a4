// Owns: the one style and the one script, by names that change with their text, and the pages that explain it all, to be printed.
// Must never: serve a file of the disk.

using System.Security.Cryptography;

namespace Gateway.County.Duty;

/// <summary>An asset inside the assembly.</summary>
internal sealed record DutyAsset(string Path, string Type, byte[] Bytes)
{
    public static DutyAsset Style { get; } = Of("duty.css");

    public static DutyAsset Script { get; } = Of("duty.js");

    /// <summary>The sheet of people on duty, the sheet of who looks after it, and what belongs to them.</summary>
    public static IReadOnlyList<DutyAsset> Help { get; } =
    [
        .. typeof(DutyAsset).Assembly.GetManifestResourceNames().Where(name => name.Contains('/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => new DutyAsset("/" + name, TypeOf(name), Read(name))),
    ];

    private static DutyAsset Of(string name)
    {
        byte[] bytes = Read(name);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, sizeof(long)));
        string[] parts = name.Split('.');
        return new DutyAsset($"/assets/{parts[0]}.{hash}.{parts[1]}", TypeOf(name), bytes);
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        _ => "image/png",
    };

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(DutyAsset).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
