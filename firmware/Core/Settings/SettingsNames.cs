// Owns: finding the places that a text in flash names, zones and outputs, a piece of the text a tick.
// Must never: judge a text: it is in force, so its lines are right.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A box without a screen keeps no names in memory: 32 of them are 3 KB. They are read anew from the text when the county asks.
    /// </summary>
    public sealed class SettingsNames
    {
        private const string NameKey = "name=";

        private readonly SettingsStore _store;
        private readonly int _number;
        private readonly int _length;
        private readonly byte[] _piece = new byte[Limits.NamesPieceBytes];
        private readonly byte[] _word = new byte[NameKey.Length + Limits.NameBytesMax];
        private int _at;
        private int _next;
        private int _held;
        private uint _crc;
        private int _words;
        private int _wordBytes;
        private bool _pair;
        private bool _quoted;
        private bool _comment;

        /// <param name="store">Has the text.</param>
        /// <param name="number">The text in force.</param>
        public SettingsNames(SettingsStore store, int number)
        {
            _store = store;
            _number = number;
            _length = store.Length(number);
        }

        /// <summary>What the place found last is.</summary>
        public PlaceSort Sort { get; private set; }

        /// <summary>A zone's number, or an output's role + 1.</summary>
        public int Number { get; private set; }

        /// <summary>The place's name as the text writes it.</summary>
        public readonly byte[] Name = new byte[Limits.NameBytesMax];

        public int NameBytes { get; private set; }

        /// <summary>True behind the last line, or where the flash gave no more.</summary>
        public bool Ended { get; private set; }

        /// <summary>Checksum of what was read.</summary>
        public uint Crc
        {
            get { return _crc; }
        }

        /// <summary>Reads on, a piece at most. True when a line with a place came to its end.</summary>
        public bool Step()
        {
            if (_next == _held && !Load())
            {
                Ended = true;
                return EndLine();
            }

            while (_next < _held)
            {
                byte one = _piece[_next++];
                if (one != (byte)'\n')
                {
                    Take(one);
                }
                else if (EndLine())
                {
                    return true;
                }
            }

            return false;
        }

        private bool Load()
        {
            int wanted = _length - _at < _piece.Length ? _length - _at : _piece.Length;
            int count = wanted <= 0 ? 0 : _store.ReadPiece(_number, _at, _piece, wanted);
            if (count <= 0)
            {
                return false;
            }

            bool marked = _at == 0 && count >= 3 && _piece[0] == 0xEF && _piece[1] == 0xBB && _piece[2] == 0xBF;
            _next = marked ? 3 : 0;
            _held = count;
            _at += count;
            _crc = Crc32.Continue(_crc, _piece, 0, count);
            return true;
        }

        private void Take(byte one)
        {
            if (_comment)
            {
                return;
            }

            if (one == (byte)'"')
            {
                _quoted = !_quoted;
            }
            else if (!_quoted && (one == (byte)' ' || one == (byte)'\t' || one == (byte)'\r' || one == (byte)'#'))
            {
                EndWord();
                _comment = one == (byte)'#';
            }
            else
            {
                _pair |= one == (byte)'=';
                if (_wordBytes < _word.Length)
                {
                    _word[_wordBytes++] = one;
                }
            }
        }

        private void EndWord()
        {
            if (_wordBytes == 0)
            {
                return;
            }

            if (_words == 0)
            {
                Sort = Is("zone") ? PlaceSort.Zone : Is("output") ? PlaceSort.Output : PlaceSort.None;
                Number = 0;
                NameBytes = 0;
            }
            else if (Sort != PlaceSort.None && !_pair)
            {
                Number = Sort == PlaceSort.Output ? Role() + 1 : Digits();
            }
            else if (Sort != PlaceSort.None && Begins(NameKey))
            {
                NameBytes = _wordBytes - NameKey.Length;
                System.Array.Copy(_word, NameKey.Length, Name, 0, NameBytes);
            }

            _words++;
            _wordBytes = 0;
            _pair = false;
        }

        // Byte by byte: a string a word would be some hundred objects a telling.
        private bool Is(string word)
        {
            return _wordBytes == word.Length && Begins(word);
        }

        private bool Begins(string word)
        {
            int same = 0;
            while (same < word.Length && same < _wordBytes && _word[same] == word[same])
            {
                same++;
            }

            return same == word.Length;
        }

        private int Role()
        {
            string[] names = OutputRoles.Names();
            int role = names.Length - 1;
            while (role >= 0 && !Is(names[role]))
            {
                role--;
            }

            return role;
        }

        private int Digits()
        {
            int number = 0;
            for (int i = 0; i < _wordBytes; i++)
            {
                number = number * 10 + _word[i] - '0';
            }

            return number;
        }

        private bool EndLine()
        {
            EndWord();
            bool found = _words > 0 && Sort != PlaceSort.None;
            _words = 0;
            _quoted = false;
            _comment = false;
            return found;
        }
    }
}
