// Owns: what the county asks of the station, and that each of it is done once at most, and at last.
// Must never: ask what would make the checks of zones blind: disablements, tests and drills are the panel's own tests'.

using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

public sealed partial class World
{
    private const int CommandLifeMs = CountyLimits.CommandLifeS * 1_000;

    private readonly HashSet<(uint Number, CommandCode Code)> _asked = [];
    private readonly Dictionary<(uint Number, CommandCode Code), (uint Boot, long UptimeMs)> _done = [];
    private readonly HashSet<(uint Number, CommandCode Code)> _answered = [];

    /// <summary>Until when a command to silence may still be on its way.</summary>
    private long _silenceUntilMs = long.MinValue;

    private bool AskSomething()
    {
        CommandCode[] codes = [CommandCode.DutyCheck, CommandCode.Clock, CommandCode.ReadLog, CommandCode.SelfTest, CommandCode.Silence];
        CommandCode code = codes[_chance.Below(codes.Length)];
        int lane = _chance.Below(Lanes.Count);
        int first = _chance.Range(1, 200);
        int last = first + _chance.Below(50);
        return Ask(code switch
        {
            CommandCode.DutyCheck => new CommandRequest(Station, (int)code, _chance.Range(1, 10)),
            CommandCode.ReadLog => new CommandRequest(Station, (int)code, lane, first, last),
            _ => new CommandRequest(Station, (int)code),
        }) is not null;
    }

    private StationCommand? Ask(CommandRequest request)
    {
        if (_county.Ask(request, _nowMs) is not { } command)
        {
            return null;
        }

        Trace($"county asks {command.Number}: code {command.Code}");
        _asked.Add((command.Number, (CommandCode)command.Code));
        if (request.Code == (int)CommandCode.Silence)
        {
            _silenceUntilMs = _nowMs + CommandLifeMs + 60_000;
        }

        return command;
    }

    private void CommandChanged(StationCommand command)
    {
        if (command.Station != Station)
        {
            return;
        }

        Trace($"command {command.Number} is {command.StateName} {command.Why}");
        if (command.State is CommandState.Done or CommandState.Refused)
        {
            _answered.Add((command.Number, (CommandCode)command.Code));
        }
    }

    /// <summary>A record that answers a command has come to the county for the first time.</summary>
    private void CheckAnswer(EventRecord r)
    {
        (uint Number, CommandCode Code) command = ((uint)r.A, (CommandCode)r.B);

        // With a count it tells of messages that came a second time or were nobody's, and answers none.
        bool counts = r.Kind == EventKind.CommandRefused && r.C > 0 && command == (0, default);
        bool readable = !counts && (r.Kind == EventKind.CommandDone || r.Value == (int)DecodeResult.Replayed);
        if (readable && !_asked.Contains(command))
        {
            throw new ViolationException($"invented: command {command.Number} of code {command.Code} was never asked");
        }

        // What could not be kept in flash was not done, and may be done when it comes again.
        // The record itself may come twice: to a restored county, or once from memory and once from flash.
        bool ran = r.Kind == EventKind.CommandDone && r.Value != (int)CommandOutcome.NotKept;
        bool forgets = _swarm.Damages || _swarm.FormatEveryMs > 0;
        if (ran && !_done.TryAdd(command, (r.Boot, r.UptimeMs)) && _done[command] != (r.Boot, r.UptimeMs) && !forgets)
        {
            throw new ViolationException($"double: command {command.Number} of code {command.Code} was done twice");
        }
    }

    /// <summary>Without faults a command is answered, and a clock that was told wrong is right again.</summary>
    private void CheckCommands()
    {
        // A county whose clock was ahead, and whose memory of that was taken away, gives numbers that the gateway has passed.
        bool passed = _truth.Restored && _swarm.ClockIsWrong;
        StationCommand? asked = passed ? null : Ask(new CommandRequest(Station, (int)CommandCode.DutyCheck, 1));

        // One at a time goes down, and what was asked in an outage goes before it.
        long afterMs = 120_000 + ((_asked.Count - _answered.Count) * (2_000 + SlackMs));
        long until = _nowMs + afterMs;
        while ((asked is not null && !_answered.Contains((asked.Number, (CommandCode)asked.Code))) || !AllHeld())
        {
            if (_nowMs >= until)
            {
                throw new ViolationException($"command {asked?.Number} is not answered and held {afterMs} ms after the faults");
            }

            RunFor(1_000);
        }
    }

    /// <summary>
    /// A few heartbeats without faults, and the clock is right whatever the county said before; that it was set is an event, which the
    /// county must hold too.
    /// </summary>
    private void CheckClock()
    {
        long until = _nowMs + 180_000;
        while (Math.Abs(ClockErrorMs()) > ClockErrorMaxMs || !AllHeld())
        {
            if (_nowMs >= until)
            {
                throw new ViolationException($"clock: {ClockErrorMs()} ms off, or not all is held, 180 s after the faults");
            }

            RunFor(5_000);
        }
    }

    private long ClockErrorMs() => _loop!.Clock.UtcMs(Uptime()) - _swarm.UtcAtZeroMs - _nowMs;
}
