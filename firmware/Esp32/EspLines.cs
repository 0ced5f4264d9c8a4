// Owns: the analog inputs: which converter each is read by, and what its counts stand for.
// Must never: compare with a limit of a zone; bands and scales are Core's.

using System;
using System.Device.Adc;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>Channels of the chip's first converter and of a part, as the board's file says.</summary>
    public sealed class EspLines
    {
        private readonly Board _board;
        private readonly BoardParts _parts;
        private readonly AdcChannel[] _line;
        private readonly AdcChannel _reference;
        private readonly bool[] _used;
        private readonly int[] _wait;
        private bool _anyOwn;
        private int _referenceWait;

        public EspLines(Board board, BoardParts parts)
        {
            _board = board;
            _parts = parts;
            _line = new AdcChannel[board.Lines.Length];
            AdcController adc = new AdcController();
            for (int i = 0; i < _line.Length; i++)
            {
                _line[i] = Place.Part(board.Lines[i]) < 0 ? Open(adc, board.Lines[i]) : null;
            }

            _reference = board.Reference < 0 ? null : Open(adc, board.Reference);
            _used = new bool[_line.Length];
            _wait = new int[_line.Length];
        }

        /// <summary>Reads this line from now on.</summary>
        public void Use(int line)
        {
            _used[line] = true;
            _anyOwn |= Place.Part(_board.Lines[line]) < 0;
        }

        /// <summary>Fills the lines that are used: shares of the supply in 1/10000, -1 = unreadable.</summary>
        public void Read(int[] raw)
        {
            int own = _anyOwn && _board.Reference >= 0 ? ReadReference() : 0;
            int part = _board.PartReference >= 0 ? ReadPartReference() : 0;
            for (int i = 0; i < _line.Length; i++)
            {
                if (_used[i])
                {
                    int reference = Place.Part(_board.Lines[i]) < 0 ? own : part;
                    int sum = reference < 0 ? -1 : ReadSum(i);
                    raw[i] = sum < 0 ? -1 : reference > 0 ? LineScale.OfReference(sum, reference, _board.ReferenceShare)
                        : LineScale.OfCount(sum, EspLimits.AdcReads, _board.LineFull[i]);
                }
            }
        }

        /// <summary>See <see cref="EspBoard.NoiseBits"/>.</summary>
        public void NoiseBits(byte[] into)
        {
            AdcChannel channel = _reference != null ? _reference : _line.Length > 0 ? _line[0] : null;
            try
            {
                for (int i = 0; channel != null && i < EspLimits.EntropyReads && i < into.Length * 8; i++)
                {
                    into[i >> 3] = (byte)((into[i >> 3] << 1) | (channel.ReadValue() & 1));
                }
            }
            catch (Exception)
            {
                // What came so far is as good as any.
            }
        }

        /// <summary>The counts of a part's reference, or -1 when they can't be believed.</summary>
        private int ReadPartReference()
        {
            int count = _parts.Count(_board.PartReference);
            return LineScale.Believed(count, EspLimits.PartReference) ? count : -1;
        }

        /// <summary>The sum of the reference's reads, or -1 when it can't be believed: then no line can.</summary>
        private int ReadReference()
        {
            if (_referenceWait > 0)
            {
                _referenceWait--;
                return -1;
            }

            int sum = Sum(_reference);
            _referenceWait = sum < 0 ? EspLimits.InputRetryTicks : 0;
            return LineScale.Believed(sum, EspLimits.Reference * EspLimits.AdcReads) ? sum : -1;
        }

        private int ReadSum(int line)
        {
            if (Place.Part(_board.Lines[line]) >= 0)
            {
                return _parts.Count(_board.Lines[line]);
            }

            if (_wait[line] > 0)
            {
                _wait[line]--;
                return -1;
            }

            int sum = Sum(_line[line]);
            if (sum < 0)
            {
                _wait[line] = EspLimits.InputRetryTicks;
            }

            return sum;
        }

        /// <summary>The sum of <see cref="EspLimits.AdcReads"/> reads, or -1.
        /// The sum serves as well as the mean: only ratios count.</summary>
        private static int Sum(AdcChannel channel)
        {
            if (channel == null)
            {
                return -1;
            }

            try
            {
                int sum = 0;
                for (int i = 0; i < EspLimits.AdcReads; i++)
                {
                    sum += channel.ReadValue();
                }

                return sum;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        private static AdcChannel Open(AdcController adc, int channel)
        {
            try
            {
                return adc.OpenChannel(channel);
            }
            catch (Exception)
            {
                return null;
            }
        }
    }
}
