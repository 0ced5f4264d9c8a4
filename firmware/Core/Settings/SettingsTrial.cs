// Owns: which settings text is in force, the trial of a new one, and the way back to the last good one.
// Must never: give up a text under which the county has answered before a newer one has proved itself.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A new text is tried when there is a good one of the same station to go back to: within <see cref="LimitMs"/> the county must
    /// welcome the station, else the trial has failed and the gateway restarts with the good one. A trial that ends in power cuts has
    /// failed after <see cref="Limits.SettingsStartsMax"/> starts. Without a good one there is nothing to go back to, and the new text
    /// stays.
    /// </summary>
    public sealed partial class SettingsTrial
    {
        private Settings _settings;
        private bool _onTrial;
        private bool _isGood;
        private Origin _origin;
        private bool _confirmed;
        private int _starts;
        private int _failed;
        private uint _failedCrc;
        private Origin _failedOrigin;
        private int _failedStarts;
        private int _refused;
        private int _refusedLine;
        private int _refusedColumn;
        private Origin _refusedOrigin;
        private SettingsReason _refusedReason;
        private uint _saidAt;
        private long _startMs;

        /// <summary>Since when another text is wanted; -1 while none is.</summary>
        private long _applyMs = -1;

        public SettingsTrial(FlashPort flash, BoardShape board)
        {
            Store = new SettingsStore(flash);
            BytesMax = LogPlan.SettingsBytes(flash.CapacityBytes());
            Board = board;
        }

        public BoardShape Board { get; }

        /// <summary>Bytes of a text that this partition has room for.</summary>
        public int BytesMax { get; }

        public readonly SettingsStore Store;

        /// <summary>How long the county is awaited, <see cref="Limits.SettingsTrialMs"/> but in a rehearsal.</summary>
        public int LimitMs = Limits.SettingsTrialMs;

        /// <summary>Number of the text in force in the store; 0 when it is not from there.</summary>
        public int InForce { get; private set; }

        /// <summary>True while the settings in force have to prove themselves or be given up.</summary>
        public bool OnTrial
        {
            get { return _onTrial && !_isGood; }
        }

        /// <summary>CRC-32 of the text that was given up since the last start, 0 = none.</summary>
        public uint GivenUpCrc
        {
            get { return _failedCrc; }
        }

        /// <summary>
        /// True when the platform is to restart in order. Everything is in flash then; what the panel knows comes back from there.
        /// </summary>
        public bool RestartWanted { get; private set; }

        /// <summary>True for a text that the store has as its newest, so that it is none that is new.</summary>
        public bool Has(byte[] text, int count)
        {
            Store.Find();
            return count >= 0 && count <= Limits.SettingsBytesMax && IsNewest(text, count);
        }

        /// <summary>Stores a technician's text that was found right, for this start on. False when the flash refused.</summary>
        public bool Take(byte[] text, int count)
        {
            uint crc = Crc32.Of(text, 0, count);
            Store.Find();
            NoteFailed();
            if (IsNewest(text, count))
            {
                return true;
            }

            if (count > BytesMax)
            {
                return false;
            }

            byte[] scratch = new byte[Store.Longest(count)];
            int number = Store.Begin(count, crc, Store.Keepsake(scratch));
            bool good = number > 0 && Store.Add(number, text, 0, count) && Store.Read(number, scratch) == count;
            return good && Store.Mark(number, SettingsMark.TechnicianWants);
        }

        /// <summary>Remembers a text that was refused before it came to the store, so that the county hears of it.</summary>
        public void NoteRefused(SettingsErrors errors)
        {
            NoteRefused(errors, 0, Origin.Technician, errors.Total);
        }

        /// <summary>
        /// The settings to run with, null when there are none that are whole and right. Counts the start of a trial, so it is called once
        /// a start.
        /// </summary>
        /// <param name="errors">Tells of texts that were passed over.</param>
        public Settings Choose(SettingsErrors errors)
        {
            Store.Find();
            NoteFailed();
            if (Store.Texts < 0)
            {
                errors.Add(SettingsReason.Damaged, 0, 0, "存储的配置读不出\nsettings that can't be read", "可读的存储\na readable flash");
            }

            byte[] text = new byte[Store.Longest(0)];
            int newest = 0;
            Settings fresh = null;
            for (int i = Store.Texts - 1; i >= 0; i--)
            {
                int number = Store.Number(i);
                bool good = Store.Has(number, SettingsMark.Good);
                if (!Store.MayTake(number) || (fresh != null && !good))
                {
                    continue;
                }

                Settings settings = Read(number, text, errors);
                if (settings == null)
                {
                    continue;
                }

                if (good)
                {
                    return Decide(newest, fresh, number, settings);
                }

                newest = number;
                fresh = settings;
            }

            return Decide(newest, fresh, 0, null);
        }

        /// <summary>
        /// Checksum of the text that <see cref="Choose"/> will take, from the head of its file and without reading the text. A caller that
        /// cannot wait uses it and checks again once the text is read. 0 = there is no text.
        /// </summary>
        public static uint Expected(FlashPort flash)
        {
            SettingsStore store = new SettingsStore(flash);
            for (int i = store.Find() - 1; i >= 0; i--)
            {
                int number = store.Number(i);
                bool tried = !store.Has(number, SettingsMark.Good) && store.Starts(number) == Limits.SettingsStartsMax;
                if (store.MayTake(number) && !tried)
                {
                    return store.Length(number) < 0 ? 0 : store.Crc;
                }
            }

            return 0;
        }

        /// <summary>Says what the start has to say of settings.</summary>
        public void Begin(EventLog log, long nowMs)
        {
            _startMs = nowMs;
            if (_settings != null && _settings.Unsaid != 0)
            {
                log.UnsupervisedFires(_settings.NumberBits(_settings.Unsaid), _settings.TextCrc, nowMs);
            }

            if (_settings != null && _settings.GasOutsideRules != 0)
            {
                log.GasOutsideRules(_settings.NumberBits(_settings.GasOutsideRules), _settings.TextCrc, nowMs);
            }

            if (_failed > 0)
            {
                log.SettingsRolledBack(_failedCrc, _failedOrigin, _failedStarts, nowMs);
                _saidAt = log.At(Lane.Routine).Last;
            }

            if (_refused > 0)
            {
                log.SettingsRefused(_refused, _refusedLine, _refusedColumn, _refusedOrigin, _refusedReason, nowMs);
            }

            if (_onTrial)
            {
                log.SettingsTried(_settings.TextCrc, _origin, LimitMs / 1000, _starts, nowMs);
            }
        }

        /// <summary>One look a tick; cheap while nothing is on trial.</summary>
        /// <param name="log">Tells how the trial goes.</param>
        /// <param name="fire">A fire is latched.</param>
        /// <param name="waiting">Events of the panel that are no records yet.</param>
        /// <param name="online">The county has welcomed the station.</param>
        /// <param name="nowMs">Monotonic.</param>
        public void Step(EventLog log, bool fire, int waiting, bool online, long nowMs)
        {
            if (_failed > 0 && Said(log))
            {
                Store.Find();
                Store.Forget(_failed);
                _failed = 0;
                _saidAt = 0;
            }

            if (_applyMs >= 0)
            {
                // The answer to the command goes up first, if that is quick. A latched fire is not interrupted for new settings.
                LaneLog routine = log.At(Lane.Routine);
                bool told = waiting == 0 && !log.Waiting && routine.Held >= routine.Last;
                RestartWanted |= !fire && (told || nowMs - _applyMs >= Limits.SettingsApplyWaitMs);
            }

            if (_isGood || InForce == 0)
            {
                return;
            }

            if ((online || _confirmed) && _failed == 0)
            {
                if (_saidAt == 0)
                {
                    log.SettingsLoaded(_settings.TextCrc, _origin, nowMs);
                    _saidAt = log.At(Lane.Routine).Last;
                }
                else if (Said(log))
                {
                    // After the event: a cut in between says it twice, and never leaves it out.
                    Store.Find();
                    _isGood = Store.Mark(InForce, SettingsMark.Good);
                    _saidAt = _isGood ? 0 : _saidAt;
                }
            }
            else if (_onTrial && _saidAt == 0 && nowMs - _startMs >= LimitMs && !RestartWanted)
            {
                GiveUp();
            }
        }

        /// <summary>Makes a checked text the one that the next start tries. False when the flash refused.</summary>
        public bool Want(int number, Origin origin, long nowMs)
        {
            if (!Store.Mark(number, origin == Origin.County ? SettingsMark.CountyWants : SettingsMark.TechnicianWants))
            {
                return false;
            }

            _applyMs = nowMs;
            return true;
        }

        /// <summary>Writes that a text of the county or of a technician was refused.</summary>
        public void Refuse(EventLog log, SettingsErrors errors, Origin origin, long nowMs)
        {
            log.SettingsRefused(errors.Total, errors.Line(0), errors.Column(0), origin, errors.Reason(0), nowMs);
        }

        /// <summary>The text in force, byte for byte as it was stored; -1 when there is none.</summary>
        public int Export(byte[] text)
        {
            return InForce == 0 ? -1 : Store.Read(InForce, text);
        }

        private Settings Decide(int newest, Settings fresh, int goodNumber, Settings good)
        {
            if (fresh != null && good != null && good.Station == fresh.Station)
            {
                _starts = Store.Starts(newest);
                bool may = _starts < Limits.SettingsStartsMax && Store.Mark(newest, (SettingsMark)((int)SettingsMark.Start + _starts));
                if (may)
                {
                    _starts++;
                    _onTrial = true;
                }
                else if (_starts == Limits.SettingsStartsMax)
                {
                    Store.Mark(newest, SettingsMark.Failed);
                    NoteFailed();
                    fresh = null;
                }
                else
                {
                    // A trial whose starts can't be counted might never end.
                    fresh = null;
                }
            }

            _isGood = fresh == null;
            _settings = fresh ?? good;
            InForce = _settings == null ? 0 : fresh != null ? newest : goodNumber;
            _origin = OriginOf(InForce);
            return _settings;
        }

        private Settings Read(int number, byte[] text, SettingsErrors errors)
        {
            int before = errors.Total;
            int place = errors.Count;
            int count = Store.Read(number, text);
            if (count < 0)
            {
                string name = number.ToString();
                string found = "配置文件 " + name + " 已损坏\nsettings file " + name + " is damaged";
                errors.Add(SettingsReason.Damaged, 0, 0, found, "完整的文件\na whole file");
            }

            Settings settings = count < 0 ? null : SettingsParser.Parse(text, count, Board, errors, true);
            if (settings == null)
            {
                NoteRefused(errors, place, OriginOf(number), errors.Total - before);
            }

            return settings;
        }

        /// <summary>Of several refused texts the first is told, which is the newest.</summary>
        private void NoteRefused(SettingsErrors errors, int place, Origin origin, int total)
        {
            if (_refused > 0)
            {
                return;
            }

            bool kept = place < errors.Count;
            _refused = total;
            _refusedLine = kept ? errors.Line(place) : 0;
            _refusedColumn = kept ? errors.Column(place) : 0;
            _refusedOrigin = origin;
            _refusedReason = kept ? errors.Reason(place) : SettingsReason.Unknown;
        }

        private void NoteFailed()
        {
            for (int i = 0; i < Store.Texts; i++)
            {
                int number = Store.Number(i);
                if (Store.Wanted(number) && Store.Has(number, SettingsMark.Failed))
                {
                    Store.Length(number);
                    _failed = number;
                    _failedCrc = Store.Crc;
                    _failedOrigin = OriginOf(number);
                    _failedStarts = Store.Starts(number);
                }
            }
        }

        private bool IsNewest(byte[] text, int count)
        {
            int place = Store.Texts - 1;
            while (place >= 0 && !Store.Wanted(Store.Number(place)))
            {
                place--;
            }

            if (place < 0 || Store.Has(Store.Number(place), SettingsMark.Failed) || Store.Length(Store.Number(place)) != count)
            {
                return false;
            }

            byte[] newest = new byte[count];
            bool same = Store.Read(Store.Number(place), newest) == count;
            for (int i = 0; same && i < count; i++)
            {
                same = newest[i] == text[i];
            }

            return same;
        }

        private Origin OriginOf(int number)
        {
            return Store.Has(number, SettingsMark.CountyWants) ? Origin.County : Origin.Technician;
        }

        private bool Said(EventLog log)
        {
            return !log.InMemory && log.At(Lane.Routine).Durable >= _saidAt;
        }
    }
}
