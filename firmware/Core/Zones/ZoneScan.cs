// Owns: turning raw samples into settled states of zones and buttons, n of m samples at a time.
// Must never: decide what a state means for the panel, or allocate.

namespace Gateway.Core
{
    /// <summary>
    /// Every zone has a settled class. A sample inside the settled class's band costs one comparison; any other starts the n-of-m count,
    /// in which each of the last eight samples is four bits of an int. A zone settles to a class when n of its last m samples were of that
    /// class. When no class wins for long, the zone settles to <see cref="InputClass.Unsteady"/>, which is a fault.
    /// </summary>
    public sealed class ZoneScan
    {
        /// <summary>Samples of no class, so that what an input shows at the start is counted before it is believed.</summary>
        private const int Unseen = -1;

        /// <summary>Outside of all samples.</summary>
        private const short Nowhere = short.MaxValue;

        private readonly byte[] _input;
        private readonly short[] _low;

        /// <summary>Highest less lowest sample of the band: one comparison of unsigned numbers tells inside from outside.</summary>
        private readonly ushort[] _span;
        private readonly int[] _history;

        /// <summary>Since when an entry's settled class has had no majority; 0 while it has one.</summary>
        private readonly int[] _unsteadyS;

        /// <summary>Null where no zone is analog.</summary>
        private readonly short[] _sample;
        private readonly InputClass[] _settled;

        /// <summary>See <see cref="Settings.ZoneDebounce"/>.</summary>
        private readonly byte[] _debounce;
        private readonly byte[] _button;
        private readonly Bands _bands;

        /// <summary>Null where no zone is watched for a rise.</summary>
        private readonly RateOfRise _rates;
        private readonly int _zones;
        private readonly int _entries;
        private ZoneSet _changed;
        private int _pressed;
        private ZoneSet _rested;
        private int _changes;
        private int _resume;
        private int _samples;
        private int _counted;

        public ZoneScan(Settings settings)
        {
            int buttons = 0;
            for (int button = 0; button < Buttons.Count; button++)
            {
                buttons += settings.ButtonInput[button] >= 0 ? 1 : 0;
            }

            _zones = settings.ZoneCount;
            int entries = _zones + buttons;
            _input = new byte[entries];
            _low = new short[entries];
            _span = new ushort[entries];
            _history = new int[entries];
            _unsteadyS = new int[entries];
            _sample = settings.ZoneFrom == null ? null : new short[entries];
            _settled = new InputClass[entries];
            _debounce = new byte[entries];
            _button = new byte[buttons];
            _bands = new Bands(settings, entries);
            _rates = RateOfRise.Any(settings) ? new RateOfRise(settings) : null;
            _entries = _zones;
            for (int i = 0; i < _zones; i++)
            {
                Add(i, settings.ZoneInput[i], settings.ZoneDebounce[i]);
                _history[i] = Unseen;
            }

            for (int button = 0; button < Buttons.Count; button++)
            {
                if (settings.ButtonInput[button] >= 0)
                {
                    bool closed = (settings.ButtonsClosed & (1 << button)) != 0;
                    _bands.AddContact(_entries, closed ? Wiring.NormallyClosed : Wiring.NormallyOpen);
                    _button[_entries - _zones] = (byte)button;
                    Add(_entries, settings.ButtonInput[button], Limits.KeySamplesNeeded | Limits.KeySamplesOf << Settings.DebounceShift);
                    _history[_entries] = Unseen;
                    _entries++;
                }
            }
        }

        /// <summary>Zones whose class changed in the last scan.</summary>
        public ZoneSet ChangedZones
        {
            get { return _changed; }
        }

        /// <summary>
        /// Zones that became active from a rest that was seen; else from a broken or loose line,
        /// or since the start.
        /// </summary>
        public ZoneSet FromRest { get; private set; }

        /// <summary>
        /// Bits of the buttons that were pressed in the last scan: seen at rest before. One that is closed from the start on, or comes back
        /// from a loose contact, is no press.
        /// </summary>
        public int PressedButtons
        {
            get { return _pressed; }
        }

