// Owns: the exchanges with one centre: which frame is next, sent again, confirmed, denied or put off, and the state of the link.
// Must never: begin an exchange whose number is not stored, or hold a frame for told before the centre confirmed it.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Used by the county's working thread alone.</summary>
internal sealed class CentreServer(CentreProfile centre, Action wake, TimeProvider time) : IDisposable
{
    // Added to an event's part when it was told after it was over: then what holds is told.
    private const int WhatHolds = 1_000;

    // So that a centre that asks without end does not keep the stations' messages waiting.
    private const int FramesATurn = 32;
    private const int Fire = (int)ComponentBits.Fire;

    private readonly CentreLink _link = new(centre, wake);
    private readonly CentreAnswers _answers = new(centre, time);
    private bool _started;
    private Exchange? _open;
    private long _quietUntilRunMs = long.MinValue;
    private long _spokeRunMs = long.MinValue;
    private long _deniedAgainRunMs = long.MinValue;
    private bool? _toldUp;
    private bool _failing;
    private bool _mayWait = true;
    private bool _counts;
    private long _countedRunMs = long.MinValue;
    private long _startedRunMs;

    public void Storing(ICentreRows rows, IReadOnlyList<StoredEvent> stored)
    {
        CentreState? state = null;
        foreach (StoredEvent one in stored)
        {
            IReadOnlyList<ForwardStep> steps = ForwardMap.Steps(one, one.Origin, centre);
            for (int part = 0; part < steps.Count; part++)
            {
                state ??= rows.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
                state.Number++;
                rows.Add(new CentreWaiting
                {
                    Centre = centre.Name, Number = state.Number, Lane = ForwardMap.Lane(one), Event = one.Key, Part = part,
                    TimeMs = one.TimeMs, Conflicting = one.Conflicting ? one.Raw : null,
                });
            }
        }

        if (state is null)
        {
            return;
        }

        for (long over = rows.CountWaiting(centre.Name) - CountyLimits.CentreWaitingMax; over > 0 && rows.RemoveLeast(centre.Name); over--)
        {
            state.Dropped++;
            BoxMetrics.GivenUp(centre.Name);
        }

        rows.Put(state);
        _counts = true;
        _mayWait = true;
        _quietUntilRunMs = long.MinValue;
    }

    public void Work(CountyDesk desk, Instant now)
    {
        if (_countedRunMs == long.MinValue || (_counts && now.RunMs - _countedRunMs >= CountyLimits.RefusalFlushMs))
        {
            _countedRunMs = now.RunMs;
            _counts = false;
            desk.Keep(rows => BoxMetrics.Waiting(centre.Name, ((ICentreRows)rows).CountWaiting(centre.Name)));
        }

        if (!_started)
        {
            BoxMetrics.Link(centre.Name, up: false);
            _started = true;
            _startedRunMs = now.RunMs;
            _link.Start();
        }

        int heard = 0;
        while (heard++ < FramesATurn && _link.TryTake(out (FrameHead Head, byte[] Unit) frame))
        {
            Heard(desk, frame, now);
        }

        if (heard > FramesATurn)
        {
            wake();
        }

        if (!_link.Connected)
        {
            _open = null;
            if (_toldUp is not null || now.RunMs - _startedRunMs >= CountyLimits.BrokerAnswerMs)
            {
                TellLink(desk, up: false, _link.Why, now);
            }

            return;
        }

        if (_open is { } open && now.RunMs >= open.DueRunMs)
        {
            Again(desk, open, now);
        }

        if (_open is null && now.RunMs >= _quietUntilRunMs)
        {
            Begin(desk, now);
        }
    }

    public void Dispose() => _link.Dispose();

    private void Heard(CountyDesk desk, (FrameHead Head, byte[] Unit) frame, Instant now)
    {
        FrameCommand command = frame.Head.Command;
        if (command is FrameCommand.Control or FrameCommand.Request)
        {
            _link.Send(_answers.To(desk, frame.Head, frame.Unit, now));
            return;
        }

        if (_open is not { } open || frame.Head.Sequence != open.Sequence)
        {
            // An answer to something else, or a second one.
            return;
        }

        if (command == FrameCommand.Confirm)
        {
            _open = null;
            _failing = false;
            desk.Keep(rows => Confirmed((ICentreRows)rows, open));
            _counts = true;
            if (open.Waiting is not null)
            {
                BoxMetrics.Told(centre.Name);
            }

            TellLink(desk, up: true, "", now);
        }
        else if (command == FrameCommand.Deny)
        {
            open.Denied = true;
            Again(desk, open, now);
        }
    }

