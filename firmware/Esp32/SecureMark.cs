// Owns: the note on the drive of secure connects that have begun and not come back, and how long their broker is left alone.
// Must never: hold a path back for longer than an hour, or be asked about a connection in clear.

using System.Text;

namespace Gateway.Esp32
{
    /// <summary>
    /// The runtime sets a TLS handshake no limit and stops every thread meanwhile: a broker that stalls in the middle of one freezes the
    /// gateway until the external watchdog resets it. A start that knew nothing of that would walk into the same broker again. So a
    /// secure connect to a broker that could be reached is noted before it begins, and the note goes when it comes back, with success or
    /// without. A start that finds one leaves that path alone for <see cref="EspLimits.StalledFirstMs"/>, after a further stall for
    /// <see cref="EspLimits.StalledMs"/>; the uplink tries the other path meanwhile.
    /// On the drive: tls.txt, three digits: stalls in a row of the first path, of the second, and the paths under way (1, 2 or 3).
    /// Several threads call this.
    /// </summary>
    public sealed class SecureMark
    {
        private const string FileName = "tls.txt";
        private const int Paths = 2;
        private const int Digits = Paths + 1;

        private readonly object _gate = new object();
        private readonly string _path;
        private readonly int[] _stalls = new int[Paths];
        private readonly long[] _heldUntilMs = new long[Paths];
        private int _underWay;

        /// <param name="root">The drive with its last separator.</param>
        /// <param name="nowMs">Of the monotonic clock.</param>
        /// <param name="inOrder">As <see cref="StartFacts.InOrder"/>: a connect that was under way then, as it often is while a broker does
        /// not answer, was none that froze the gateway.</param>
        public SecureMark(string root, long nowMs, bool inOrder = false)
        {
            _path = root + FileName;
            byte[] bytes = new byte[Digits];
            if (EspFiles.Read(_path, bytes) != Digits || !AreDigits(bytes))
            {
                return;
            }

            int noted = bytes[Paths] - '0';
            int stalled = inOrder ? 0 : noted;
            for (int path = 0; path < Paths; path++)
            {
                _stalls[path] = bytes[path] - '0';
                if ((stalled & (1 << path)) != 0 && _stalls[path] < EspLimits.StallsMax)
                {
                    _stalls[path]++;
                }

                if (_stalls[path] > 0)
                {
                    Found = true;
                    _heldUntilMs[path] = nowMs + (_stalls[path] == 1 ? EspLimits.StalledFirstMs : EspLimits.StalledMs);
                }
            }

            Froze = stalled != 0;
            if (noted != 0)
            {
                Save();
            }
        }

        /// <summary>The last run, or one before it, ended in a secure connect that never came back.</summary>
        public bool Found { get; private set; }

        /// <summary>It was the last run that ended so.</summary>
        public bool Froze { get; private set; }

        /// <summary>Milliseconds for which this path is still left alone; 0 = it may be tried.</summary>
        public long HeldMs(int path, long nowMs)
        {
            long leftMs = _heldUntilMs[path] - nowMs;
            return leftMs > 0 ? leftMs : 0;
        }

        /// <summary>
        /// For settings on trial: they have a few minutes to reach the county, may name another broker in this place, and their starts are
        /// few. No path is left alone in this run; what was noted stays.
        /// </summary>
        public void HoldNone()
        {
            for (int path = 0; path < Paths; path++)
            {
                _heldUntilMs[path] = 0;
            }
        }

        /// <summary>Just before a secure connect.</summary>
        public void Begin(int path)
        {
            lock (_gate)
            {
                _underWay |= 1 << path;
                Save();
            }
        }

        /// <summary>The connect has come back, whatever it says: this broker freezes nothing.</summary>
        public void End(int path)
        {
            lock (_gate)
            {
                _underWay &= ~(1 << path);
                _stalls[path] = 0;
                Save();
            }
        }

        private static bool AreDigits(byte[] bytes)
        {
            for (int i = 0; i < Digits; i++)
            {
                if (bytes[i] < '0' || bytes[i] > '9')
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>A drive that takes nothing keeps no note; the connection is tried all the same.</summary>
        private void Save()
        {
            string text = _stalls[0].ToString() + _stalls[1].ToString() + _underWay.ToString();
            if (text == "000")
            {
                EspFiles.Delete(_path);
            }
            else
            {
                EspFiles.Write(_path, Encoding.UTF8.GetBytes(text));
            }
        }
    }
}
