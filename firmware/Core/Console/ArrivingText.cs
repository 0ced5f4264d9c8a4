// Owns: a settings text that comes over the console, until its end.
// Must never: judge it, or hold more than a text may have.

namespace Gateway.Core
{
    /// <summary>How a text came to its end.</summary>
    public enum TextEnd : byte
    {
        Whole = 0,
        TooLong = 1,

        /// <summary>Nothing came any more.</summary>
        Silent = 2,

        /// <summary>Ctrl-C.</summary>
        GivenUp = 3,
    }

    /// <summary>
    /// By hand it ends with a line of a dot alone, or Ctrl-D, and its line ends become LF; a tool says how many bytes come, which are
    /// taken as they are.
    /// </summary>
    public sealed class ArrivingText
    {
        private const int CtrlC = 3;
        private const int CtrlD = 4;
        private const int CtrlZ = 26;

        private int _wanted;
        private int _lineAt;
        private bool _tooLong;
        private bool _afterReturn;
        private long _heardMs;

        public byte[] Bytes { get; private set; }

        public int Count { get; private set; }

        /// <summary>True until the end.</summary>
        public bool Coming { get; private set; }

        /// <summary>How it ended.</summary>
        public TextEnd End { get; private set; }

        /// <summary>A tool has said its length and checksum.</summary>
        public bool Counted
        {
            get { return _wanted > 0; }
        }

        /// <param name="most">Bytes that a text may have.</param>
        /// <param name="wanted">Bytes that will come; 0 = up to the dot.</param>
        public void Begin(int most, int wanted, long nowMs)
        {
            Bytes = new byte[wanted > 0 ? wanted : most];
            Count = 0;
            _wanted = wanted;
            _lineAt = 0;
            _tooLong = false;
            // The command's own line may have ended with CR and LF.
            _afterReturn = true;
            _heardMs = nowMs;
            Coming = true;
        }

        public void Forget()
        {
            Bytes = null;
            Count = 0;
            Coming = false;
        }

        /// <summary>Takes what came in a tick; 0 bytes where nothing did.</summary>
        public void Take(byte[] bytes, int count, long nowMs)
        {
            _heardMs = count > 0 ? nowMs : _heardMs;
            if (_wanted > 0)
            {
                int from = count > 0 && _afterReturn && bytes[0] == '\n' ? 1 : 0;
                _afterReturn &= count == 0;

                // No text has it: a tool whose cable was out begins so. It comes behind a pause, so it is the first of a tick's bytes.
                Ended(count > 0 && bytes[0] == CtrlC, TextEnd.GivenUp);
                count = count - from > _wanted - Count ? _wanted - Count : count - from;
                System.Array.Copy(bytes, from, Bytes, Count, count);
                Count += count;
                Ended(Count == _wanted, TextEnd.Whole);
            }
            else
            {
                int at = 0;
                while (at < count && Coming)
                {
                    at = Plain(bytes, at, count);
                    if (at < count)
                    {
                        Take(bytes[at++]);
                    }
                }
            }

            Ended(Coming && nowMs - _heardMs >= ConsoleLimits.TextSilentMs, TextEnd.Silent);
        }

        /// <summary>Most bytes are a line's own; up to the first other one, or to the end of what fits.</summary>
        private int Plain(byte[] bytes, int at, int count)
        {
            int to = Count;
            byte[] into = Bytes;
            int end = count - at > into.Length - to ? at + into.Length - to : count;
            int from = at;
            while (at < end && bytes[at] >= ' ')
            {
                at++;
            }

            System.Array.Copy(bytes, from, into, to, at - from);
            Count = to + at - from;
            _afterReturn &= at == from;
            return at;
        }

        private void Take(int one)
        {
            bool secondHalf = _afterReturn && one == '\n';
            _afterReturn = one == '\r';
            if (secondHalf)
            {
                return;
            }

            one = one == '\r' ? '\n' : one;
            if (one == CtrlC)
            {
                Ended(true, TextEnd.GivenUp);
            }
            else if (one == CtrlD || one == CtrlZ)
            {
                Ended(true, _tooLong ? TextEnd.TooLong : TextEnd.Whole);
            }
            else if (one == '\n' && Count == _lineAt + 1 && Bytes[_lineAt] == '.')
            {
                Count = _lineAt;
                Ended(true, _tooLong ? TextEnd.TooLong : TextEnd.Whole);
            }
            else
            {
                Keep(one);
            }
        }

        private void Keep(int one)
        {
            if (Count == Bytes.Length)
            {
                // The rest is passed over, and looked through for its end.
                _tooLong = true;
                Count = 0;
                _lineAt = 0;
            }

            Bytes[Count++] = (byte)one;
            _lineAt = one == '\n' ? Count : _lineAt;
        }

        private void Ended(bool ended, TextEnd end)
        {
            if (ended && Coming)
            {
                Coming = false;
                End = end;
            }
        }
    }
}
