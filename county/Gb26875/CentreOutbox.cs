// Owns: what waits to be told to one centre: its order, the frame that is next, and what a confirmation or a denial changes in it.
// Must never: give a frame whose number is not stored, or let what was not confirmed go.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

internal sealed class CentreOutbox(CentreProfile centre)
{
    // Added to an event's part when it was told after it was over: then what holds is told.
    private const int WhatHolds = 1_000;
    private const int Fire = (int)ComponentBits.Fire;

    // Whose frame was begun last: the next one is another station's, so that a flood of fires holds up nobody's.
    private uint _turn;
    private long _deniedAgainRunMs = long.MinValue;

    /// <summary>Nothing is begun before.</summary>
    public long QuietUntilRunMs { get; set; } = long.MinValue;

    /// <summary>What was given up since it was last told, by station. A transaction that fails is counted twice.</summary>
    public Dictionary<uint, CentreLoss> Lost { get; } = [];

    /// <summary>What a centre is told of events that are being stored; false where that is nothing.</summary>
    public bool Add(ICentreRows rows, IReadOnlyList<StoredEvent> stored)
    {
        CentreState? state = null;
        HashSet<uint> stations = [];
        foreach (StoredEvent one in stored)
        {
            IReadOnlyList<ForwardStep> steps = ForwardMap.Steps(one, one.Origin, centre);
            for (int part = 0; part < steps.Count; part++)
            {
                state ??= rows.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
                state.Number++;
                stations.Add(one.Key.Station);
                rows.Add(new CentreWaiting
                {
                    Centre = centre.Name, Number = state.Number, Lane = ForwardMap.Lane(one), Event = one.Key, Part = part,
                    TimeMs = one.TimeMs, Conflicting = one.Conflicting ? one.Raw : null,
                });
            }
        }

        if (state is null)
        {
            return false;
        }

        foreach (uint station in stations)
        {
            const int Max = CountyLimits.CentreWaitingOfStationMax;
            GiveUp(rows, state, station, fires: true, rows.CountWaiting(centre.Name, station, fires: true) - Max);
            GiveUp(rows, state, station, fires: false, rows.CountWaiting(centre.Name, station, fires: false) - Max);
        }

        MakeRoom(rows, state);
        rows.Put(state);
        QuietUntilRunMs = long.MinValue;
        return true;
    }

    /// <summary>The centre has it: it leaves the outbox, and its state is what the centre knows.</summary>
    public void Confirmed(ICentreRows rows, CentreExchange open)
    {
        if (open.Waiting is not { } waiting)
        {
            return;
        }

        if (open.Late)
        {
            // It was over when it was told: what holds goes next.
            waiting.Part += WhatHolds;
            waiting.Lane = 0;
            waiting.Failures = 0;
            waiting.FrameSequence = -1;
            rows.Put(waiting);
        }
        else
        {
            rows.Remove(waiting);
        }

        if (open.Told is { } told)
        {
            rows.Put(told);
        }

        if (open.Reset is { } whole)
        {
            foreach (CentrePart part in LetGo(rows, whole))
            {
                rows.Put(part with { Status = part.Status & ~Fire, Numbers = BitNumbers.With(part.Numbers, Fire, waiting.Number) });
            }
        }

        CentreState state = rows.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
        state.Confirmed++;
        rows.Put(state);
    }

    /// <summary>The centre denies it: what else waits goes before it, under numbers of its own.</summary>
    public void Denied(ICentreRows rows, CentreWaiting waiting, Instant now)
    {
        waiting.Failures++;
        waiting.FrameSequence = -1;
        rows.Put(waiting);
        long againRunMs = waiting.Failures > 1 ? now.RunMs + CountyLimits.CentreDeniedMs : now.RunMs;
        if (waiting.Lane == 0)
        {
            _deniedAgainRunMs = againRunMs;
            QuietUntilRunMs = now.RunMs;
        }
        else
        {
            QuietUntilRunMs = againRunMs;
        }
    }

    /// <summary>The next frame with its number, which is stored before it is sent; what has no frame any more is let go.</summary>
    public CentreExchange? Next(CountyDesk desk, ICentreRows rows, IPeerRows peers, Instant now)
    {
        while (Pick(rows, now) is { } waiting)
        {
            PeerOrigin? origin = peers.Origin(waiting.Event);
            StoredEvent? stored = EventOf(rows, waiting);
            IReadOnlyList<ForwardStep> steps = stored is null ? [] : ForwardMap.Steps(stored, origin, centre);
            bool whatHolds = waiting.Part >= WhatHolds;
            int at = whatHolds ? waiting.Part - WhatHolds : waiting.Part;
            if (at >= steps.Count || IsPast(rows, waiting, steps[at], whatHolds))
            {
                rows.Remove(waiting);
                continue;
            }

            if (waiting.FrameSequence < 0)
            {
                waiting.FrameSequence = NextSequence(rows);
                rows.Put(waiting);
                _turn = waiting.Event.Station;
            }

            ForwardStep step = steps[at];
            CentrePart? part = rows.PartOf(centre.Name, step.Part);
            (int before, string numbers) = (part?.Status ?? 0, part?.Numbers ?? "");
            int past = BitNumbers.Newer(numbers, step.Set | step.Clear, waiting.Number);
            ForwardStep fresh = step with { Set = step.Set & ~past, Clear = step.Clear & ~past };
            int told = ForwardMap.Status(whatHolds ? step with { Set = 0, Clear = 0 } : fresh, before);

            // What is over by now has happened all the same, and is told once.
            int status = whatHolds ? told : told | step.Set;
            FrameTime when = PeerTimes.ToFrame(whatHolds ? now.UtcMs : waiting.TimeMs, centre.Flags);
            StationRegistration? station = desk.Registered(waiting.Event.Station);
            string zoneName = stored?.Places?.Chinese.Zone(stored.Record.Zone) ?? "";
            byte[] unit = ForwardUnit.Of(step, status, when, station, zoneName, origin, centre);
            bool ofState = step.Operation == OperationBits.None && !step.Test;
            return new CentreExchange((ushort)waiting.FrameSequence, unit, waiting.Event.Station)
            {
                Waiting = waiting,
                Told = ofState && !whatHolds
                    ? new CentrePart(
                        centre.Name, step.Part, step.ComponentType, told,
                        BitNumbers.With(numbers, fresh.Set | fresh.Clear, waiting.Number))
                    : null,
                Late = ofState && status != told,
                Reset = step.Operation == OperationBits.Reset ? step.Part : null,
            };
        }

        return null;
    }

