// Owns: turning raw samples into settled states of zones and buttons, n of m samples at a time.
// Must never: decide what a state means for the panel, or allocate.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Every zone has a settled class. A sample inside the settled class's band costs two comparisons; any other starts the n-of-m count, in which
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
        private readonly byte[] _settled = new byte[Entries];
        private readonly byte[] _wiring = new byte[Entries];
        private readonly byte[] _needed = new byte[Entries];
        private readonly byte[] _of = new byte[Entries];
        private readonly byte[] _button = new byte[Entries];
        private readonly short[] _bands;
        private readonly int _zones;
        private readonly int _entries;

        public ZoneScan(Settings settings)
        {
            _bands = settings.ZoneBands;
            _zones = settings.ZoneCount;
            _entries = _zones;
            for (int i = 0; i < _zones; i++)
            {
                Add(i, settings.ZoneInput[i], settings.ZoneWiring[i], settings.ZoneNeeded[i], settings.ZoneOf[i]);
            }

            for (int button = 0; button < Button.Count; button++)
            {
                if (settings.ButtonInput[button] >= 0)
                {
                    int wiring = settings.ButtonClosed[button] ? Wiring.NormallyClosed : Wiring.NormallyOpen;
                    _button[_entries] = (byte)button;
                    Add(_entries, settings.ButtonInput[button], wiring, 3, 5);
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

        /// <summary>Takes one sample of every input. True when something changed.</summary>
        public bool Scan(int[] raw)
        {
            int[] input = _input;
            int[] low = _low;
            int[] high = _high;
            int entries = _entries;
            int changedZones = 0;
            int pressed = 0;
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
                        pressed |= 1 << _button[i];
                    }
                }
            }

            ChangedZones = changedZones;
            PressedButtons = pressed;
            return (changedZones | pressed) != 0;
        }

        private void Add(int entry, int input, int wiring, int needed, int of)
        {
            _input[entry] = input;
            _wiring[entry] = (byte)wiring;
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

        private bool Count(int i, int sample)
        {
            int found = Classify(i, sample);
            int history = (_history[i] << 4) | found;
            _history[i] = history;
            int settled = _settled[i];
            if (found == settled)
            {
                if ((history & _window[i]) == (settled * 0x11111111 & _window[i]))
                {
                    SetBand(i, settled);
                }

                return false;
            }

            Unsettle(i);
            int same = 0;
            int of = _of[i];
            for (int k = 0; k < of; k++)
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
            return true;
        }

        private int Classify(int i, int sample)
        {
            if (sample < 0)
            {
                return InputClass.Unreadable;
            }

            switch (_wiring[i])
            {
                case Wiring.Line:
                    int band = i * 3;
                    if (sample < _bands[band])
                    {
                        return InputClass.Short;
                    }

                    if (sample < _bands[band + 1])
                    {
                        return InputClass.Active;
                    }

                    return sample < _bands[band + 2] ? InputClass.Normal : InputClass.Open;
                case Wiring.NormallyOpen:
                    return sample == 0 ? InputClass.Active : InputClass.Normal;
                default:
                    return sample == 0 ? InputClass.Normal : InputClass.Active;
            }
        }

        private void SetBand(int i, int settled)
        {
            if (settled == InputClass.Unreadable)
            {
                _low[i] = -1;
                _high[i] = -1;
                return;
            }

            if (_wiring[i] != Wiring.Line)
            {
                bool low = (settled == InputClass.Active) == (_wiring[i] == Wiring.NormallyOpen);
                _low[i] = low ? 0 : 1;
                _high[i] = low ? 0 : Limits.RawMax;
                return;
            }

            int band = i * 3;
            switch (settled)
            {
                case InputClass.Short:
                    _low[i] = 0;
                    _high[i] = _bands[band] - 1;
                    break;
                case InputClass.Active:
                    _low[i] = _bands[band];
                    _high[i] = _bands[band + 1] - 1;
                    break;
                case InputClass.Normal:
                    _low[i] = _bands[band + 1];
                    _high[i] = _bands[band + 2] - 1;
                    break;
                default:
                    _low[i] = _bands[band + 2];
                    _high[i] = Limits.RawMax;
                    break;
            }
        }
    }
}
