// Owns: turning raw samples into settled states of zones and buttons, n of m samples at a time.
// Must never: decide what a state means for the panel, or allocate.

namespace Gateway.Core
{
    /// <summary>
    /// Every zone has a settled class. A sample inside the settled class's band costs two comparisons; any other starts the n-of-m count,
    /// in which
    /// each of the last eight samples is four bits of an int. A zone settles to a class when n of its last m samples were of that class.
    /// </summary>
    public sealed class ZoneScan
    {
        private const int Entries = Limits.ZonesMax + Button.Count;

        private readonly int[] _input = new int[Entries];
        private readonly int[] _low = new int[Entries];
        private readonly int[] _high = new int[Entries];
        private readonly int[] _history = new int[Entries];
        private readonly int[] _window = new int[Entries];
        private readonly short[] _sample = new short[Entries];
        private readonly byte[] _settled = new byte[Entries];
        private readonly byte[] _needed = new byte[Entries];
        private readonly byte[] _of = new byte[Entries];
        private readonly byte[] _button = new byte[Button.Count];
        private readonly Bands _bands;
        private readonly RateOfRise _rates;
        private readonly int _zones;
        private readonly int _entries;

        public ZoneScan(Settings settings)
        {
            _bands = new Bands(settings, Entries);
            _rates = new RateOfRise(settings);
            _zones = settings.ZoneCount;
            _entries = _zones;
            for (int i = 0; i < _zones; i++)
            {
                Add(i, settings.ZoneInput[i], settings.ZoneNeeded[i], settings.ZoneOf[i]);
            }

            for (int button = 0; button < Button.Count; button++)
            {
                if (settings.ButtonInput[button] >= 0)
                {
                    _bands.AddContact(_entries, settings.ButtonClosed[button] ? Wiring.NormallyClosed : Wiring.NormallyOpen);
                    _button[_entries - _zones] = (byte)button;
                    Add(_entries, settings.ButtonInput[button], 3, 5);
                    _entries++;
                }
            }
        }

        /// <summary>Bits of the zones whose class changed in the last scan.</summary>
        public int ChangedZones { get; private set; }

        /// <summary>Bits of the buttons that were pressed in the last scan.</summary>
        public int PressedButtons { get; private set; }

        /// <summary>The settled class of a zone, see <see cref="InputClass"/>.</summary>
        public int Settled(int zone)
        {
            return _settled[zone];
        }

        /// <summary>The raw sample that last counted for a zone.</summary>
        public int Sample(int zone)
        {
            return _sample[zone];
        }

        /// <summary>Takes one sample of every input. True when something changed.</summary>
        public bool Scan(int[] raw, long nowMs)
        {
            int[] input = _input;
            int[] low = _low;
            int[] high = _high;
            int entries = _entries;
            int changedZones = 0;
            int pressed = 0;
            if (nowMs >= _rates.DueMs)
            {
                _rates.Step(raw, nowMs);
                Recount(_rates.Changed);
            }

            for (int i = 0; i < entries; i++)
            {
                int sample = raw[input[i]];
                if (sample >= low[i] && sample <= high[i])
                {
                    continue;
                }

                if (Count(i, sample))
                {
                    if (i < _zones)
                    {
                        changedZones |= 1 << i;
                    }
                    else if (_settled[i] == InputClass.Active)
                    {
                        pressed |= 1 << _button[i - _zones];
                    }
                }
            }

            ChangedZones = changedZones;
            PressedButtons = pressed;
            return (changedZones | pressed) != 0;
        }

        private void Add(int entry, int input, int needed, int of)
        {
            _input[entry] = input;
            _needed[entry] = (byte)needed;
            _of[entry] = (byte)of;
            _window[entry] = of == Limits.DebounceSamplesMax ? -1 : (1 << (4 * of)) - 1;
            Unsettle(entry);
        }

        /// <summary>An empty band: every sample is counted until the window is uniform.</summary>
        private void Unsettle(int entry)
        {
            _low[entry] = 1;
            _high[entry] = 0;
        }

        private void Recount(int zones)
        {
            for (int i = 0; zones != 0; i++)
            {
                if ((zones & (1 << i)) != 0)
                {
                    zones &= ~(1 << i);
                    Unsettle(i);
                }
            }
        }

        private bool Count(int i, int sample)
        {
            int settled = _settled[i];
            int found = _bands.Classify(i, sample, settled);
            if (found == InputClass.Normal && i < _zones && _rates.Rising(i))
            {
                found = InputClass.Active;
            }

            int window = _window[i];
            int history = (_history[i] << 4) | found;
            _history[i] = history;
            if (found == settled)
            {
                if (((history ^ (settled * 0x11111111)) & window) == 0)
                {
                    _low[i] = _bands.Low(i, settled, sample);
                    _high[i] = _bands.High(i, settled, sample);
                }

                return false;
            }

            _low[i] = 1;
            _high[i] = 0;
            int same = 0;
            for (int left = _of[i]; left > 0; left--)
            {
                if ((history & 15) == found)
                {
                    same++;
                }

                history >>= 4;
            }

            if (same < _needed[i])
            {
                return false;
            }

            _settled[i] = (byte)found;
            _sample[i] = (short)sample;
            return true;
        }
    }
}
