// Owns: taking the county's commands: each number once, within its age, and answered by an event.
// Must never: run a command whose number was not kept in flash first, or touch a fire beyond what the settings allow.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// The number is kept before the command runs, so that a power cut in between leaves a command undone rather than done twice; the
    /// county sees no answer and asks again under a new number.
    /// </summary>
    public sealed class CommandDesk
    {
        private readonly Command _command = new Command();
        private readonly Settings _settings;
        private readonly Journal _journal;
        private readonly EventLog _log;
        private readonly Panel _panel;

        public CommandDesk(Settings settings, Journal journal, EventLog log, Panel panel)
        {
            _settings = settings;
            _journal = journal;
            _log = log;
            _panel = panel;
        }

        /// <summary>Commands refused since the start.</summary>
        public uint Refused { get; private set; }

        /// <summary>The last number taken.</summary>
        public uint LastNumber
        {
            get { return (uint)_journal.Get(JournalKey.Commands, 0); }
        }

        /// <summary>Takes one message whose signature, session and age were found good.</summary>
        /// <param name="limited">True when the message's head has an age limit; a command without one is refused.</param>
        public void Take(byte[] message, int count, bool limited, Uplink uplink, long nowMs)
        {
            int decoded = _command.Decode(message, count);
            if (decoded != DecodeResult.Ok || !limited)
            {
                Answer(EventKind.CommandRefused, decoded == DecodeResult.Ok ? DecodeResult.OutOfRange : decoded, nowMs);
                return;
            }

            if (_command.Number <= LastNumber)
            {
                Answer(EventKind.CommandRefused, DecodeResult.Replayed, nowMs);
                return;
            }

            _journal.Set(JournalKey.Commands, 0, (int)_command.Number);

            // A flash that was given up is left alone: what could not be read of it may be good at the next start.
            bool kept = !_log.InMemory && _journal.Save(JournalKey.Commands);
            Answer(EventKind.CommandDone, kept ? Run(uplink, nowMs) : CommandOutcome.NotKept, nowMs);
            _panel.Wake();
        }

        private int Run(Uplink uplink, long nowMs)
        {
            PanelCommands panel = _panel.Commands;
            Command c = _command;
            panel.Origin = Origin.County;
            switch (c.Code)
            {
                case CommandCode.DutyCheck:
                    return panel.DutyCheck(c.A, nowMs);
                case CommandCode.Drill:
                    return panel.Drill(c.A, nowMs);
                case CommandCode.HotWork:
                    return panel.HotWork(c.A, c.B, nowMs);
                case CommandCode.Shield:
                    return panel.Shield(c.A, c.B, nowMs);
                case CommandCode.Test:
                    return panel.Test(c.A, c.B, nowMs);
                case CommandCode.Clock:
                    return uplink.TakeClock(nowMs) ? CommandOutcome.Done : CommandOutcome.OutOfRange;
                case CommandCode.ReadLog:
                    return uplink.ReadAgain(c.A, (uint)c.B, (uint)c.C);
                case CommandCode.SelfTest:
                    return panel.SelfTest(_panel.TestParts(nowMs), nowMs);
                case CommandCode.Silence:
                    return _settings.RemoteSilence ? panel.Silence(nowMs) : CommandOutcome.NotAllowed;
                default:
                    return CommandOutcome.Unknown;
            }
        }

        private void Answer(int kind, int result, long nowMs)
        {
            Refused += kind == EventKind.CommandRefused ? 1u : 0u;
            PanelEvents events = _panel.State.Events;
            events.Begin(kind, -1, nowMs);
            events.Details((int)_command.Number, _command.Code);
            events.Value(result, Unit.None);
        }
    }
}
