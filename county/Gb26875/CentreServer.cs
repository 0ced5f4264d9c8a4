// Owns: the exchanges with one centre: which frame is next, sent again, confirmed, denied or put off, and the state of the link.
// Must never: begin an exchange whose number is not stored, or hold a frame for told before the centre confirmed it.

using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Used by the county's working thread alone.</summary>
internal sealed class CentreServer(CentreProfile centre, Action wake, TimeProvider time) : IDisposable
{
    private readonly CentreLink _link = new(centre, wake);
    private readonly CentreOutbox _outbox = new(centre);
    private readonly CentreAnswers _answers = new(centre, time);
    private bool _started;
    private CentreExchange? _open;
    private long _spokeRunMs = long.MinValue;
    private bool? _toldUp;
    private bool _failing;
    private bool _mayWait = true;
    private bool _counts;
    private long _countedRunMs = long.MinValue;
    private long _startedRunMs;
    private long _lostRunMs = long.MinValue;

    public void Storing(ICentreRows rows, IReadOnlyList<StoredEvent> stored)
    {
        if (_outbox.Add(rows, stored))
        {
            _counts = true;
            _mayWait = true;
        }
    }

    public void Work(CountyDesk desk, Instant now)
    {
        if (_countedRunMs == long.MinValue || (_counts && now.RunMs - _countedRunMs >= CountyLimits.RefusalFlushMs))
        {
            _countedRunMs = now.RunMs;
            _counts = false;
            desk.Keep(rows => BoxMetrics.Waiting(centre.Name, ((ICentreRows)rows).CountWaiting(centre.Name)));
        }

        TellLost(desk, now);
        if (!_started)
        {
            BoxMetrics.Link(centre.Name, up: false);
            _started = true;
            _startedRunMs = now.RunMs;
            _link.Start();
        }

        int heard = 0;
        while (heard++ < PeerLimits.CentreFramesATurn && _link.TryTake(out (FrameHead Head, byte[] Unit) frame))
        {
            Heard(desk, frame, now);
        }

        if (heard > PeerLimits.CentreFramesATurn)
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

        if (_open is null && now.RunMs >= _outbox.QuietUntilRunMs)
        {
            Begin(desk, now);
        }
    }

    public void Dispose() => _link.Dispose();

    private void TellLost(CountyDesk desk, Instant now)
    {
        if (_outbox.Lost.Count > 0 && now.IsPast(_lostRunMs, CountyLimits.RefusalLineMs))
        {
            _lostRunMs = now.RunMs;
            foreach (CentreLoss lost in _outbox.Lost.Values)
            {
                desk.TellCentreLoss(lost);
            }

            _outbox.Lost.Clear();
        }
    }

    private void Heard(CountyDesk desk, (FrameHead Head, byte[] Unit) frame, Instant now)
    {
        FrameCommand command = frame.Head.Command;
        if (command is FrameCommand.Control or FrameCommand.Request)
        {
            _link.Send(_answers.To(desk, frame.Head, frame.Unit, now));
            return;
        }

        if (command is < FrameCommand.Control or (> FrameCommand.Deny and < (FrameCommand)128))
        {
            // Reserved: whatever its unit says, nothing of it is done.
            _link.Send(_answers.To(desk, frame.Head, [], now));
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
            desk.Keep(rows => _outbox.Confirmed((ICentreRows)rows, open));
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

    /// <summary>The same frame again, up to its limit; then the exchange has failed, and what it told is kept for a new one.</summary>
    private void Again(CountyDesk desk, CentreExchange open, Instant now)
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
            desk.Keep(rows => _outbox.Denied((ICentreRows)rows, waiting, now));
        }
        else if (open.Denied)
        {
            _outbox.QuietUntilRunMs = now.RunMs + CountyLimits.CentreDeniedMs;
        }
        else
        {
            // A connection that carries nothing is given up; the exchange goes on over the next one, under its number.
            _link.Close("对方不应答 the centre does not answer");
            _outbox.QuietUntilRunMs = now.RunMs;
        }
    }

    private void Begin(CountyDesk desk, Instant now)
    {
        CentreExchange? begun = null;
        if (_mayWait)
        {
            desk.Keep(rows => begun = _outbox.Next(desk, (ICentreRows)rows, (IPeerRows)rows, now));
            _mayWait = begun is not null || _outbox.QuietUntilRunMs > now.RunMs;
        }

        bool beat = begun is null && (now.IsPast(_spokeRunMs, CountyLimits.CentreBeatMs) || _failing);
        if (beat)
        {
            desk.Keep(rows => begun = _outbox.Beat((ICentreRows)rows));
        }

        if (begun is not null)
        {
            _open = begun;
            Send(begun, now);
        }
    }

    private void Send(CentreExchange open, Instant now)
    {
        open.Tries++;
        open.DueRunMs = now.RunMs + centre.AnswerMs;
        _spokeRunMs = now.RunMs;
        FrameHead head = new()
        {
            Sequence = open.Sequence,
            MainVersion = FrameLayout.StandardVersion,
            Time = PeerTimes.ToFrame(time, centre.Flags),
            Source = centre.Source ?? new PeerAddress(open.Station),
            Destination = centre.Centre,
            Command = FrameCommand.Send,
        };
        _link.Send(FrameBytes.Of(head, open.Unit, centre.Flags));
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
}
