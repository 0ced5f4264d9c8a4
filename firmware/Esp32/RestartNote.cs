// Owns: the count of restarts that the firmware ordered itself or saw coming, and the reason of the last.
// Must never: be needed for anything but the length of the next start's silence, the county's knowledge, and a person's search for a fault.

using System.Text;
using Gateway.Contract;

namespace Gateway.Esp32
{
    /// <summary>
    /// restart.txt on the drive: a line "count N", with the number of a <see cref="StartReason"/> behind it until the start that follows,
    /// and a line with the reason in words. The chip itself can't tell a reset by the external watchdog from power that came, so the note
    /// says beforehand that the watchdog is not fed any more. Two threads write it.
    /// </summary>
    public sealed class RestartNote
    {
        private const string FileName = "restart.txt";
        private const string Head = "count ";

        private readonly object _gate = new object();
        private readonly string _path;
        private string _reason = "";

        public RestartNote(string root)
        {
            _path = root + FileName;
            byte[] bytes = new byte[EspLimits.RestartNoteBytesMax];
            int length = EspFiles.Read(_path, bytes);
            if (length < 0 || length > bytes.Length)
            {
                return;
            }

            int at = Head.Length;
            while (at < length && bytes[at] >= '0' && bytes[at] <= '9' && Count < EspLimits.RestartsCounted)
            {
                Count = Count * 10 + (bytes[at] - '0');
                at++;
            }

            if (at + 1 < length && bytes[at] == ' ')
            {
                Ordered = ReasonOf((StartReason)(bytes[at + 1] - '0'));
                Count += Ordered == StartReason.Watchdog ? 1 : 0;
                at += 2;
            }

            at++;
            if (at < length && Core.Utf8.FirstBad(bytes, at, length) < 0)
            {
                _reason = Encoding.UTF8.GetString(bytes, at, length - at).Trim();
            }
        }

        /// <summary>Restarts since the last good run that were ordered, or were the watchdog's and foreseen.</summary>
        public int Count { get; private set; }

        /// <summary>Why the firmware ordered the restart that led to this start, or saw it coming; 0 = it did not.</summary>
        public StartReason Ordered { get; private set; }

        /// <summary>The start has taken note of <see cref="Ordered"/>: the next one is another.</summary>
        public void Begun()
        {
            lock (_gate)
            {
                if (Ordered != 0)
                {
                    Ordered = 0;
                    Save();
                }
            }
        }

        /// <summary>
        /// Called at every look: the external watchdog is not fed while a thread stands still, so the next start is its work. A thread that
        /// moves on in time takes that back.
        /// </summary>
        /// <param name="silent">The thread that stands still; null = none.</param>
        public void Foresee(string silent)
        {
            bool coming = silent != null;
            lock (_gate)
            {
                if (coming != (Ordered == StartReason.Watchdog) && (Ordered == 0 || Ordered == StartReason.Watchdog))
                {
                    Ordered = coming ? StartReason.Watchdog : 0;
                    _reason = coming ? "the watchdog is not fed, no progress: " + silent : _reason;
                    Save();
                }
            }
        }

        /// <summary>Written just before a restart.</summary>
        /// <param name="ordered">One of <see cref="StartReason"/>.</param>
        /// <param name="reason">One line.</param>
        public void Write(StartReason ordered, string reason)
        {
            lock (_gate)
            {
                Count++;
                Ordered = ordered;
                _reason = reason.Length > EspLimits.NoteCharsMax ? reason.Substring(0, EspLimits.NoteCharsMax) : reason;
                Save();
            }
        }

        /// <summary>After a good run the next restart is a first one again. The reason stays, for whoever looks for it later.</summary>
        public void Clear()
        {
            lock (_gate)
            {
                if (Count > 0)
                {
                    Count = 0;
                    Save();
                }
            }
        }

        private static StartReason ReasonOf(StartReason number)
        {
            return number == StartReason.Fault || number == StartReason.Watchdog ? number : StartReason.Asked;
        }

        private void Save()
        {
            string ordered = Ordered == 0 ? "" : " " + ((int)Ordered).ToString();
            EspFiles.Write(_path, Encoding.UTF8.GetBytes(Head + Count.ToString() + ordered + "\n" + _reason + "\n"));
        }
    }
}
