// Owns: what somebody sends who has a station's key and means harm: each kind in turn.
// Must never: send what is not signed, since that harms nobody.

using Gateway.Contract;

namespace Gateway.County.Tests;

/// <summary>Gaps, losses over them, invented lives, fires, answers, conflicts, clocks, sessions that were never opened.</summary>
internal sealed class HostileStation(FakeGateway thief)
{
    private const int Records = 16;
    private readonly uint[] _last = new uint[Lanes.Count];
    private uint _count;

    public Sent Next()
    {
        uint step = _count++ % 32;
        return step switch
        {
            0 => NewLife(),
            < 14 => Batch(Lane.Condition, step: 2, (r, _) => r.Kind = EventKind.Fault),
            < 16 => Losses(),
            < 19 => Batch(Lane.Fire, step: 1, (r, i) => r.Kind = i % 2 == 0 ? EventKind.FireAlarm : EventKind.Acknowledged),
            < 22 => Batch(Lane.Fire, step: 1, (r, _) => (r.Kind, r.A, r.B) = (EventKind.DelayExpired, 2, 1)),
            < 26 => Again(),
            < 29 => Clock(),
            _ => Unopened(),
        };
    }

    private Sent NewLife()
    {
        thief.Epoch++;
        thief.Counter = 0;
        Array.Clear(_last);
        return thief.Hello();
    }

    private Sent Batch(Lane lane, uint step, Action<EventRecord, int> change)
    {
        uint after = _last[(int)lane];
        EventRecord[] records =
        [
            .. Enumerable.Range(0, Records).Select(i => thief.Record(lane, _last[(int)lane] += step, change: r =>
            {
                r.Zone = i + 1;
                change(r, i);
            })),
        ];
        return thief.Batch(lane, after, records);
    }

    /// <summary>Each over all that was left out so far.</summary>
    private Sent Losses()
    {
        uint after = _last[(int)Lane.Condition];
        return thief.Batch(
            Lane.Condition, after,
            [.. Enumerable.Range(0, Records).Select(i => thief.Loss(Lane.Condition, ++_last[(int)Lane.Condition], 1, after + 1))]);
    }

    /// <summary>What is held, with other content.</summary>
    private Sent Again() => thief.Batch(
        Lane.Fire, 0,
        [.. Enumerable.Range(1, Records).Select(i => thief.Record(Lane.Fire, (uint)i, change: r => r.Value = (int)_count))]);

    /// <summary>Another time each time, and starts that nobody made.</summary>
    private Sent Clock()
    {
        thief.UptimeMs = 1_000_000_000 - _count;
        thief.UtcMs = 1_700_000_000_000 + _count * 3_600_000L;
        Sent beat = thief.Heartbeat(ConditionBits.Fire);
        thief.UtcMs = 0;
        return beat;
    }

    private Sent Unopened()
    {
        (uint boot, uint counter) = (thief.Boot, thief.Counter);
        (thief.Boot, thief.Counter) = (boot + _count, 0);
        Sent sent = thief.Batch(
            Lane.Fire, 900, [.. Enumerable.Range(1, Records).Select(i => thief.Record(Lane.Fire, 900 + _count * Records + (uint)i))]);
        (thief.Boot, thief.Counter) = (boot, counter);
        return sent;
    }
}
