// Owns: when events happened that were written before the gateway knew the time.
// Must never: change a time that the gateway told.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>
/// Of each boot the county keeps one moment at which the gateway knew the time; uptime then gives the time of every event of that boot. Of several
/// moments the one with the lowest uptime counts: it is the nearest to the events that lack a time, and it does not depend on the order in
/// which messages arrive, so the table is the same whatever the network did.
/// </summary>
internal sealed class ClockBook(IStoreTransaction rows)
{
    private readonly Dictionary<BootKey, BootClock?> _known = [];
    private readonly HashSet<BootKey> _changed = [];

    /// <summary>Learns from a signed head with a synchronised clock, and from records that tell their time.</summary>
    public void Learn(SignedMessage message)
    {
        MessageHeader h = message.Header;
        if (h.UtcQuality == UtcQuality.Synchronised)
        {
            Learn(new BootClock(new BootKey(h.Station, h.Epoch, h.Boot), h.UptimeMs, h.UtcMs));
        }

        foreach (StoredEvent stored in message.Batch?.Events ?? [])
        {
            if (stored.Record.UtcQuality != UtcQuality.Unknown)
            {
                Learn(new BootClock(stored.BootKey, stored.Record.UptimeMs, stored.Record.UtcMs));
            }
        }
    }

    /// <summary>Fills in the event's time from what is known now.</summary>
    public void Time(StoredEvent stored)
    {
        if (stored.Record.UtcQuality != UtcQuality.Unknown)
        {
            stored.TimeMs = stored.Record.UtcMs;
            stored.TimeQuality = stored.Record.UtcQuality;
        }
        else if (Known(stored.BootKey) is { } clock)
        {
            stored.TimeMs = clock.StartMs + stored.Record.UptimeMs;
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
            rows.BackFill(boot, clock.StartMs);
        }
    }

    private void Learn(BootClock clock)
    {
        if (clock.UtcMs > 0 && (Known(clock.Boot) is not { } known || clock.UptimeMs < known.UptimeMs))
        {
            _known[clock.Boot] = clock;
            _changed.Add(clock.Boot);
        }
    }

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
