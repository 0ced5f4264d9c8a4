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
        private readonly Journal _journal;
        private readonly EventLog _log;
        private readonly Panel _panel;
        private readonly SettingsPush _push;
        private readonly Sender _sender;
        private readonly ClockKeeper _clock;
        private uint _commitNumber;

        /// <param name="journal">Keeps the number.</param>
        /// <param name="log">Whether flash can keep it.</param>
        /// <param name="panel">Does most of what is commanded.</param>
        /// <param name="trial">Takes settings of the county; null refuses them.</param>
        /// <param name="sender">Sends records again.</param>
        /// <param name="clock">Takes the county's clock.</param>
        public CommandDesk(
            Journal journal,
            EventLog log,
            Panel panel,
            SettingsTrial trial,
            Sender sender,
            ClockKeeper clock
        )
        {
            _sender = sender;
            _clock = clock;
            _journal = journal;
            _log = log;
            _panel = panel;
            _push = trial == null ? null : new SettingsPush(trial, panel.State.Settings, Origin.County);
        }

        /// <summary>The last number taken.</summary>
        public uint LastNumber
        {
            get { return (uint)_journal.Get(JournalKey.Commands, 0); }
        }

        /// <summary>Takes one message whose signature, session and age were found good.</summary>
        /// <param name="limited">True when the message's head has an age limit; a command without one is refused.</param>
        public void Take(byte[] message, int count, bool limited, long nowMs)
        {
            DecodeResult decoded = _command.Decode(message, count);
            if (decoded != DecodeResult.Ok || !limited)
            {
                Refuse(decoded == DecodeResult.Ok ? DecodeResult.OutOfRange : decoded, nowMs);
                return;
            }

            if (_command.Number <= LastNumber)
            {
                Refuse(DecodeResult.Replayed, nowMs);
                return;
            }

            // A flash that was given up is left alone: what could not be read of it may be good at the next start.
            bool kept = !_log.InMemory;

            // A piece of text goes first: taken twice it changes nothing, while a number without its piece would leave a gap.
            bool piece = kept && _command.Code == CommandCode.SettingsPiece;
            CommandOutcome outcome = piece ? Settings(message, nowMs) : CommandOutcome.Done;
            _panel.State.Text = piece ? "" : Utf8.Line(message, Command.TextAt, _command.TextBytes, ContractLimits.PlaceBytesMax);
            _journal.Set(JournalKey.Commands, 0, (int)_command.Number);
            kept = kept && _journal.Save(JournalKey.Commands);
            outcome = !kept ? CommandOutcome.NotKept : piece ? outcome : Run(message, nowMs);
            if (outcome == CommandOutcome.Pending)
            {
                _commitNumber = _command.Number;
            }
            else
            {
                Done(_command.Number, _command.Code, outcome, nowMs);
            }

            _panel.Wake();
        }

        /// <summary>Goes on with checking a settings text; one comparison while there is none.</summary>
        public void Step(long nowMs)
        {
            if (_push == null || !_push.Checking)
            {
                return;
            }

            CommandOutcome outcome = _push.Step(_log, _panel.Latched != 0, nowMs);
            if (outcome != CommandOutcome.Pending)
            {
                Done(_commitNumber, CommandCode.SettingsCommit, outcome, nowMs);
                _panel.Wake();
            }
        }

        private CommandOutcome Run(byte[] message, long nowMs)
        {
            PanelCommands panel = _panel.Commands;
            Command c = _command;
            panel.Origin = Origin.County;
            switch (c.Code)
            {
                case CommandCode.Clock:
                    return _clock.Take(nowMs) ? CommandOutcome.Done : CommandOutcome.OutOfRange;
                case CommandCode.ReadLog:
                    return _sender.ReadAgain((Lane)c.A, (uint)c.B, (uint)c.C);
                case CommandCode.Silence:
                    return _panel.State.Settings.RemoteSilence ? panel.Silence(nowMs) : CommandOutcome.NotAllowed;
                case CommandCode.SettingsCommit:
                    return Settings(message, nowMs);
                default:
                    return panel.Run(c.Code, c.A, c.B, nowMs);
            }
        }

        private CommandOutcome Settings(byte[] message, long nowMs)
        {
            if (_push == null)
            {
                return CommandOutcome.NotAllowed;
            }

            if (_push.Checking)
            {
                // What comes now takes the place of the text whose check is under way.
                _push.Abandon();
                Done(_commitNumber, CommandCode.SettingsCommit, CommandOutcome.Incomplete, nowMs);
            }

            Command c = _command;
            if (c.Code == CommandCode.SettingsPiece)
            {
                return _push.Piece(c.A, c.B, (uint)c.C, message, Command.TextAt, c.TextBytes);
            }

            return _panel.Latched != 0 ? CommandOutcome.FireIsLatched : _push.Commit(c.B, (uint)c.C);
        }

        private void Refuse(DecodeResult why, long nowMs)
        {
            _panel.State.Events.CommandRefused(_command.Number, _command.Code, why, nowMs);
        }

        private void Done(uint number, CommandCode code, CommandOutcome outcome, long nowMs)
        {
            _panel.State.Events.CommandDone(number, code, outcome, nowMs);
        }
    }
}
