// Owns: where the page stands: its own origin, whether a proxy stands before it, and from where somebody comes.
// Must never: believe what a proxy would say where none stands.

using Microsoft.AspNetCore.Http;

namespace Gateway.County.Duty;

/// <param name="Proxy">The origin by which people reach a proxy that stands before the page, such as https://duty.example; or null.</param>
internal sealed record DutySite(string? Proxy)
{
    /// <summary>Why this is no such origin; null when it is one.</summary>
    public static string? Problem(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "https" or "http" && origin == uri.GetLeftPart(UriPartial.Authority) && uri.UserInfo.Length == 0
            ? null : $"'{PlainText.Clean(origin)}'; allowed: the origin by which people reach the proxy, such as https://duty.example:8443";

    public bool IsSecure(HttpContext context) =>
        Proxy?.StartsWith("https:", StringComparison.Ordinal) ?? context.Request.IsHttps;

    /// <summary>Whether a form was sent by a page of ours. A browser always says where a form comes from.</summary>
    public bool IsOwn(HttpContext context)
    {
        string own = Proxy ?? $"{context.Request.Scheme}://{context.Request.Host.Value}";
        return string.Equals(context.Request.Headers.Origin, own, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The address that is braked after wrong passwords. A proxy puts it last.</summary>
    public string AddressOf(HttpContext context)
    {
        string? told = Proxy is null ? null : context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return told is { Length: > 0 and <= CountyLimits.DutyAddressMax } ? PlainText.Clean(told)
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
    }
}
