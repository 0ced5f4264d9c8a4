// Owns: a display of 128 × 64 points with an SSD1306 or SSD1309: its start, and its cells one after the other.
// Must never: draw more than one cell in a tick.

using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>
    /// A cell is 8 × 16 points: half a Chinese character, or a digit. A tick sends one that has changed, 2.3 ms of the bus, so that a new
    /// picture stands within 1.3 s, its first line within 0.4 s. Nothing tells of a display that was without power for a moment: each
    /// second its settings and the next line are sent again, which also finds one that was unplugged.
    /// </summary>
    public sealed class Ssd1306 : I2cPart
    {
        private const int Commands = 0x00;
        private const int Data = 0x40;
        private const int Half = 16;

        // At rest as dim as it gets.
        private const int Dim = 0x01;
        private const int Bright = 0xCF;

        private readonly char[] _wanted = new char[Limits.DisplayCells];
        private readonly bool[] _stale = new bool[Limits.DisplayCells];
        private readonly byte[] _glyphs = Glyphs.Bits();
        private readonly char[] _wide = Glyphs.Wide.ToCharArray();
        private readonly char[] _narrow = Glyphs.Narrow.ToCharArray();
        private bool _bright;
        private bool _contrast;
        private int _at;
        private int _age;
        private int _line;

        public Ssd1306(I2cPort port, I2cGuard guard)
            : base(port, guard)
        {
        }

        /// <summary>Takes what is to be shown.</summary>
        public void Show(char[] cells, bool bright)
        {
            for (int i = 0; i < Limits.DisplayCells; i++)
            {
                // Half of a wide one stands under its own 0: what is beside it may have changed.
                if (_wanted[i] != cells[i])
                {
                    _wanted[i] = cells[i];
                    _stale[i] = true;
                    if (i + 1 < Limits.DisplayCells)
                    {
                        _stale[i + 1] = true;
                    }
                }
            }

            _contrast |= _bright != bright;
            _bright = bright;
            _at = 0;
        }

        protected override bool Begin()
        {
            if (!SetUp() || !Lit())
            {
                return false;
            }

            for (int i = 0; i < Limits.DisplayCells; i++)
            {
                _stale[i] = true;
            }

            _at = 0;
            _age = 0;
            return true;
        }

        protected override bool Work()
        {
            _age++;
            if (_age >= EspLimits.PartRefreshTicks && _at == Limits.DisplayCells)
            {
                _age = 0;
                for (int i = 0; i < Limits.DisplayLineCells; i++)
                {
                    _stale[_line * Limits.DisplayLineCells + i] = true;
                }

                _line = (_line + 1) % Limits.DisplayLines;
                _at = 0;
                return SetUp() && Lit();
            }

            if (_contrast)
            {
                return Lit();
            }

            while (_at < Limits.DisplayCells && !_stale[_at])
            {
                _at++;
            }

            if (_at < Limits.DisplayCells)
            {
                if (!Draw(_at))
                {
                    return false;
                }

                _stale[_at] = false;
                _at++;
            }

            return true;
        }

        /// <summary>Timing, lines, charge pump, addresses that go on by themselves, and which way round.</summary>
        private bool SetUp()
        {
            byte[] o = Port.Out;
            o[0] = Commands;
            o[1] = 0xD5;
            o[2] = 0x80;
            o[3] = 0xA8;
            o[4] = 0x3F;
            o[5] = 0xD3;
            o[6] = 0x00;
            o[7] = 0x40;
            o[8] = 0x8D;
            o[9] = 0x14;
            o[10] = 0x20;
            o[11] = 0x00;
            o[12] = 0xA1;
            o[13] = 0xC8;
            o[14] = 0xDA;
            o[15] = 0x12;
            return Port.Write(16);
        }

        /// <summary>Contrast, charging, and on.</summary>
        private bool Lit()
        {
            byte[] o = Port.Out;
            o[0] = Commands;
            o[1] = 0x81;
            o[2] = (byte)(_bright ? Bright : Dim);
            o[3] = 0xD9;
            o[4] = 0xF1;
            o[5] = 0xDB;
            o[6] = 0x40;
            o[7] = 0xA4;
            o[8] = 0xA6;
            o[9] = 0xAF;
            _contrast = false;
            return Port.Write(10);
        }

        private bool Draw(int cell)
        {
            byte[] o = Port.Out;
            int column = cell % Limits.DisplayLineCells * 8;
            int page = cell / Limits.DisplayLineCells * 2;
            o[0] = Commands;
            o[1] = 0x21;
            o[2] = (byte)column;
            o[3] = (byte)(column + 7);
            o[4] = 0x22;
            o[5] = (byte)page;
            o[6] = (byte)(page + 1);
            if (!Port.Write(7))
            {
                return false;
            }

            int from = Find(cell);
            o[0] = Data;
            for (int i = 0; i < Half; i++)
            {
                o[1 + i] = from < 0 ? (byte)0 : _glyphs[from + i];
            }

            return Port.Write(1 + Half);
        }

        /// <summary>Where the points of a cell are; -1 = nothing stands there.</summary>
        private int Find(int cell)
        {
            char c = _wanted[cell];
            int half = 0;
            if (c == 0 && cell % Limits.DisplayLineCells != 0)
            {
                c = _wanted[cell - 1];
                half = Half;
            }

            if (c < 128)
            {
                int narrow = half != 0 ? -1 : IndexOf(_narrow, c);
                return narrow < 0 ? -1 : _wide.Length * 2 * Half + narrow * Half;
            }

            int wide = IndexOf(_wide, c);
            return wide < 0 ? -1 : wide * 2 * Half + half;
        }

        /// <summary>Both lists are in order.</summary>
        private static int IndexOf(char[] sorted, char c)
        {
            int low = 0;
            int high = sorted.Length - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                if (sorted[middle] == c)
                {
                    return middle;
                }

                if (sorted[middle] < c)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return -1;
        }
    }
}
