// Owns: making a line of the bytes that a terminal sends: keys that edit it, and noise that spoils it.
// Must never: hand on a line that was cut, or that is no text.

using System.Text;

namespace Gateway.Core
{
    /// <summary>How a line came out.</summary>
    public enum LineEnd : byte
    {
        /// <summary>It goes on.</summary>
        None = 0,
        Good = 1,

        /// <summary>Ctrl-C, or nothing was typed.</summary>
        Nothing = 2,

        /// <summary>Longer than a line may be.</summary>
        TooLong = 3,

        /// <summary>Control characters, or no UTF-8: noise on the wire, or another speed.</summary>
        Noise = 4,
    }

    /// <summary>Enter is CR, LF or both. Backspace takes a whole character back. A terminal's cursor keys are passed over.</summary>
    public sealed class LineEditor
    {
        private const int Escape = 27;
        private const int Backspace = 8;
        private const int Delete = 127;
        private const int CtrlC = 3;
        private const int CtrlU = 21;
        private const int Blank = ' ';

        private readonly byte[] _line = new byte[ConsoleLimits.LineBytes];
        private int _count;
        private bool _tooLong;
        private bool _noise;
        private bool _afterReturn;

        /// <summary>1 behind an escape, 2 inside a terminal's sequence.</summary>
        private int _escape;

        /// <summary>The line that came last, without blanks around it.</summary>
        public string Line { get; private set; } = "";

        /// <summary>Takes a byte and repeats it; a PIN is repeated as stars.</summary>
        public LineEnd Take(int one, ConsoleText echo)
        {
            bool secondHalf = _afterReturn && one == '\n';
            _afterReturn = one == '\r';
            if (secondHalf || one == 0 || (_escape != 0 && InSequence(one)))
            {
                return LineEnd.None;
            }

            switch (one)
            {
                case '\r':
                case '\n':
                    echo.Byte('\r');
                    echo.Byte('\n');
                    return End();
                case CtrlC:
                case CtrlU:
                    echo.Line("^C");
                    Forget();
                    return LineEnd.Nothing;
                case Escape:
                    _escape = 1;
                    return LineEnd.None;
                case Backspace:
                case Delete:
                    Back(echo);
                    return LineEnd.None;
                default:
                    Add(one == '\t' ? Blank : one, echo);
                    return LineEnd.None;
            }
        }

        private void Add(int one, ConsoleText echo)
        {
            _noise |= one < Blank;
            if (_noise || _tooLong)
            {
                return;
            }

            if (_count == _line.Length)
            {
                _tooLong = true;
                return;
            }

            echo.Byte(Hidden ? '*' : one);
            _line[_count++] = (byte)one;
        }

        /// <summary>The word "pin" and a blank stand before it.</summary>
        private bool Hidden
        {
            get { return _count > 3 && _line[0] == 'p' && _line[1] == 'i' && _line[2] == 'n' && _line[3] == Blank; }
        }

        private void Back(ConsoleText echo)
        {
            if (_count == 0)
            {
                return;
            }

            int columns = 1;
            while (_count > 1 && (_line[_count - 1] & 0xC0) == 0x80)
            {
                _count--;
                columns = 2;
            }

            _count--;
            echo.Put(columns == 1 ? "\b \b" : "\b\b  \b\b");
        }

        private bool InSequence(int one)
        {
            // ESC [ 1 ; 5 C, ESC O P; a lone escape takes the next byte with it.
            bool opens = _escape == 1 && (one == '[' || one == 'O');
            bool inside = _escape == 2 && one >= Blank && one < '@';
            _escape = opens ? 2 : inside ? 2 : 0;
            return one >= Blank;
        }

        private LineEnd End()
        {
            int count = _count;
            bool tooLong = _tooLong;
            bool noise = _noise || Utf8.FirstBad(_line, 0, count) >= 0;
            Forget();
            if (noise || tooLong)
            {
                return noise ? LineEnd.Noise : LineEnd.TooLong;
            }

            Line = Encoding.UTF8.GetString(_line, 0, count).Trim();
            return Line.Length == 0 ? LineEnd.Nothing : LineEnd.Good;
        }

        private void Forget()
        {
            _count = 0;
            _tooLong = false;
            _noise = false;
            _escape = 0;
        }
    }
}
