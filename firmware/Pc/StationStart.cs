// Owns: making the parts of a station from its settings, and making them anew when other settings are tried.
// Must never: decide which settings are in force; Core's trial does.

using System.Security.Cryptography;
using Gateway.Contract;
using Gateway.Link;
using Gateway.Pc.Flash;
using Gateway.Pc.Mqtt;
using Gateway.Pc.Run;
using Gateway.Start;

namespace Gateway.Pc;

/// <summary>Starts of one station on one flash; Dispose ends its link.</summary>
/// <param name="flash">Of this station alone.</param>
/// <param name="key">Null only without settings: then there is no way to the county.</param>
/// <param name="clock">The same for all starts.</param>
/// <param name="trialMs">How long new settings may take to reach the county.</param>
/// <param name="report">Gets errors of settings that were refused.</param>
public sealed class StationStart(PcFlash flash, StationKey? key, MonotonicClock clock, int trialMs, Action<IEnumerable<string>> report)
    : IDisposable
{
    private LinkSupervisor? _link;
    private LinkSupervisor? _probe;

    /// <summary>The parts for these settings; their own renewal makes the next ones.</summary>
    public StationParts With(SettingsInForce inForce)
    {
        inForce.Trial.LimitMs = trialMs;
        _link = key is null || inForce.Settings is null ? null : PcLink.Create(inForce.Settings, key);
        _probe = _link is null ? null : PcLink.CreateProbe(inForce.Settings!, key!);
        return new StationParts
        {
            Settings = inForce.Settings,
            Trial = inForce.Trial,
            Flash = flash,
            Probe = _probe,
            Link = _link is null ? new ClosedLink() : _link,
            Key = key is null ? null : new DotNetMac(key.Key),
            Clock = clock,
            NewEpoch = 1 + (uint)RandomNumberGenerator.GetInt32(int.MaxValue),
            Renew = Renew,
        };
    }

    public void Dispose()
    {
        foreach (LinkSupervisor? link in (LinkSupervisor?[])[_probe, _link])
        {
            if (link is not null)
            {
                PcLink.End(link);
            }
        }

        _probe = null;
        _link = null;
    }

    private StationParts Renew(string? settingsFile)
    {
        Dispose();
        SettingsInForce next = SettingsFile.TakeOver(settingsFile, flash);
        report(next.Errors);
        return With(next);
    }
}
