// Owns: the options of `county run` about the duty page, and its listener.
// Must never: serve it in the clear beyond this machine, unless somebody says that a proxy stands before it.

using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gateway.County.Duty;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Server;

internal sealed class PageOptions
{
    private const string Allowed = "an IP address of this machine and a port 1..65535, such as 127.0.0.1:8080";

    private readonly Option<string?> _page = new("--page")
    {
        Description = "Where the duty page is served: on this machine alone, or with a certificate, or behind a proxy. 值班页。",
        HelpName = "ADDRESS:PORT",
    };

    private readonly Option<string?> _cert = new("--page-cert")
    {
        Description = "The duty page's certificate in PEM, for TLS.", HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--page-key") { Description = "The key of --page-cert in PEM.", HelpName = "FILE" };

    private readonly Option<string?> _proxy = new("--page-proxy")
    {
        Description = "A proxy with TLS stands before the duty page, and people reach it by this origin, such as https://duty.example.",
        HelpName = "ORIGIN",
    };

    private readonly Option<bool> _required = new("--page-required")
    {
        Description = "A fire that waits 30 s without an open duty page that sounds goes up a level. 须有值班页。",
    };

    public PageOptions()
    {
        _page.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && At(result.Tokens[0].Value) is null)
            {
                result.AddError($"--page: '{result.Tokens[0].Value}'; allowed: {Allowed}");
            }
        });
        _proxy.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && DutySite.Problem(result.Tokens[0].Value.Replace(EngineRun.Place, "0", StringComparison.Ordinal)) is { } problem)
            {
                result.AddError($"--page-proxy: {problem}");
            }
        });
    }

    public IReadOnlyList<Option> All => [_page, _cert, _key, _proxy, _required];

    /// <summary>The open pages, where the county requires one; null = none is required.</summary>
    public IDutyPages? Required(DutyRoom? room, ParseResult parsed, LiveList list)
    {
        if (room is null || !parsed.GetValue(_required))
        {
            return null;
        }

        room.Missed.Tell = line => list.Note("red bold", line);
        return room.Missed;
    }

    /// <summary>Where the page is to be served, and with which certificate; null when none is asked for.</summary>
    /// <exception cref="CommandException">It cannot be.</exception>
    public (IPEndPoint Where, X509Certificate2? Tls)? Asked(ParseResult parsed)
    {
        (string? page, string? cert, string? key, string? proxy) =
            (parsed.GetValue(_page), parsed.GetValue(_cert), parsed.GetValue(_key), parsed.GetValue(_proxy));
        if (page is null)
        {
            if (parsed.GetValue(_required))
            {
                throw new CommandException("--page-required: without --page; allowed: with --page alone");
            }

            return (cert ?? key ?? proxy) is { } other
                ? throw new CommandException(
                    $"--page-cert, --page-key, --page-proxy: '{other}' without --page; allowed: with --page alone")
                : null;
        }

        bool many = proxy?.Contains(EngineRun.Place, StringComparison.Ordinal) ?? false;
        if (many != parsed.GetValue<string?>("--engine") is not null)
        {
            throw new CommandException(
                $"--page-proxy: '{proxy}'; allowed: with --engine an origin with {EngineRun.Place} in it, such as "
                + $"https://{EngineRun.Place}.duty.example, and without it one of this county");
        }

        if (cert is null != key is null)
        {
            throw new CommandException($"--page-cert, --page-key: only '{cert ?? key}'; allowed: both or neither");
        }

        IPEndPoint where = At(page)!;
        if (!IPAddress.IsLoopback(where.Address) && cert is null && proxy is null)
        {
            throw new CommandException(
                $"--page: '{page}' in the clear; allowed: an address of this machine alone, --page-cert with --page-key, or --page-proxy");
        }

        return (where, cert is null ? null : CertificateFiles.Certificate(cert, key!, "--page-cert", "--page-key"));
    }

    /// <summary>The page, listening; null when none is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="asked">What it asks for.</param>
    /// <param name="database">As of --db.</param>
    /// <param name="listeners">Where it listens.</param>
    /// <param name="log">For what goes wrong.</param>
    /// <param name="stopping">Ends its streams.</param>
    public DutyRoom? Room(
        ParseResult parsed, (IPEndPoint Where, X509Certificate2? Tls)? asked, string database, Listeners listeners, ILoggerFactory log,
        Func<CancellationToken> stopping)
    {
        if (asked is not { } at)
        {
            return null;
        }

        DutyRoom room = new(database, new DutySite(parsed.GetValue(_proxy)), log, stopping);
        listeners.Add("page", "--page", at.Where, room.Serve, at.Tls, CountyLimits.DutyConnectionsMax);
        return room;
    }

    /// <summary>The pages of a worker's counties, listening; null when none is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="asked">What it asks for.</param>
    /// <param name="counties">How many there are.</param>
    /// <param name="listeners">Where they listen.</param>
    /// <param name="log">For what goes wrong.</param>
    /// <param name="stopping">Ends their streams.</param>
    public EnginePages? Rooms(
        ParseResult parsed, (IPEndPoint Where, X509Certificate2? Tls)? asked, int counties, Listeners listeners, ILoggerFactory log,
        Func<CancellationToken> stopping)
    {
        if (asked is not { } at)
        {
            return null;
        }

        string origin = parsed.GetValue(_proxy)!;
        EnginePages rooms = new(county => origin.Replace(EngineRun.Place, county, StringComparison.Ordinal), log, stopping);
        listeners.Add("page", "--page", at.Where, rooms.Serve, at.Tls, counties * CountyLimits.DutyConnectionsMax);
        return rooms;
    }

    /// <summary>Begins to look for changes, and says where people find the page.</summary>
    public void Begin(DutyRoom? room, ParseResult parsed, LiveList list)
    {
        if (room is null)
        {
            return;
        }

        TellCertificate(parsed, list);
        Tell(room, Origin(parsed), list);
        room.Start();
    }

    /// <summary>Says where the page's own certificate is at its end.</summary>
    public void TellCertificate(ParseResult parsed, LiveList list)
    {
        if (parsed.GetValue(_cert) is { } cert)
        {
            CertificateFiles.TellEnd(cert, list);
        }
    }

    /// <summary>Says where people find a page.</summary>
    public static void Tell(DutyRoom room, string origin, LiveList list)
    {
        list.Note("green", $"值班页 duty page {origin}/");
        if (room.HasNoUser)
        {
            list.Note("yellow", "值班页没有用户 the duty page has no user: county user add --name NAME --person 姓名 --role county");
        }
    }

    private string Origin(ParseResult parsed) =>
        parsed.GetValue(_proxy) ?? $"{(parsed.GetValue(_cert) is null ? "http" : "https")}://{At(parsed.GetValue(_page)!)}";

    private static IPEndPoint? At(string text) => Listeners.At(text) is { Port: > 0 } at ? at : null;
}
