// Owns: a city centre that is served: where it is, what it is called in frames, and its ways; as one text.
// Must never: hold a secret; the protocol has none.

using System.Net;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>One centre. As text: name=city,to=10.1.2.3:5200,centre=889 and what else is needed, with commas.</summary>
public sealed record CentreProfile
{
    /// <summary>What a text looks like, for messages.</summary>
    public const string Allowed =
        "name=WORD,to=ADDRESS:PORT,centre=ADDRESS and, where needed, by=udp, source=ADDRESS, drills=yes, answer=1..10, profile=FLAG+FLAG";

    public required string Name { get; init; }

    public required IPEndPoint To { get; init; }

    public bool Udp { get; init; }

    /// <summary>The centre's address in frames.</summary>
    public required PeerAddress Centre { get; init; }

    /// <summary>One source address for all frames; null = each station's number.</summary>
    public PeerAddress? Source { get; init; }

    public PeerFlags Flags { get; init; }

    /// <summary>Whether drills are told, as tests.</summary>
    public bool Drills { get; init; }

    /// <summary>How long an exchange waits for the centre's answer, ms.</summary>
    public int AnswerMs { get; init; } = CountyLimits.PeerAnswerMs;

    /// <summary>Reads a text; null with what is wrong.</summary>
    public static CentreProfile? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        problem = "";
        foreach (string part in text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !words.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                problem = $"'{part}'; allowed: {Allowed}";
                return null;
            }
        }

        string name = words.GetValueOrDefault("name", "");
        string to = words.GetValueOrDefault("to", "");
        PeerFlags flags = PeerFlags.None;
        PeerAddress centre = default, source = default;
        string[] known = ["name", "to", "centre", "by", "source", "drills", "answer", "profile"];
        problem = words.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown ? $"'{unknown}'; allowed: {Allowed}"
            : name.Length is 0 or > PeerLimits.CentreNameCharsMax || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                ? $"name '{name}'; allowed: 1..{PeerLimits.CentreNameCharsMax} characters of A-Z a-z 0-9 - _"
            : !IPEndPoint.TryParse(to, out IPEndPoint? at) || at.Port == 0 || at.Address.Equals(IPAddress.Any)
                || at.Address.Equals(IPAddress.IPv6Any) ? $"to '{to}'; allowed: the centre's IP address and port"
            : !ProfileText.TryAddress(words.GetValueOrDefault("centre", ""), out centre)
                ? $"centre '{words.GetValueOrDefault("centre", "")}'; allowed: {ProfileText.AddressAllowed}"
            : words.TryGetValue("source", out string? own) && !ProfileText.TryAddress(own, out source)
                ? $"source '{own}'; allowed: {ProfileText.AddressAllowed}"
            : words.GetValueOrDefault("by", "tcp") is not ("tcp" or "udp") ? $"by '{words["by"]}'; allowed: tcp, udp"
            : words.GetValueOrDefault("drills", "no") is not ("yes" or "no") ? $"drills '{words["drills"]}'; allowed: yes, no"
            : words.TryGetValue("answer", out string? answer)
                && !(int.TryParse(answer, out int s) && s is >= 1 and <= PeerLimits.CentreAnswerMaxS)
                ? $"answer '{answer}'; allowed: 1..{PeerLimits.CentreAnswerMaxS} seconds"
            : !ProfileText.TryParse(words.GetValueOrDefault("profile", "none").Replace('+', ','), out flags)
                ? $"profile '{words["profile"]}'; allowed: {ProfileText.AllowedInText}"
            : "";
        return problem.Length > 0 ? null : new CentreProfile
        {
            Name = name,
            To = IPEndPoint.Parse(to),
            Udp = words.GetValueOrDefault("by") == "udp",
            Centre = centre,
            Source = words.ContainsKey("source") ? source : null,
            Flags = flags,
            Drills = words.GetValueOrDefault("drills") == "yes",
            AnswerMs = words.TryGetValue("answer", out string? seconds) ? int.Parse(seconds) * 1000 : CountyLimits.PeerAnswerMs,
        };
    }
}
