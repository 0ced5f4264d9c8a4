// Owns: the few numbers and states that must survive a restart: each key's latest payload.
// Must never: be used for what happens often; an entry costs a flash block's move.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Keys of the journal.</summary>
    public enum JournalKey : byte
    {
        /// <summary>Epoch and boot number.</summary>
        Identity = 0,

        /// <summary>What the county holds, a lane.</summary>
        Cursors = 1,

        /// <summary>Number of the newest segment, a lane; then three numbers a lane of <see cref="MovedNumbers"/>.</summary>
        Segments = 2,

        /// <summary>Latched alarms and what runs beside them.</summary>
        Panel = 3,

        /// <summary>Disablements and tests of zones 1-16; the next key has zones 17-32.</summary>
        Disablements = 4,

        /// <summary>Hidden-danger cases, self-tests, and the levels that a start gives its outputs.</summary>
        Cases = 6,

        /// <summary>Number of the county's last command, and a call-out.</summary>
        Commands = 7,

        /// <summary>
        /// What a restart must not repeat: pulses of rules, call points not put back after a drill, patrols that were judged.
        /// </summary>
        Repeats = 8,

        /// <summary>What was reported of zones and box, see <see cref="ReportField"/>.</summary>
        Reports = 9,
    }

    /// <summary>
    /// A file of fixed entries, appended to; the last good entry of a key counts. A full file is followed by a new one that begins with all
    /// keys, and only
    /// then deleted, so that a cut at any byte leaves every key's last or last but one payload. An entry is
    /// version, key, two zero bytes, 56 bytes of payload, CRC-32.
    /// </summary>
    public sealed class Journal
    {
        public const int PayloadBytes = 56;

        private const int EntryBytes = Limits.JournalEntryBytes;
        private const int PayloadAt = 4;
        private const int CrcAt = EntryBytes - 4;
        private const byte EntryVersion = 1;

        /// <summary>Set in the key of an entry that only keeps the place of a key that was never set.</summary>
        private const byte NeverSet = 0x80;

        private readonly FlashPort _flash;
        private readonly byte[] _latest = new byte[Limits.JournalKeysMax * EntryBytes];

        /// <summary>Bits by key: it has a payload; it is changed and not written yet.</summary>
        private int _has;
        private int _dirty;
        private int _file;
        private int _entries;

        public Journal(FlashPort flash)
        {
            _flash = flash;
        }

        /// <summary>
        /// False when the folder or a file in it could not be read at the last recovery: not damage, which reads as other bytes.
        /// </summary>
        public bool Readable { get; private set; }

        /// <summary>Entries that could not be read at the last recovery.</summary>
        public int Damaged { get; private set; }

        /// <summary>Reads the files back, at most <see cref="Limits.JournalFilesMax"/> of them, each byte once.</summary>
        public void Recover()
        {
            int[] files = new int[Limits.JournalFilesMax];
            int count = ReadAll(files);

            // Old files beside the newest are left-overs of a cut between writing the new one and deleting the old one.
            if (count > 0)
            {
                _file = files[count - 1];
            }

            if (Readable && (count > 1 || Damaged > 0) && Rotate())
            {
                for (int i = 0; i < count; i++)
                {
                    _flash.Delete(FlashArea.Journal, files[i]);
                }
            }
        }

        /// <summary>Reads the files and leaves them as they are: for who looks before the store is in use.</summary>
        public void Peek()
        {
            ReadAll(new int[Limits.JournalFilesMax]);
        }

        /// <summary>True when a key has a payload.</summary>
        public bool Has(JournalKey key)
        {
            return Bits.Has(_has, (int)key);
        }

        /// <summary>One 32-bit number of a key's payload, by its index; 0 when the key was never set.</summary>
        public int Get(JournalKey key, int index)
        {
            return Bytes.I32(_latest, (int)key * EntryBytes + PayloadAt + index * 4);
        }

        /// <summary>Changes one number of a key's payload in memory; <see cref="Save"/> writes.</summary>
        public void Set(JournalKey key, int index, int value)
        {
            int at = (int)key * EntryBytes + PayloadAt + index * 4;
            int bit = 1 << (int)key;
            if ((_has & bit) == 0 || Bytes.I32(_latest, at) != value)
            {
                Bytes.PutI32(_latest, at, value);
                _dirty |= bit;
                _has |= bit;
            }
        }

        /// <summary>
        /// Writes a key if it was changed. False when the flash refused; it stays changed and is written by the next call.
        /// </summary>
        public bool Save(JournalKey key)
        {
            if ((_dirty & (1 << (int)key)) == 0)
            {
                return true;
            }

            Seal(key);
            if (_entries >= Limits.JournalEntriesMax || _entries == 0)
            {
                return Rotate();
            }

            if (!_flash.Append(FlashArea.Journal, _file, _latest, (int)key * EntryBytes, EntryBytes))
            {
                // The file may now end in a torn entry: the next write begins a new file.
                _entries = Limits.JournalEntriesMax;
                return false;
            }

            _entries++;
            _dirty &= ~Bits.Of((int)key);
            return true;
        }

        /// <summary>Writes a key so that no older entry of it is left, for what damage must not take back.</summary>
        public bool SaveAlone(JournalKey key)
        {
            _dirty |= Bits.Of((int)key);
            _entries = Limits.JournalEntriesMax;
            return Save(key);
        }

        /// <summary>Gives the files by number, at most <see cref="Limits.JournalFilesMax"/>.</summary>
        private int ReadAll(int[] files)
        {
            int count = _flash.ListPatiently(FlashArea.Journal, files);
            Readable = count >= 0;
            count = count < 0 ? 0 : count > Limits.JournalFilesMax ? Limits.JournalFilesMax : count;
            ShellSort.Ascending(files, count);
            byte[] entry = new byte[EntryBytes];
            for (int i = 0; i < count; i++)
            {
                ReadFile(files[i], entry);
            }

            return count;
        }

        private void ReadFile(int file, byte[] entry)
        {
            int length = _flash.Length(FlashArea.Journal, file);
            _entries = 0;
            for (int at = 0; at < length; at += EntryBytes)
            {
                int read = -1;
                for (int i = 0; i < Limits.ReadTriesMax && read < 0; i++)
                {
                    read = _flash.Read(FlashArea.Journal, file, at, entry, 0, EntryBytes);
                }

                if (read == EntryBytes && Good(entry))
                {
                    int key = entry[1];
                    _entries++;
                    if ((key & NeverSet) == 0)
                    {
                        System.Array.Copy(entry, 0, _latest, key * EntryBytes, EntryBytes);
                        _has |= Bits.Of(key);
                    }
                }
                else
                {
                    Damaged++;
                    Readable &= read >= 0;
                }
            }
        }

        private static bool Good(byte[] entry)
        {
            return entry[0] == EntryVersion && (entry[1] & ~NeverSet) < Limits.JournalKeysMax
                && Crc32.Of(entry, 0, CrcAt) == Bytes.U32(entry, CrcAt);
        }

        private void Seal(JournalKey key)
        {
            int at = (int)key * EntryBytes;
            _latest[at] = EntryVersion;
            _latest[at + 1] = (byte)(Bits.Has(_has, (int)key) ? (int)key : (int)key | NeverSet);
            Bytes.PutU32(_latest, at + CrcAt, Crc32.Of(_latest, at, CrcAt));
        }

        /// <summary>Writes all keys into a new file in one append, then deletes the old one.</summary>
        private bool Rotate()
        {
            int count = Limits.JournalKeysMax;
            for (JournalKey key = JournalKey.Identity; (int)key < count; key++)
            {
                // What did not change carries its checksum already; nine of them would be half of what a tick may cost.
                if (Bits.Has(_dirty, (int)key) || _latest[(int)key * EntryBytes] != EntryVersion)
                {
                    Seal(key);
                }
            }

            // A failed attempt may have left a torn file of this number.
            int next = _file + 1;
            _flash.Delete(FlashArea.Journal, next);
            if (!_flash.Append(FlashArea.Journal, next, _latest, 0, count * EntryBytes))
            {
                _entries = Limits.JournalEntriesMax;
                return false;
            }

            if (_file > 0)
            {
                _flash.Delete(FlashArea.Journal, _file);
            }

            _file = next;
            _entries = count;
            _dirty = 0;
            return true;
        }
    }
}
