// Owns: the options of `county run` that hand cases over to a platform, and the room that follows from them.
// Must never: take a secret from the command line, or show one.

using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.County.HandOver;

namespace Gateway.County.Server;

internal sealed class HandOverOptions
{
    private const string SecretAllowed =
        "a file with a secret in its first line, and the one before it in a second: " + WebhookSecret.Allowed;

    private readonly Option<string?> _url = new("--handover-url")
    {
        Description = "Where cases are handed over to the county's platform, as signed webhooks (county/HandOver/HANDOVER.md).",
        HelpName = "URL",
    };

    private readonly Option<string?> _secret = new("--handover-secret")
    {
        Description = "The file of the secret that signs them: county handover rotate makes one.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _ca = new("--handover-ca")
    {
        Description = "The platform's certificate is signed by one of the authorities in this PEM file, and not by one of the system's.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _inside = new("--handover-inside")
    {
        Description = "The platform is in a network of the county's own: private addresses are allowed.",
    };

    private readonly Option<bool> _plain = new("--handover-plain")
    {
        Description = "http is allowed: everybody on the way can read and change what is said.",
    };

    private readonly Option<bool> _contact = new("--handover-contact")
    {
        Description = "The name and telephone number in a place's file go with each case.",
    };

    private readonly Option<bool> _drills = new("--handover-drills")
    {
        Description = "The platform is told when a station's drill begins and ends.",
    };

    private readonly Option<string?> _listen = new("--handover-listen")
    {
        Description = "Where feedback comes in and cases are fetched, on this machine alone; a web server with TLS before it.",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _feedback = new("--handover-feedback-secret")
    {
        Description = "The file of the secret that signs feedback; another one than --handover-secret.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _token = new("--handover-pull-token")
    {
        Description = "A file with the token in its first line by which a platform behind a firewall fetches cases.",
        HelpName = "FILE",
    };

    public HandOverOptions() => Listeners.TakeLoopback(_listen);

    private readonly Option<string[]> _robots = new("--robot")
    {
        Description = $"A group robot, or a gateway for SMS or voice, once or several times: {RobotSettings.Allowed}.",
        HelpName = "ROBOT",
        Arity = ArgumentArity.OneOrMore,
    };

    public IEnumerable<Option> All => [_url, _secret, _ca, _inside, _plain, _contact, _drills, _listen, _feedback, _token, _robots];

    /// <summary>All to whom cases are handed over.</summary>
    /// <exception cref="CommandException">One cannot be.</exception>
    public IReadOnlyList<IHandOverReceiver> Receivers(ParseResult parsed)
    {
        List<IHandOverReceiver> receivers = [];
        if (Settings(parsed) is { } platform)
        {
            receivers.Add(new PlatformReceiver(platform, new HandOverWords()));
        }

        bool inside = parsed.GetValue(_inside);
        foreach (string text in parsed.GetValue(_robots) ?? [])
        {
            (RobotSettings? robot, string? problem) = RobotSettings.Parse(text);
            if (robot is null)
            {
                throw new CommandException($"{_robots.Name}: {problem}");
            }

            string[] lines = [.. Lines(_robots.Name, robot.File)];
            if (robot.Problem(lines, parsed.GetValue(_plain), inside) is { } wrong)
            {
                throw new CommandException($"{_robots.Name}: '{robot.File}': {wrong}");
            }

            if (receivers.Any(one => one.Name == robot.Name))
            {
                throw new CommandException($"{_robots.Name}: '{robot.Name}' a second time; allowed: each name once");
            }

            receivers.Add(new RobotReceiver(robot, lines, inside, new HandOverWords()));
        }

        return receivers;
    }

    /// <summary>Where requests come in, and who may; null where none do.</summary>
    /// <exception cref="CommandException">They cannot be.</exception>
    public (IPEndPoint Where, string Option, DoorSettings Settings)? Door(ParseResult parsed)
    {
        (string? secret, string? token) = (parsed.GetValue(_feedback), parsed.GetValue(_token));
        if (parsed.GetValue(_listen) is not { } where)
        {
            Option? alone = secret is not null ? _feedback : token is not null ? _token : null;
            return alone is null ? null : throw new CommandException($"{alone.Name}: without {_listen.Name}; allowed: with it alone");
        }

        return secret is null && token is null
            ? throw new CommandException($"{_listen.Name}: allowed: with {_feedback.Name}, {_token.Name}, or both")
            : (Listeners.Loopback(where)!, _listen.Name, new DoorSettings(
                secret is null ? [] : Secrets(_feedback.Name, secret),
                token is null ? null : SecretFiles.ReadPassword(_token.Name, token)));
    }

    /// <summary>The settings; null where nothing is handed over.</summary>
    /// <exception cref="CommandException">They cannot be.</exception>
    private HandOverSettings? Settings(ParseResult parsed)
    {
        if (parsed.GetValue(_url) is not { } url)
        {
            Option? alone = ((Option[])[_secret, _ca])
                .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return alone is not null ? throw new CommandException($"{alone.Name}: without {_url.Name}; allowed: with it alone")
                : parsed.GetValue(_token) is null ? null
                : new HandOverSettings
                {
                    Url = null, Secrets = [], Contact = parsed.GetValue(_contact), Drills = parsed.GetValue(_drills),
                };
        }

        bool inside = parsed.GetValue(_inside);
        if (HandOverSettings.Problem(url, parsed.GetValue(_plain), inside) is { } problem)
        {
            throw new CommandException($"{_url.Name}: {problem}");
        }

        string file = parsed.GetValue(_secret)
            ?? throw new CommandException($"{_secret.Name}: missing; allowed: the file that county handover rotate makes");
        X509Certificate2Collection authorities = [];
        if (parsed.GetValue(_ca) is { } ca)
        {
            try
            {
                authorities.ImportFromPem(SecretFiles.Pem(_ca.Name, ca));
            }
            catch (CryptographicException e)
            {
                throw new CommandException($"{_ca.Name}: '{ca}': {e.Message}; allowed: certificates in PEM", e);
            }

            if (authorities.Count == 0)
            {
                throw new CommandException($"{_ca.Name}: '{ca}' has no certificate; allowed: certificates in PEM");
            }
        }

        return new HandOverSettings
        {
            Url = new Uri(url),
            Secrets = Secrets(_secret.Name, file),
            Inside = inside,
            Authorities = authorities,
            Contact = parsed.GetValue(_contact),
            Drills = parsed.GetValue(_drills),
        };
    }

    /// <summary>The secrets of a file, the newest first.</summary>
    /// <exception cref="CommandException">It has none, or what is none.</exception>
    public static IReadOnlyList<WebhookSecret> Secrets(string option, string file)
    {
        string[] lines = [.. Lines(option, file)];
        WebhookSecret?[] secrets = [.. lines.Select(WebhookSecret.Parse)];
        int bad = Array.IndexOf(secrets, null);
        return secrets.Length is 1 or 2 && bad < 0 ? [.. secrets.OfType<WebhookSecret>()]
            : throw new CommandException(bad >= 0 ? $"{option}: '{file}' line {bad + 1} is no secret; allowed: {SecretAllowed}"
                : $"{option}: '{file}' has {secrets.Length} lines; allowed: {SecretAllowed}");
    }

    /// <summary>The lines of a file of secrets that are not empty.</summary>
    public static IEnumerable<string> Lines(string option, string file) =>
        Encoding.UTF8.GetString(SecretFiles.Bytes(option, file, ServerLimits.PasswordBytesMax, SecretAllowed))
            .ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0);
}

/// <summary>Cases in the words of the county's lists.</summary>
internal sealed class HandOverWords : ICaseWords
{
    public string Title(Case of) => CaseText.Title(of);

    public string State(Case of) => CaseText.State(of);

    public string Grade(Case of) => CaseText.Grade(of.Grade);

    public string Step(CaseStep of) => CaseText.Words(of);

    public string Event(StoredEvent of) => EventText.Words(of);
}
