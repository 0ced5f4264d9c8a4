// Owns: to whom cases are handed over, and how.
// Must never: hold a secret that shows in its text.

using System.Security.Cryptography.X509Certificates;

namespace Gateway.County.HandOver;

public sealed class HandOverSettings
{
    /// <summary>Names the receiver in rows and lists.</summary>
    public const string Platform = "platform";

    /// <summary>Where messages go: https, or http where the county says so; null = nowhere, the platform fetches them.</summary>
    public required Uri? Url { get; init; }

    /// <summary>Each message is signed with all of them; two while one takes the place of the other.</summary>
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>Whether addresses of the county's own networks are allowed: many a platform is in one.</summary>
    public bool Inside { get; init; }

    /// <summary>Authorities of which one has to have signed the receiver's certificate; empty = those of the system.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>Whether the contact of a place goes with each case.</summary>
    public bool Contact { get; init; }

    /// <summary>Whether the beginnings and ends of drills are told.</summary>
    public bool Drills { get; init; }

    /// <summary>What is wrong with an address as it is written: value and what is allowed; null when nothing is.</summary>
    public static string? Problem(string text, bool plain, bool inside)
    {
        string allowed = plain ? "https://HOST/PATH or http://HOST/PATH" : "https://HOST/PATH";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri is not { UserInfo: "", Fragment: "" } || uri.Host.Length == 0
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return $"'{Shown(text)}'; allowed: {allowed}";
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !plain)
        {
            return $"'{Shown(text)}' is without encryption; allowed: {allowed}, or --handover-plain with it";
        }

        return !inside && System.Net.IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out System.Net.IPAddress? address)
            && InsideAddress.Is(address)
            ? $"'{Shown(text)}' is inside; allowed: one outside, or --handover-inside with it" : null;
    }

    /// <summary>What is no secret of it: there are those who write a password or a token into an address.</summary>
    private static string Shown(string text)
    {
        string shown = PlainText.Clean(text.Split('?', '#')[0]);
        int at = shown.LastIndexOf('@');
        return at < 0 ? shown : "…" + shown[at..];
    }
}
