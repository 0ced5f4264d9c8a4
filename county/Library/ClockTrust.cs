// Owns: whether the county's wall clock may be believed.
// Must never: keep an event from being received, stored or shown; only clocks and numbers of gateways depend on it.

namespace Gateway.County;

/// <summary>
/// Compares the wall clock with the last moment at which it was trusted and the time that has run since. Any thread asks for
/// <see cref="TrustedMs"/>; one judges.
/// </summary>
internal sealed class ClockTrust
{
    private readonly bool _always;
    private readonly long _storedMs;
    private Anchor? _anchor;
    private bool? _told;

    /// <param name="storedMs">The last trusted moment that the store knows; 0 = none.</param>
    /// <param name="always">A person says that the clock is right.</param>
    public ClockTrust(long storedMs, bool always)
    {
        _storedMs = Known(storedMs);
        _always = always;
    }

    private sealed record Anchor(Instant At, bool Good);

    /// <summary>A stored moment that can have been one, else 0: a station may have been registered under a wrong clock.</summary>
    public static long Known(long storedMs) => storedMs is >= RisingNumber.FromMs and <= RisingNumber.EndMs ? storedMs : 0;

    /// <summary>Whether a wall clock is plausible beside a moment at which it was trusted, 0 = none is known.</summary>
    public static bool Plausible(long utcMs, long trustedMs) =>
        Known(utcMs) != 0 && (trustedMs == 0 || utcMs - trustedMs <= CountyLimits.ClockJumpMs);

    /// <summary>Looks at the clock; true when it is trusted.</summary>
    public bool Judge(Instant now)
    {
        Anchor before = _anchor ?? new Anchor(new Instant(_storedMs, now.RunMs), Good: false);
        bool good = _always || Plausible(now.UtcMs, before.At.UtcMs == 0 ? 0 : Reckoned(before.At, now));
        Volatile.Write(ref _anchor, good ? new Anchor(now, good) : before with { Good = false });
        return good;
    }

    /// <summary>Whether it was trusted when it was last looked at.</summary>
    public bool Good => Volatile.Read(ref _anchor) is not { Good: false };

    /// <summary>
    /// The time by a clock that is trusted, ms since 1970 UTC: the wall clock, or the last trusted moment and what ran since.
    /// </summary>
    public long TrustedMs(Instant now) =>
        Volatile.Read(ref _anchor) is { Good: false, At: var at } ? (at.UtcMs == 0 ? 0 : Reckoned(at, now)) : now.UtcMs;

    /// <summary>
    /// What is to be told: true or false when it changed since it was told last. A clock that is good from the start is no news.
    /// </summary>
    public bool? News()
    {
        bool good = Good;
        bool news = good != (_told ?? true);
        _told = good;
        return news ? good : null;
    }

    private static long Reckoned(Instant at, Instant now) => at.UtcMs + Math.Max(0, now.RunMs - at.RunMs);
}
