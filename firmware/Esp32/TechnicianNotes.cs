// Owns: what a technician must know of a start that did not go as it should.
// Must never: hold a key or password, grow without bound, or print more than once a start.

using System;
using System.Text;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>Lines that go to settings.err on the drive and, once, to the debug console. No lines: the file is taken away.</summary>
    public sealed class TechnicianNotes : PlaceNotes
    {
        private const string FileName = "settings.err";

        private readonly string[] _lines = new string[EspLimits.NoteLinesMax];

        private int _bytes;

        /// <summary>Lines so far.</summary>
        public int Count { get; private set; }

        public string Line(int i)
        {
            return _lines[i];
        }

        /// <summary>Adds a line; one beyond the bound is dropped, since the first ones are the ones to mend.</summary>
        public override void Add(string line)
        {
            string kept = line.Length > EspLimits.NoteCharsMax ? line.Substring(0, EspLimits.NoteCharsMax) : line;
            _bytes += Encoding.UTF8.GetBytes(kept).Length + 1;
            if (Count < _lines.Length && _bytes <= EspLimits.NoteBytesMax)
            {
                _lines[Count] = kept;
                Count++;
            }
        }

        /// <summary>To the debug console, once a start: a device that prints all the time keeps the flashing tool out.</summary>
        public void Print()
        {
            for (int i = 0; i < Count; i++)
            {
                Console.WriteLine(_lines[i]);
            }
        }

        /// <summary>Makes the file say the same; one that already does is left alone, to spare the flash.</summary>
        public void Save(string root)
        {
            string path = root + FileName;
            if (Count == 0)
            {
                EspFiles.Delete(path);
                return;
            }

            StringBuilder text = new StringBuilder();
            for (int i = 0; i < Count; i++)
            {
                text.Append(_lines[i]);
                text.Append("\n");
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            byte[] before = new byte[bytes.Length];
            bool same = EspFiles.Read(path, before) == bytes.Length;
            for (int i = 0; same && i < bytes.Length; i++)
            {
                same = before[i] == bytes[i];
            }

            if (!same)
            {
                EspFiles.Write(path, bytes);
            }
        }
    }
}
