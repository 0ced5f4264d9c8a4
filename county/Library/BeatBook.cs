// Owns: how long each station may be silent: three of its own signs of life.
// Must never: hold a station for silent that sends as often as its settings say.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Learns from the uptimes in heartbeats how far apart a station sends them; a station's settings allow up to ten minutes. Until two of one
/// session have come, and for stations that send often, the county's own limit holds. Of one start the shortest counts: what lies further
/// apart was lost on the way, and whoever loses it must not stretch the silence that goes unnoticed.
/// </summary>
internal sealed class BeatBook(int silentAfterMs)
{
    private readonly Dictionary<uint, Beat> _beats = [];

    /// <summary>A message that was accepted.</summary>
    public void Heard(SignedMessage message)
    {
        if (message.Heartbeat is null)
        {
            return;
        }

        MessageHeader h = message.Header;
        Beat last = _beats.GetValueOrDefault(h.Station);
        long sinceMs = (h.Boot, h.Session) == (last.Boot, last.Session) ? h.UptimeMs - last.UptimeMs : 0;
        Beat next = last with { Boot = h.Boot, Session = h.Session, UptimeMs = h.UptimeMs };
        if (sinceMs is > 0 and <= CountyLimits.BeatsApartMaxMs)
        {
            bool first = last.ApartMs == 0 || last.ApartOfBoot != h.Boot;
            next = next with { ApartMs = first ? sinceMs : Math.Min(last.ApartMs, sinceMs), ApartOfBoot = h.Boot };
        }

        _beats[h.Station] = next;
    }

    /// <summary>How long the station may be silent, ms.</summary>
    public long LimitMs(uint station) =>
        Math.Max(
            silentAfterMs,
            _beats.TryGetValue(station, out Beat beat) ? CountyLimits.BeatsMissed * beat.ApartMs : 0);

    /// <param name="Boot">Start, session and uptime of the newest heartbeat.</param>
    /// <param name="Session">See Boot.</param>
    /// <param name="UptimeMs">See Boot.</param>
    /// <param name="ApartMs">How far apart they are, 0 = not known.</param>
    /// <param name="ApartOfBoot">The start in which that was seen.</param>
    private readonly record struct Beat(uint Boot, uint Session, long UptimeMs, long ApartMs, uint ApartOfBoot);
}