    /// <summary>A sign of life.</summary>
    public CentreExchange Beat(ICentreRows rows)
    {
        bool oneByte = (centre.Flags & PeerFlags.OneByteHeartbeat) != PeerFlags.None;
        return new CentreExchange((ushort)NextSequence(rows), oneByte ? [Heartbeats.OneByte] : [], 0);
    }

    /// <summary>
    /// What waits and has its turn. A denied fire does not wait until all lesser news are told: it has a turn now and then before them.
    /// </summary>
    private CentreWaiting? Pick(ICentreRows rows, Instant now)
    {
        CentreWaiting? next = rows.NextWaiting(centre.Name, _turn);
        if (next is not { FrameSequence: < 0 } || now.RunMs < _deniedAgainRunMs)
        {
            if (next is { FrameSequence: < 0, Lane: 0, Failures: > 0 })
            {
                QuietUntilRunMs = _deniedAgainRunMs;
                return null;
            }

            return next;
        }

        return next.Lane > 0 ? rows.NextDenied(centre.Name, _turn) ?? next : next;
    }

    /// <summary>In all there is an end too: whose most waits loses first, so that no station pushes out what another has to say.</summary>
    private void MakeRoom(ICentreRows rows, CentreState state)
    {
        // Fires are counted here too: looking at each is no dearer than looking at all.
        if (rows.CountWaiting(centre.Name) <= CountyLimits.CentreWaitingMax)
        {
            return;
        }

        IReadOnlyList<(uint Station, long Count)> most = rows.WaitingByStation(centre.Name);
        long over = most.Sum(one => one.Count) - CountyLimits.CentreWaitingMax;
        if (over <= 0)
        {
            return;
        }

        // What each may keep: the highest bound under which enough goes.
        over = Math.Max(over, CountyLimits.CentreRoomFrames);
        int touched = 0;
        long kept = 0;
        long taken = 0;
        while (touched < most.Count)
        {
            taken += most[touched++].Count;
            long next = touched < most.Count ? most[touched].Count : 0;
            kept = Math.Max(0, (taken - over) / touched);
            if (kept >= next)
            {
                break;
            }
        }

        foreach ((uint station, long count) in most.Take(touched))
        {
            GiveUp(rows, state, station, fires: false, count - kept);
        }
    }

    private void GiveUp(ICentreRows rows, CentreState state, uint station, bool fires, long over)
    {
        for (; over > 0 && rows.RemoveLeast(centre.Name, station, fires); over--)
        {
            state.Dropped++;
            CentreLoss lost = Lost.GetValueOrDefault(station, new CentreLoss(centre.Name, station, 0, 0));
            Lost[station] = fires ? lost with { Fires = lost.Fires + 1 } : lost with { Others = lost.Others + 1 };
            BoxMetrics.GivenUp(centre.Name);
        }
    }

    private static StoredEvent? EventOf(ICentreRows rows, CentreWaiting waiting)
    {
        StoredEvent? stored = rows.Event(waiting.Event);
        return stored is null || waiting.Conflicting is not { } raw ? stored : stored.With(raw);
    }

    /// <summary>The end of something that has begun anew, as the centre knows: telling it would say that it is over.</summary>
    private bool IsPast(ICentreRows rows, CentreWaiting waiting, ForwardStep step, bool whatHolds)
    {
        if (waiting.FrameSequence >= 0 || whatHolds || step.Test)
        {
            return false;
        }

        if (step.Operation == OperationBits.Reset)
        {
            return LetGo(rows, step.Part)
                .Any(part => (part.Status & Fire) != 0 && BitNumbers.Newer(part.Numbers, Fire, waiting.Number) != 0);
        }

        return step.Set == 0 && step.Clear != 0
            && BitNumbers.Newer(rows.PartOf(centre.Name, step.Part)?.Numbers ?? "", step.Clear, waiting.Number) == step.Clear;
    }

    /// <summary>The parts of a reset box, or of the one system behind it that was reset.</summary>
    private IEnumerable<CentrePart> LetGo(ICentreRows rows, PeerPartKey whole) => rows.PartsOf(centre.Name, whole.Station)
        .Where(part => whole.What == PeerPart.Box || part.Key.IsOfSystem(whole));

    private int NextSequence(ICentreRows rows)
    {
        CentreState state = rows.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
        state.FrameSequence = (state.FrameSequence + 1) & ushort.MaxValue;
        rows.Put(state);
        return state.FrameSequence;
    }
}