        /// <summary>
        /// Bits of the buttons that are seen at rest; the others are pressed, loose, unreadable, or not there. Only the scan writes it.
        /// </summary>
        public int RestedButtons;

        /// <summary>True once every input was looked at so often since the start that it settled.</summary>
        public bool Looked
        {
            get { return _samples >= Limits.FirstLookSamples; }
        }

        /// <summary>
        /// Zones whose last samples are not of the class that they settled to: nothing can be said
        /// of them now.
        /// </summary>
        public ZoneSet Restless
        {
            get
            {
                ZoneSet bits = 0;
                for (int i = 0; i < _zones; i++)
                {
                    bits |= _unsteadyS[i] != 0 && _settled[i] != InputClass.Unsteady && !Stands(i) ? (ZoneSet)(1 << i) : 0;
                }

                return bits;
            }
        }

        /// <summary>True when the last scan was work enough for one tick: it counted the samples of many inputs.</summary>
        public bool Worked
        {
            get { return _counted > Limits.CountsPerTick; }
        }

        /// <summary>The settled class of a zone, see <see cref="InputClass"/>; at rest for one that is carried, without input.</summary>
        public InputClass Settled(int zone)
        {
            return zone < _zones ? _settled[zone] : InputClass.Normal;
        }

        /// <summary>The raw sample that last counted for an analog zone.</summary>
        public int Sample(int zone)
        {
            return _sample != null && zone < _zones ? _sample[zone] : 0;
        }

        /// <summary>
        /// Takes one sample of every input. True when something changed. At most <see cref="Limits.ChangesPerTick"/> zones settle in a
        /// tick; the next tick goes on with the one after them, so that none waits for long.
        /// </summary>
        public bool Scan(int[] raw, long nowMs)
        {
            if (_rates != null && nowMs >= _rates.DueMs)
            {
                _rates.Step(raw, nowMs);
                Recount(_rates.Changed);
            }

            _samples += _samples < Limits.FirstLookSamples ? 1 : 0;
            _changed = 0;
            _pressed = 0;
            _counted = 0;
            int rested = RestedButtons;
            if (_resume == 0)
            {
                ScanFrom(0, _entries, raw, nowMs);
            }
            else
            {
                int from = _resume;
                _resume = 0;
                _changes = 0;
                ScanFrom(from, _entries, raw, nowMs);
                if (_resume == 0)
                {
                    ScanFrom(0, from, raw, nowMs);
                }
            }

            _changes = 0;
            return ((int)_changed | (RestedButtons ^ rested)) != 0;
        }

        /// <summary>A tick in which nothing is looked at, since there is work enough: nothing changed and no button was pressed.</summary>
        public void Rest()
        {
            _changed = 0;
            _pressed = 0;
        }

        private void ScanFrom(int from, int to, int[] raw, long nowMs)
        {
            byte[] input = _input;
            short[] low = _low;
            ushort[] span = _span;
            for (int i = from; i < to; i++)
            {
                int sample = raw[input[i]];
                if ((uint)(sample - low[i]) <= span[i])
                {
                    continue;
                }

                _counted++;
                if (Count(i, sample, nowMs) && Changed(i))
                {
                    _resume = i + 1 == _entries ? 0 : i + 1;
                    return;
                }
            }
        }

        /// <summary>Notes a zone or button that settled; true when those are enough for one tick.</summary>
        private bool Changed(int i)
        {
            if (i < _zones)
            {
                _changed |= (ZoneSet)(1 << i);
                MoveZone((ZoneSet)(1 << i), _settled[i]);
            }
            else
            {
                MoveKey(1 << _button[i - _zones], _settled[i]);
            }

            _changes++;
            return _changes == Limits.ChangesPerTick;
        }

        private void MoveZone(ZoneSet zone, InputClass settled)
        {
            if (settled == InputClass.Active)
            {
                FromRest = (FromRest & ~zone) | (_rested & zone);
            }

            _rested = settled == InputClass.Normal ? _rested | zone : _rested & ~zone;
        }

