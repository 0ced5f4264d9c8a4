// Owns: a settings text that comes in pieces, from county or console: putting them together, checking the whole beside the loop's work.
// Must never: change what is in force; it hands a right text to the trial.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Length and checksum of the whole text name it. Pieces go into flash as they come, so that none of it is held in memory until the
    /// commit, and a power cut costs at most the last piece.
    /// </summary>
    public sealed class SettingsPush
    {
        private readonly SettingsTrial _trial;
        private readonly Settings _inForce;
        private readonly Origin _origin;
        private int _number;
        private uint _crc;
        private SettingsParser _parser;
        private SettingsErrors _errors;

        /// <param name="trial">What tries a text.</param>
        /// <param name="inForce">The settings that the box runs on: a text of another station, or of another board, is refused.</param>
        /// <param name="origin">The county, or the technician at the console.</param>
        public SettingsPush(SettingsTrial trial, Settings inForce, Origin origin)
        {
            _origin = origin;
            _trial = trial;
            _inForce = inForce;
        }

        /// <summary>True while a text is being checked, a line a tick.</summary>
        public bool Checking
        {
            get { return _parser != null; }
        }

        /// <summary>Takes a piece; a <see cref="CommandOutcome"/>.</summary>
        /// <param name="offset">Where the piece belongs.</param>
        /// <param name="whole">Bytes of the whole text.</param>
        /// <param name="crc">CRC-32 of the whole text.</param>
        public CommandOutcome Piece(int offset, int whole, uint crc, byte[] message, int at, int count)
        {
            SettingsStore store = _trial.Store;
            bool fits = whole >= 1 && whole <= _trial.BytesMax && offset >= 0 && offset < whole;
            if (!fits || count < 1 || count > whole - offset)
            {
                return CommandOutcome.OutOfRange;
            }

            int number = Arriving();
            if (number == 0 || store.Length(number) != whole || store.Crc != crc)
            {
                if (offset != 0)
                {
                    return CommandOutcome.Incomplete;
                }

                number = store.Begin(whole, crc, _trial.InForce);
                if (number == 0)
                {
                    return CommandOutcome.NotKept;
                }
            }

            int there = store.Arrived(number) - offset;
            if (there < 0)
            {
                return CommandOutcome.Incomplete;
            }

            return there >= count || store.Add(number, message, at + there, count - there) ? CommandOutcome.Done : CommandOutcome.NotKept;
        }

        /// <summary>Begins the check; <see cref="CommandOutcome.Pending"/> when <see cref="Step"/> will give the outcome.</summary>
        public CommandOutcome Commit(int whole, uint crc)
        {
            SettingsStore store = _trial.Store;
            int number = Arriving();
            if (number == 0 || store.Length(number) != whole || store.Crc != crc)
            {
                return IsThere(whole, crc) ? CommandOutcome.NothingToDo : CommandOutcome.Incomplete;
            }

            byte[] text = new byte[whole];
            if (!store.ReadUnjudged(number, text, whole))
            {
                return CommandOutcome.Incomplete;
            }

            _number = number;
            _crc = crc;
            _errors = new SettingsErrors();
            _parser = new SettingsParser(text, whole, _trial.Board, _errors);
            return CommandOutcome.Pending;
        }

        /// <summary>Gives up the check under way; the text stays as it has arrived.</summary>
        public void Abandon()
        {
            _parser = null;
            _errors = null;
        }

        /// <summary>Checks the next line; <see cref="CommandOutcome.Pending"/>, or at the end the outcome of the commit.</summary>
        public CommandOutcome Step(EventLog log, bool fire, long nowMs)
        {
            SettingsStore store = _trial.Store;
            if (_parser.Step())
            {
                return CommandOutcome.Pending;
            }

            Settings settings = _parser.Result;
            bool whole = _parser.TextCrc == _crc;
            SettingsErrors errors = _errors;
            Abandon();
            store.Find();
            if (!whole)
            {
                store.Forget(_number);
                return CommandOutcome.Incomplete;
            }

            if (settings != null && settings.Station != _inForce.Station)
            {
                string found = "station id=" + settings.Station.ToString();
                errors.Add(SettingsReason.OtherStation, 0, 0, found, "id=" + _inForce.Station.ToString());
            }

            // Another board's pins may drive what is an input here, and only who stands before the box sees which board it is.
            if (settings != null && settings.BoardName != _inForce.BoardName)
            {
                errors.Add(SettingsReason.OtherBoard, 0, 0, "board " + settings.BoardName, "board " + _inForce.BoardName);
            }

            if (errors.Total > 0)
            {
                _trial.Refuse(log, errors, _origin, nowMs);
                store.Forget(_number);
                return CommandOutcome.WrongSettings;
            }

            if (fire)
            {
                return CommandOutcome.FireIsLatched;
            }

            return _trial.Want(_number, _origin, nowMs) ? CommandOutcome.Done : CommandOutcome.NotKept;
        }

        /// <summary>Number of the text that is arriving, 0 = none.</summary>
        private int Arriving()
        {
            SettingsStore store = _trial.Store;
            int texts = store.Find();
            int newest = texts > 0 ? store.Number(texts - 1) : 0;
            return newest == 0 || store.Wanted(newest) ? 0 : newest;
        }

        private bool IsThere(int whole, uint crc)
        {
            SettingsStore store = _trial.Store;
            int newest = store.Texts > 0 ? store.Number(store.Texts - 1) : 0;
            return newest != 0 && store.Wanted(newest) && store.Length(newest) == whole && store.Crc == crc;
        }
    }
}
