// Owns: when events happened that were written before the gateway knew the time.
// Must never: change a time that the gateway told.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Of each boot the county keeps one moment of known time; uptime then gives the time of every event of that boot. A moment from a better
/// source wins; of two from the same source, the one with the lower uptime: it is the nearest to the events that lack a time, and it does
/// not depend on the order in which messages arrive.
/// </summary>
/// <param name="rows">The transaction.</param>
/// <param name="trusted">Whether the county's own clock may be learned from.</param>
/// <param name="work">What it costs.</param>
internal sealed class ClockBook(IStoreTransaction rows, bool trusted, WorkBook work)
{
    private readonly Dictionary<BootKey, BootClock?> _known = [];
    private readonly HashSet<BootKey> _changed = [];
    private readonly HashSet<(uint Station, uint Epoch)> _new = [];

    /// <summary>Starts of which events got their time by <see cref="BackFill"/>.</summary>
    public List<BootKey> Filled { get; } = [];

    /// <summary>
    /// Learns from a signed head, from records that tell their time, and, for the open session, from the county's own clock.
    /// </summary>
    public void Learn(SignedMessage message, bool ofOpenSession)
    {
        MessageHeader h = message.Header;
        BootKey boot = new(h.Station, h.Epoch, h.Boot);
        if (h.UtcQuality == UtcQuality.Synchronised)
        {
            Learn(new BootClock(boot, ClockSource.Head, h.UptimeMs, h.UtcMs));
        }
        else if (trusted && ofOpenSession && h.Type != MessageType.Offline)
        {
            Learn(new BootClock(boot, ClockSource.Receipt, h.UptimeMs, message.ReceivedMs));
        }

        foreach (StoredEvent stored in message.Batch?.Events ?? [])
        {
            if (stored.Record.UtcQuality != UtcQuality.Unknown)
            {
                Learn(new BootClock(stored.BootKey, ClockSource.Record, stored.Record.UptimeMs, stored.Record.UtcMs));
            }
        }
    }

    /// <summary>Fills in the event's time from what is known now.</summary>
    public void Time(StoredEvent stored)
    {
        EventRecord r = stored.Record;
        if (r.UtcQuality != UtcQuality.Unknown)
        {
            stored.TimeMs = r.UtcMs;
            stored.TimeQuality = r.UtcQuality;
        }
        else if (Known(stored.BootKey) is { } clock && clock.StartMs + r.UptimeMs > 0)
        {
            stored.TimeMs = clock.StartMs + r.UptimeMs;
            stored.TimeQuality = UtcQuality.BackFilled;
        }
        else
        {
            stored.TimeMs = stored.ReceivedMs;
            stored.TimeQuality = UtcQuality.Unknown;
        }
    }

    /// <summary>Completes the events that were stored before this transaction.</summary>
    public void BackFill()
    {
        foreach (BootKey boot in _changed)
        {
            BootClock clock = _known[boot]!.Value;
            rows.Put(clock);
            int filled = rows.BackFill(boot, clock.StartMs, CountyLimits.BackFillMax);
            work.Add(boot.Station, CountyLimits.WorkOfClock + filled / CountyLimits.EventsAStatement);
            if (filled > 0)
            {
                Filled.Add(boot);
            }
        }

        foreach ((uint station, uint epoch) in _new)
        {
            rows.ForgetClocks(station, epoch, CountyLimits.BootsKeptMax);
        }
    }

    private void Learn(BootClock clock)
    {
        if (clock.UtcMs > 0 && (Known(clock.Boot) is not { } known || Better(clock, known)))
        {
            // Lower ones alone are never too many.
            if (clock.Boot.Boot > CountyLimits.BootsKeptMax && Known(clock.Boot) is null)
            {
                _new.Add((clock.Boot.Station, clock.Boot.Epoch));
            }

            _known[clock.Boot] = clock;
            _changed.Add(clock.Boot);
        }
    }

    private static bool Better(BootClock a, BootClock b) => a.Source != b.Source ? a.Source > b.Source : a.UptimeMs < b.UptimeMs;

    private BootClock? Known(BootKey boot)
    {
        if (!_known.TryGetValue(boot, out BootClock? clock))
        {
            clock = rows.Clock(boot);
            _known.Add(boot, clock);
        }

        return clock;
    }
}
