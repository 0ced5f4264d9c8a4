// Owns: the option of `county run` about other makers' boxes, and their door.
// Must never: open one county's door for another's boxes.

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Gateway.County.Gb26875;

namespace Gateway.County.Server;

/// <summary>A process that is one county has one door; a worker has one for each county that it may get.</summary>
internal sealed class BoxOptions
{
    private const string Address = "an IP address of this machine and a port, such as 10.1.0.5:5200";

    private readonly Option<string[]> _doors = new("--gb26875")
    {
        Description = "Where other makers' boxes come in by GB/T 26875.3, TCP and UDP; with --engine CODE=ADDRESS:PORT, once a county. "
            + "No encryption: a private network only.",
        HelpName = "ADDRESS:PORT",
        Arity = ArgumentArity.OneOrMore,
    };

    public BoxOptions() => _doors.Validators.Add(result =>
    {
        foreach (string text in result.Tokens.Select(token => token.Value).Where(text => Where(text).At is null))
        {
            result.AddError($"--gb26875: '{text}'; allowed: {Address}");
        }
    });

    public Option Option => _doors;

    /// <exception cref="CommandException">Doors and counties do not fit.</exception>
    public void Check(ParseResult parsed, IReadOnlyList<string> counties)
    {
        string[] texts = parsed.GetValue(_doors) ?? [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            string? county = Where(text).County;
            bool fits = counties.Count == 0 ? county is null && texts.Length == 1
                : county is not null && counties.Contains(county) && seen.Add(county);
            if (!fits)
            {
                throw new CommandException(
                    $"--gb26875: '{text}'; allowed: "
                    + (counties.Count == 0 ? Address : "CODE=ADDRESS:PORT once for each --county, such as 330726=10.1.0.5:5200"));
            }
        }
    }

    /// <summary>The door, listening; null where the county has none.</summary>
    /// <exception cref="CommandException">It cannot be opened.</exception>
    public PeerReceiver? Open(ParseResult parsed, string? county, CountyService service, LiveList list)
    {
        if (parsed.GetValue(_doors)?.FirstOrDefault(text => Where(text).County == county) is not { } text)
        {
            return null;
        }

        try
        {
            PeerReceiver receiver = new(Where(text).At!, service.Wake);
            if (!IPAddress.IsLoopback(receiver.Address.Address))
            {
                list.Note("yellow", $"{receiver.Address}: 无加密无认证 no encryption, addresses can be forged: private networks only");
            }

            list.Note("green", $"GB/T 26875.3 {receiver.Address} TCP UDP");
            return receiver;
        }
        catch (SocketException e)
        {
            throw new CommandException($"--gb26875: {text}: {e.Message}; allowed: an address of this machine and a free port", e)
            {
                ExitCode = ExitCodes.Failed,
            };
        }
    }

    private static (string? County, IPEndPoint? At) Where(string text)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string? county = sign < 0 ? null : text[..sign];
        return (county, county is null || Contract.Topics.LevelOk(county) ? Listeners.At(text[(sign + 1)..]) : null);
    }
}
