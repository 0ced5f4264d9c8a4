// Owns: other makers' boxes in the county's turn: frames to rows, answers after the commit, commands down, duty checks.
// Must never: confirm a frame whose transaction is not committed.

using System.Net;
using System.Runtime.ExceptionServices;
using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>Receives frames of GB/T 26875.3 for a <see cref="CountyService"/>.</summary>
public sealed class PeerReceiver : ICountyRoom, IDisposable
{
    private readonly PeerDoor _door;
    private readonly PeerListener _listener;
    private readonly PeerMemory _memory = new();
    private readonly PeerRoutes _routes = new();
    private readonly PeerCalls _calls;
    private IReadOnlyDictionary<uint, PeerRegistration>? _peers;
    private long _flushedRunMs = long.MinValue;
    private int? _unregistered;
    private bool _started;

    /// <param name="at">Where boxes come in, by TCP and UDP.</param>
    /// <param name="wake">Wakes the county's working thread.</param>
    /// <param name="time">The clock; null = the system's.</param>
    /// <param name="answerMs">How long a box has for its answer.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be had.</exception>
    public PeerReceiver(IPEndPoint at, Action wake, TimeProvider? time = null, int answerMs = CountyLimits.PeerAnswerMs)
    {
        _door = new PeerDoor(time ?? TimeProvider.System, wake);
        _listener = new PeerListener(_door, at);
        _calls = new PeerCalls(_door, _routes, _memory, answerMs);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => _listener.Address;

    /// <summary>What the sockets share.</summary>
    internal PeerDoor Door => _door;

    public void Work(CountyDesk desk, Instant now)
    {
        ArgumentNullException.ThrowIfNull(desk);
        Admit(desk);

        if (!_started)
        {
            // Who came before waits in the system's queue: nobody is a stranger because the county does not know its boxes yet.
            desk.Keep(rows => Recall(desk, rows as IPeerRows, now));
            _memory.Keep();
            _listener.Start();
            _started = true;
        }

        if (now.IsPast(_flushedRunMs, CountyLimits.RefusalFlushMs))
        {
            _flushedRunMs = now.RunMs;
            if (_door.TakeStrangers() is { Count: > 0 } strangers)
            {
                desk.AddStrangers(strangers);
                _unregistered = null;
            }

            (int present, int silent, int never) = desk.PeersHeard();
            BoxMetrics.Boxes(present, silent, never);
            BoxMetrics.Unregistered(_unregistered ??= desk.CountStrangers());
        }

        // One group a turn, so that a flood of frames does not keep the stations' messages waiting.
        if (_door.Queue.Count > 0)
        {
            // Who was removed just now is not stored any more. Asked first: what was taken has to be ended too.
            desk.LookAtBoxes();
            Admit(desk);
        }

        Enter(desk, _door.Queue.Take(CountyLimits.CommitMessagesMax), now);
        if (_door.Queue.Count > 0)
        {
            _door.Wake();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Admit(CountyDesk desk)
    {
        if (ReferenceEquals(_peers, desk.Peers))
        {
            return;
        }

        foreach (PeerRegistration gone in _peers?.Values.Where(peer => !IsRegistered(desk, peer)) ?? [])
        {
            _memory.Forget(gone.Station);
            _routes.Forget(gone.Station);
            _calls.Forget(gone.Station);
        }

        _peers = desk.Peers;
        _door.Admit(_peers.Values);
        _unregistered = null;
    }

    /// <summary>Its number is not another box's by now.</summary>
    private static bool IsRegistered(CountyDesk desk, PeerRegistration peer) =>
        desk.Peers.GetValueOrDefault(peer.Station)?.Epoch == peer.Epoch;

    /// <summary>Duty checks of before wait anew: how long they have waited, no clock that never steps can say.</summary>
    private void Recall(CountyDesk desk, IPeerRows? rows, Instant now)
    {
        if (rows is not null)
        {
            PeerDangers.Recall(rows, desk.Peers.Values, _memory, now.RunMs);
        }

        foreach ((uint station, int minutes) in rows?.DutyChecks() ?? [])
        {
            _memory.DutyAsked(station, minutes, now.RunMs);
        }
    }

    /// <summary>One group; when its transaction fails, each frame gets one of its own, so that none holds up the others.</summary>
    private void Enter(CountyDesk desk, List<ReceivedFrame> taken, Instant now)
    {
        List<ReceivedFrame> frames = taken.FindAll(frame => IsRegistered(desk, frame.Peer));
        Due due = new(_memory.DutyMissed(now.RunMs), _memory.UnreadDue(now.RunMs), _memory.MayBeDue(now.RunMs));
        try
        {
            if (frames.Count > 0 || !due.IsEmpty || _calls.Due(desk, now))
            {
                Commit(desk, frames, due, now);
            }
        }
        catch when (frames.Count > 1)
        {
            EnterOneByOne(desk, frames, now);
        }
        finally
        {
            taken.ForEach(frame => frame.From.Done());
        }
    }

    /// <summary>What is not stored is not answered; the boxes send it again.</summary>
    private void EnterOneByOne(CountyDesk desk, List<ReceivedFrame> frames, Instant now)
    {
        List<Exception> failures = [];
        foreach (ReceivedFrame frame in frames)
        {
            try
            {
                Commit(desk, [frame], new Due([], [], Dangers: false), now);
            }
            catch (Exception e) when (failures.Count + 1 < PeerLimits.FrameFailuresMax)
            {
                // It may be this frame alone.
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    private void Commit(CountyDesk desk, List<ReceivedFrame> frames, Due due, Instant now)
    {
        List<(PeerLink To, byte[] Frame)> answers = [];
        try
        {
            desk.Enter(
                entry =>
                {
                    answers.Clear();
                    PeerBook book = new(entry, _memory);
                    foreach (ReceivedFrame frame in frames)
                    {
                        if (_routes.Heard(frame))
                        {
                            entry.FoundTwins(frame.Peer);
                        }

                        Reply reply = book.Enter(frame);
                        _calls.Take(entry, book, frame);
                        if (Answer(frame, reply) is { } answer)
                        {
                            answers.Add((frame.From, answer));
                        }
                    }

                    Tell(desk, entry, book, due);
                    answers.AddRange(_calls.Step(desk, entry));
                },
                now);
        }
        catch
        {
            _memory.TakeBack();
            _calls.Forget();
            throw;
        }

        _memory.Keep();
        foreach ((PeerLink to, byte[] frame) in answers)
        {
            to.Send(frame);
        }
    }

    /// <summary>What time alone makes news.</summary>
    private void Tell(CountyDesk desk, PeerEntry entry, PeerBook book, Due due)
    {
        foreach ((uint station, int seconds) in due.Missed)
        {
            entry.Peers.PutDutyCheck(station, 0);
            _memory.DutyEnded(station);
            if (desk.Peers.GetValueOrDefault(station) is { } peer)
            {
                EventRecord record = new() { Kind = EventKind.DutyCheckMissed, Severity = Severity.General, Value = seconds };
                entry.Add(peer, record, 0, null);
            }
        }

        if (due.Dangers)
        {
            book.PassDangers(desk.Peers);
        }

        foreach ((ReceivedFrame newest, int count) in due.Unread)
        {
            book.TellUnread(newest, count);
        }
    }

    private byte[]? Answer(ReceivedFrame frame, Reply reply) => reply switch
    {
        Reply.Confirm => _door.Answer(frame.Head, FrameCommand.Confirm, [], frame.Flags),
        Reply.ConfirmHeartbeat => _door.Answer(frame.Head, FrameCommand.Confirm, [Heartbeats.OneByteAnswer], frame.Flags),
        Reply.Deny => _door.Answer(frame.Head, FrameCommand.Deny, [], frame.Flags),
        _ => null,
    };

    private readonly record struct Due(
        IReadOnlyList<(uint Station, int Seconds)> Missed, IReadOnlyList<(ReceivedFrame Newest, int Count)> Unread, bool Dangers)
    {
        public bool IsEmpty => Missed.Count == 0 && Unread.Count == 0 && !Dangers;
    }
}