        /// <summary>At the start an input is taken to be at rest, which is seen only now.</summary>
        private void Rests(int i)
        {
            if (i < _zones)
            {
                _rested |= (ZoneSet)(1 << i);
            }
            else
            {
                RestedButtons |= 1 << _button[i - _zones];
            }
        }

        private void MoveKey(int key, InputClass settled)
        {
            _pressed |= settled == InputClass.Active ? key & RestedButtons : 0;
            RestedButtons = settled == InputClass.Normal ? RestedButtons | key : RestedButtons & ~key;
        }

        private void Add(int entry, int input, int debounce)
        {
            _input[entry] = (byte)input;
            _debounce[entry] = (byte)debounce;
            Unsettle(entry);
        }

        /// <summary>A band that no sample is in: every sample is counted until the window is uniform.</summary>
        private void Unsettle(int entry)
        {
            _low[entry] = Nowhere;
            _span[entry] = 0;
        }

        private void Recount(ZoneSet zones)
        {
            for (int i = 0; zones != 0; i++)
            {
                if ((zones & (ZoneSet)(1 << i)) != 0)
                {
                    zones &= ~(ZoneSet)(1 << i);
                    Unsettle(i);
                }
            }
        }

        private bool Count(int i, int sample, long nowMs)
        {
            InputClass settled = _settled[i];
            InputClass found = _bands.Classify(i, sample, settled);
            if (_rates != null && found == InputClass.Normal && i < _zones && _rates.Rising(i))
            {
                found = InputClass.Active;
            }

            int history = (_history[i] << 4) | (int)found;
            int of = _debounce[i] >> Settings.DebounceShift;
            int window = (int)(uint.MaxValue >> (4 * (Limits.DebounceSamplesMax - of)));
            _history[i] = history;
            if (found == settled && ((history ^ ((int)settled * 0x11111111)) & window) == 0)
            {
                int low = _bands.Low(i, settled, sample);
                int high = _bands.High(i, settled, sample);
                _low[i] = low <= high ? (short)low : Nowhere;
                _span[i] = low <= high ? (ushort)(high - low) : (ushort)0;
                _unsteadyS[i] = 0;
                if (settled == InputClass.Normal)
                {
                    Rests(i);
                }

                return false;
            }

            _low[i] = Nowhere;
            _span[i] = 0;
            // Samples of the window that are of another class: a bit for each nibble that differs, summed up by one multiplication.
            int differ = (history ^ ((int)found * 0x11111111)) & window;
            differ = (differ | (differ >> 1) | (differ >> 2)) & 0x11111111;
            int others = (differ * 0x11111111) >> 28;
            if (of - others >= (_debounce[i] & Settings.DebounceMask))
            {
                _unsteadyS[i] = 0;
                if (found == InputClass.Normal && found == settled)
                {
                    Rests(i);
                }

                return found != settled && Settle(i, found, sample);
            }

            if (_unsteadyS[i] == 0)
            {
                _unsteadyS[i] = (int)(nowMs / 1000) + 1;
            }

            return settled != InputClass.Unsteady
                && nowMs >= _unsteadyS[i] * 1000L + Limits.UnsteadyMs
                && Settle(i, InputClass.Unsteady, sample);
        }

        /// <summary>True when enough of the last samples are of the class that an entry settled to.</summary>
        private bool Stands(int i)
        {
            int count = 0;
            for (int k = 0; k < _debounce[i] >> Settings.DebounceShift; k++)
            {
                count += ((_history[i] >> (4 * k)) & 0xF) == (int)_settled[i] ? 1 : 0;
            }

            return count >= (_debounce[i] & Settings.DebounceMask);
        }

        private bool Settle(int i, InputClass found, int sample)
        {
            _settled[i] = found;
            if (_sample != null)
            {
                _sample[i] = (short)sample;
            }

            return true;
        }
    }
}