    /// <summary>The centre has it: it leaves the outbox, and its state is what the centre knows.</summary>
    private void Confirmed(ICentreRows rows, Exchange open)
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

        if (open.Reset is { } station)
        {
            foreach (CentrePart part in rows.PartsOf(centre.Name, station))
            {
                rows.Put(part with { Status = part.Status & ~Fire, Numbers = BitNumbers.With(part.Numbers, Fire, waiting.Number) });
            }
        }

        CentreState state = rows.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
        state.Confirmed++;
        rows.Put(state);
    }

    /// <summary>The same frame again, up to its limit; then the exchange has failed, and what it told is kept for a new one.</summary>
    private void Again(CountyDesk desk, Exchange open, Instant now)
    {
        if (open.Tries <= CountyLimits.PeerResends)
        {
            Send(open, now);
            return;
        }

        _open = null;
        _failing = true;
        BoxMetrics.Failed(centre.Name, open.Denied);
        TellLink(desk, up: false, open.Denied ? "对方否认 the centre denies" : "对方不应答 the centre does not answer", now);
        if (open is { Denied: true, Waiting: { } waiting })
        {
            // What else waits goes before it, under numbers of its own.
            waiting.Failures++;
            waiting.FrameSequence = -1;
            desk.Keep(rows => ((ICentreRows)rows).Put(waiting));
            long againRunMs = waiting.Failures > 1 ? now.RunMs + CountyLimits.CentreDeniedMs : now.RunMs;
            if (waiting.Lane == 0)
            {
                _deniedAgainRunMs = againRunMs;
                _quietUntilRunMs = now.RunMs;
            }
            else
            {
                _quietUntilRunMs = againRunMs;
            }
        }
        else if (open.Denied)
        {
            _quietUntilRunMs = now.RunMs + CountyLimits.CentreDeniedMs;
        }
        else
        {
            // A connection that carries nothing is given up; the exchange goes on over the next one, under its number.
            _link.Close("对方不应答 the centre does not answer");
            _quietUntilRunMs = now.RunMs;
        }
    }

    private void Begin(CountyDesk desk, Instant now)
    {
        Exchange? begun = null;
        if (_mayWait)
        {
            desk.Keep(rows => begun = Next(desk, (ICentreRows)rows, (IPeerRows)rows, now));
            _mayWait = begun is not null || _quietUntilRunMs > now.RunMs;
        }

        bool beat = begun is null && (_spokeRunMs == long.MinValue || now.RunMs - _spokeRunMs >= CountyLimits.CentreBeatMs || _failing);
        if (beat)
        {
            desk.Keep(rows => begun = Beat((ICentreRows)rows));
        }

        if (begun is not null)
        {
            _open = begun;
            Send(begun, now);
        }
    }

    /// <summary>
    /// What waits and has its turn. A denied fire does not wait until all lesser news are told: it has a turn now and then before them.
    /// </summary>
    private CentreWaiting? Pick(ICentreRows rows, Instant now)
    {
        CentreWaiting? next = rows.NextWaiting(centre.Name);
        if (next is not { FrameSequence: < 0 } || now.RunMs < _deniedAgainRunMs)
        {
            if (next is { FrameSequence: < 0, Lane: 0, Failures: > 0 })
            {
                _quietUntilRunMs = _deniedAgainRunMs;
                return null;
            }

            return next;
        }

        return next.Lane > 0 ? rows.NextDenied(centre.Name) ?? next : next;
    }

    /// <summary>The next frame with its number, which is stored before it is sent; what has no frame any more is let go.</summary>
    private Exchange? Next(CountyDesk desk, ICentreRows rows, IPeerRows peers, Instant now)
    {
        while (Pick(rows, now) is { } waiting)
        {
            PeerOrigin? origin = peers.Origin(waiting.Event);
            IReadOnlyList<ForwardStep> steps = EventOf(rows, waiting) is { } stored ? ForwardMap.Steps(stored, origin, centre) : [];
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
            }

            ForwardStep step = steps[at];
            CentrePart? part = rows.PartOf(centre.Name, step.Part);
            (int before, string numbers) = (part?.Status ?? 0, part?.Numbers ?? "");
            int past = BitNumbers.Newer(numbers, step.Set | step.Clear, waiting.Number);
            ForwardStep fresh = step with { Set = step.Set & ~past, Clear = step.Clear & ~past };
            int told = ForwardMap.Status(whatHolds ? step with { Set = 0, Clear = 0 } : fresh, before);

            // What is over by now has happened all the same, and is told once.
            int status = whatHolds ? told : told | step.Set;
            FrameTime when = PeerTimes.ToFrame(whatHolds ? now.UtcMs : waiting.TimeMs);
            StationRegistration? station = desk.Registered(waiting.Event.Station);
            byte[] unit = ForwardUnit.Of(step, status, when, station, origin, centre);
            bool ofState = step.Operation == OperationBits.None && !step.Test;
            return new Exchange((ushort)waiting.FrameSequence, unit, waiting.Event.Station)
            {
                Waiting = waiting,
                Told = ofState && !whatHolds
                    ? new CentrePart(
                        centre.Name, step.Part, step.ComponentType, told,
                        BitNumbers.With(numbers, fresh.Set | fresh.Clear, waiting.Number))
                    : null,
                Late = ofState && status != told,
                Reset = step.Operation == OperationBits.Reset ? waiting.Event.Station : null,
            };
        }

        return null;
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
            return rows.PartsOf(centre.Name, waiting.Event.Station)
                .Any(part => (part.Status & Fire) != 0 && BitNumbers.Newer(part.Numbers, Fire, waiting.Number) != 0);
        }

        return step.Set == 0 && step.Clear != 0
            && BitNumbers.Newer(rows.PartOf(centre.Name, step.Part)?.Numbers ?? "", step.Clear, waiting.Number) == step.Clear;
    }

    private Exchange Beat(ICentreRows rows) => new((ushort)NextSequence(rows), [], 0);

    private int NextSequence(ICentreRows rows)
    {
        CentreState state = rows.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
        state.FrameSequence = (state.FrameSequence + 1) & ushort.MaxValue;
        rows.Put(state);
        return state.FrameSequence;
    }

    private void Send(Exchange open, Instant now)
    {
        open.Tries++;
        open.DueRunMs = now.RunMs + centre.AnswerMs;
        _spokeRunMs = now.RunMs;
        FrameHead head = new()
        {
            Sequence = open.Sequence,
            MainVersion = FrameLayout.StandardVersion,
            Time = PeerTimes.ToFrame(time),
            Source = centre.Source ?? new PeerAddress(open.Station),
            Destination = centre.Centre,
            Command = FrameCommand.Send,
        };
        byte[] frame = new byte[FrameLayout.OverheadBytes + open.Unit.Length];
        FrameWriter.Write(frame, head, open.Unit);
        _link.Send(frame);
    }

    /// <summary>A link is up when the centre confirms; it is told when that changes, and kept for lists.</summary>
    private void TellLink(CountyDesk desk, bool up, string why, Instant now)
    {
        if (_toldUp == up)
        {
            return;
        }

        CentreState? told = null;
        desk.Keep(rows =>
        {
            ICentreRows centres = (ICentreRows)rows;
            told = centres.Centre(centre.Name) ?? new CentreState { Name = centre.Name };
            told.LinkUp = up;
            told.SinceMs = now.UtcMs;
            told.Why = why;
            centres.Put(told);
        });
        _toldUp = up;
        BoxMetrics.Link(centre.Name, up);
        desk.TellCentre(told!);
    }

    private sealed class Exchange(ushort sequence, byte[] unit, uint station)
    {
        public ushort Sequence => sequence;

        public byte[] Unit => unit;

        public uint Station => station;

        /// <summary>What leaves the outbox when it is confirmed; null for a sign of life.</summary>
        public CentreWaiting? Waiting { get; init; }

        public CentrePart? Told { get; init; }

        /// <summary>What it says was over when it was told.</summary>
        public bool Late { get; init; }

        /// <summary>The station whose fires a reset let go.</summary>
        public uint? Reset { get; init; }

        public int Tries { get; set; }

        public long DueRunMs { get; set; }

        public bool Denied { get; set; }
    }
}
