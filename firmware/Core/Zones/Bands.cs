// Owns: what a raw value means for each wiring, and the band of raw values in which a settled class stays.
// Must never: keep a state; hysteresis follows from the class that the caller says is settled.

namespace Gateway.Core
{
    /// <summary>
    /// Four limits a zone, in raw units; a plain contact has none. Line: ends of short, alarm, normal. Analog: least valid, low, high,
    /// greatest valid, where an absent low or high lies so far outside of all samples that no hysteresis reaches them.
    /// </summary>
    public sealed class Bands
    {
        private readonly Wiring[] _wiring;
        private readonly short[] _limit;
        private readonly short[] _hysteresis;

        public Bands(Settings settings, int entries)
        {
            _wiring = new Wiring[entries];
            _limit = settings.ZoneLimits;
            _hysteresis = settings.ZoneHysteresis;
            System.Array.Copy(settings.ZoneWiring, 0, _wiring, 0, settings.ZoneCount);
        }

        /// <summary>An entry that is a plain contact.</summary>
        public void AddContact(int entry, Wiring wiring)
        {
            _wiring[entry] = wiring;
        }

        /// <summary>The class of a sample, see <see cref="InputClass"/>.</summary>
        public InputClass Classify(int i, int sample, InputClass settled)
        {
            if (sample < 0)
            {
                return InputClass.Unreadable;
            }

            int at = i * 4;
            switch (_wiring[i])
            {
                case Wiring.Line:
                    if (sample >= _limit[at + 1])
                    {
                        return sample < _limit[at + 2] ? InputClass.Normal : InputClass.Open;
                    }

                    return sample < _limit[at] ? InputClass.Short : InputClass.Active;
                case Wiring.NormallyOpen:
                    return sample == 0 ? InputClass.Active : InputClass.Normal;
                case Wiring.NormallyClosed:
                    return sample == 0 ? InputClass.Normal : InputClass.Active;
                default:
                    if (sample < _limit[at])
                    {
                        return InputClass.Open;
                    }

                    if (sample > _limit[at + 3])
                    {
                        return InputClass.Short;
                    }

                    int slack = settled == InputClass.Active ? _hysteresis[i] : 0;
                    return sample <= _limit[at + 1] + slack || sample >= _limit[at + 2] - slack ? InputClass.Active : InputClass.Normal;
            }
        }

        /// <summary>Lowest sample of a settled class's band.</summary>
        public int Low(int i, InputClass settled, int sample)
        {
            if (settled >= InputClass.Unreadable)
            {
                return -1;
            }

            int at = i * 4;
            switch (_wiring[i])
            {
                case Wiring.Line:
                    return settled == InputClass.Short ? 0
                        : settled == InputClass.Active ? _limit[at]
                        : settled == InputClass.Normal ? _limit[at + 1]
                        : _limit[at + 2];
                case Wiring.NormallyOpen:
                    return settled == InputClass.Active ? 0 : 1;
                case Wiring.NormallyClosed:
                    return settled == InputClass.Active ? 1 : 0;
                default:
                    if (settled == InputClass.Open)
                    {
                        return 0;
                    }

                    if (settled == InputClass.Short)
                    {
                        return _limit[at + 3] + 1;
                    }

                    if (settled == InputClass.Normal)
                    {
                        return _limit[at + 1] >= _limit[at] ? _limit[at + 1] + 1 : _limit[at];
                    }

                    return sample >= _limit[at + 2] - _hysteresis[i] ? _limit[at + 2] - _hysteresis[i] : _limit[at];
            }
        }

        /// <summary>Highest sample of a settled class's band.</summary>
        public int High(int i, InputClass settled, int sample)
        {
            if (settled >= InputClass.Unreadable)
            {
                return -1;
            }

            int at = i * 4;
            switch (_wiring[i])
            {
                case Wiring.Line:
                    return settled == InputClass.Short ? _limit[at] - 1
                        : settled == InputClass.Active ? _limit[at + 1] - 1
                        : settled == InputClass.Normal ? _limit[at + 2] - 1
                        : Limits.RawMax;
                case Wiring.NormallyOpen:
                    return settled == InputClass.Active ? 0 : Limits.RawMax;
                case Wiring.NormallyClosed:
                    return settled == InputClass.Active ? Limits.RawMax : 0;
                default:
                    if (settled == InputClass.Open)
                    {
                        return _limit[at] - 1;
                    }

                    if (settled == InputClass.Short)
                    {
                        return Limits.RawMax;
                    }

                    if (settled == InputClass.Normal)
                    {
                        return _limit[at + 2] <= _limit[at + 3] ? _limit[at + 2] - 1 : _limit[at + 3];
                    }

                    return sample >= _limit[at + 2] - _hysteresis[i] ? _limit[at + 3] : _limit[at + 1] + _hysteresis[i];
            }
        }
    }
}
