// Owns: how long each station may be silent: three of its own signs of life.
// Must never: hold a station for silent that sends as often as its settings say.

namespace Gateway.County;

/// <summary>
/// Learns from the uptimes in heartbeats how far apart a station sends them; a station's settings allow up to ten minutes. Until two have
/// come, and for stations that send often, the county's own limit holds.
/// </summary>
internal sealed class BeatBook(int silentAfterMs)
{
    private readonly Dictionary<uint, (uint Boot, long UptimeMs, long ApartMs)> _beats = [];

    /// <summary>A message that was accepted.</summary>
    public void Heard(SignedMessage message)
    {
        if (message.Heartbeat is null)
        {
            return;
        }

        (uint station, uint boot, long uptimeMs) = (message.Header.Station, message.Header.Boot, message.Header.UptimeMs);
        long apartMs = 0;
        if (_beats.TryGetValue(station, out (uint Boot, long UptimeMs, long ApartMs) last))
        {
            long sinceMs = boot == last.Boot ? uptimeMs - last.UptimeMs : 0;
            apartMs = sinceMs is > 0 and <= CountyLimits.BeatsApartMaxMs ? sinceMs : last.ApartMs;
        }

        _beats[station] = (boot, uptimeMs, apartMs);
    }

    /// <summary>How long the station may be silent, ms.</summary>
    public long LimitMs(uint station) =>
        Math.Max(
            silentAfterMs,
            _beats.TryGetValue(station, out (uint, long, long ApartMs) beat) ? CountyLimits.BeatsMissed * beat.ApartMs : 0);
}
