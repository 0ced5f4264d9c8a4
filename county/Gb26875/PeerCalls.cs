// Owns: commands from the county to boxes: one exchange at a time each, sent again, given up, answered.
// Must never: hold a command for done without the box's own answer to its number.

using System.Security.Cryptography;
using Gateway.Contract;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

/// <summary>The exchanges that the county begins. Used by the county's working thread alone.</summary>
internal sealed class PeerCalls(PeerDoor door, PeerRoutes routes, PeerMemory memory, int answerMs)
{
    private readonly Dictionary<uint, Call> _calls = [];
    private readonly HashSet<(uint Station, uint Number)> _ended = [];

    // A number that the box did not hear just before, whatever process spoke then.
    private ushort _sequence = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);

    /// <summary>Something is to be sent now.</summary>
    public bool Due(CountyDesk desk, Instant now) =>
        desk.PeerCommands.Any(command => command.Open && MayStart(desk, command, now))
        || _calls.Values.Any(call => now.RunMs >= call.DueRunMs);

    /// <summary>Looks whether a frame answers an exchange that is open.</summary>
    public void Take(PeerEntry entry, PeerBook book, ReceivedFrame frame)
    {
        if (frame.Head.Command is not (FrameCommand.Confirm or FrameCommand.Deny or FrameCommand.Answer)
            || !_calls.TryGetValue(frame.Peer.Station, out Call? call)
            || call.Sequence != frame.Head.Sequence || !ReferenceEquals(call.Over, frame.From))
        {
            return;
        }

        StationCommand command = call.Command;
        switch (frame.Head.Command)
        {
            case FrameCommand.Confirm when call.As == FrameCommand.Control:
                Done(entry, frame.Peer, command);
                break;
            case FrameCommand.Answer when call.As == FrameCommand.Request:
                book.Read(frame, entry.Hear(frame.Peer));
                entry.Peers.AddAnswer(command.Station, command.Number, frame.Unit, entry.Now.UtcMs);
                Done(entry, frame.Peer, command);
                break;
            case FrameCommand.Deny:
                // As if nothing had come, only sooner.
                call.DueRunMs = entry.Now.RunMs;
                call.Denied = true;
                break;
            default:
                break;
        }
    }

    /// <summary>Begins, repeats and gives up; gives what is to be sent after the commit.</summary>
    public IReadOnlyList<(PeerLink To, byte[] Frame)> Step(CountyDesk desk, PeerEntry entry)
    {
        List<(PeerLink, byte[])> due = [];
        foreach (StationCommand command in desk.PeerCommands.Where(command => command.Open && MayStart(desk, command, entry.Now)))
        {
            Start(desk.Peers[command.Station], entry, command);
        }

        foreach (Call call in _calls.Values.Where(call => entry.Now.RunMs >= call.DueRunMs).ToArray())
        {
            PeerRegistration? peer = desk.Peers.GetValueOrDefault(call.Command.Station);
            if (peer is null || call.Over.Closed || call.Tries > CountyLimits.PeerResends)
            {
                _calls.Remove(call.Command.Station);
                if (peer is not null && call.Denied)
                {
                    End(entry, peer, call.Command, CommandState.Done, CommandOutcome.NotAllowed);
                }

                continue;
            }

            call.Tries++;
            call.DueRunMs = entry.Now.RunMs + answerMs;
            call.Command.State = CommandState.Sent;
            call.Command.SentMs = entry.Now.UtcMs;
            call.Command.Times++;
            entry.Put(peer, call.Command);
            due.Add((call.Over, Bytes(call, (PeerFlags)peer.Profile)));
        }

        return due;
    }

    /// <summary>A clock that the county does not trust itself sets no other.</summary>
    private bool MayStart(CountyDesk desk, StationCommand command, Instant now) =>
        (command.Code != (int)CommandCode.Clock || desk.ClockIsTrusted)
        && !_calls.ContainsKey(command.Station) && !_ended.Contains((command.Station, command.Number))
        && routes.Of(command.Station) is { } route
        && (!route.Tried.TryGetValue(command.Number, out long tried) || now.RunMs - tried >= CountyLimits.CommandRepeatMs);

    private void Start(PeerRegistration peer, PeerEntry entry, StationCommand command)
    {
        if (_calls.ContainsKey(command.Station) || routes.Of(command.Station) is not { } route)
        {
            return;
        }

        if (PeerRequest.Of(command, entry.Now.UtcMs, (PeerFlags)peer.Profile) is not { } request)
        {
            End(entry, peer, command, CommandState.Done, CommandOutcome.Unknown);
            return;
        }

        if (route.Tried.Count >= PeerLimits.CallsEndedKept)
        {
            route.Tried.Clear();
        }

        route.Tried[command.Number] = entry.Now.RunMs;
        _sequence++;
        _calls[command.Station] = new Call(command, route, request.As, request.Unit)
        {
            Sequence = _sequence,
            DueRunMs = entry.Now.RunMs,
        };
    }

    private void Done(PeerEntry entry, PeerRegistration peer, StationCommand command)
    {
        _calls.Remove(command.Station);
        End(entry, peer, command, CommandState.Done, CommandOutcome.Done);
        EventRecord record = new() { A = (int)Origin.County };
        switch (command.Code)
        {
            case (int)CommandCode.DutyCheck:
                memory.DutyAsked(peer.Station, command.A, entry.Now.RunMs);
                entry.Peers.PutDutyCheck(peer.Station, command.A);
                record.Kind = EventKind.DutyCheckAsked;
                record.Value = command.A * 60;
                entry.Add(peer, record, 0, null);
                break;
            case (int)CommandCode.Clock:
                record.Kind = EventKind.CommandDone;
                record.A = (int)command.Number;
                record.B = command.Code;
                entry.Add(peer, record, 0, null);
                break;
            default:
                break;
        }
    }

    /// <summary>A transaction failed: what was open or ended in it is begun again.</summary>
    public void Forget()
    {
        _calls.Clear();
        _ended.Clear();
    }

    /// <summary>The box is registered no more, or its number is another box's by now.</summary>
    public void Forget(uint station) => _calls.Remove(station);

    private void End(PeerEntry entry, PeerRegistration peer, StationCommand command, CommandState state, CommandOutcome result)
    {
        command.State = state;
        command.Result = (int)result;
        command.AnsweredMs = entry.Now.UtcMs;
        entry.Put(peer, command);
        if (_ended.Count >= PeerLimits.CallsEndedKept)
        {
            _ended.Clear();
        }

        _ended.Add((command.Station, command.Number));
    }

    /// <summary>The same frame again has the same number, and a time of its own.</summary>
    private byte[] Bytes(Call call, PeerFlags flags)
    {
        FrameHead head = new()
        {
            Sequence = call.Sequence,
            MainVersion = call.Route.Version.Main,
            UserVersion = call.Route.Version.User,
            Time = PeerTimes.ToFrame(door.Time, flags),
            Source = call.Route.Own,
            Destination = call.Route.Address,
            Command = call.As,
        };
        return FrameBytes.Of(head, call.Unit, flags);
    }

    private sealed class Call(StationCommand command, PeerRoutes.Route route, FrameCommand how, byte[] unit)
    {
        public StationCommand Command => command;

        public PeerRoutes.Route Route => route;

        /// <summary>The connection on which it was asked; an answer by another one is none.</summary>
        public PeerLink Over { get; } = route.Newest;

        public FrameCommand As => how;

        public byte[] Unit => unit;

        public ushort Sequence { get; init; }

        public int Tries { get; set; }

        public long DueRunMs { get; set; }

        public bool Denied { get; set; }
    }
}
