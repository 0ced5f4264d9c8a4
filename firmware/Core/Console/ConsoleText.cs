// Owns: what the console has to say until the port takes it, and the language in which it speaks.
// Must never: grow: what has no room is left out, and a command says so little a step that it has.

using System.Text;

namespace Gateway.Core
{
    /// <summary>Bytes for the port. A command speaks only when all was taken.</summary>
    public sealed class ConsoleText
    {
        private readonly byte[] _bytes = new byte[ConsoleLimits.AnswerBytes];
        private int _at;
        private int _end;
        private long _tookMs;

        /// <summary>The language; Chinese until somebody says otherwise.</summary>
        public bool English;

        public bool Empty
        {
            get { return _end == 0; }
        }

        /// <summary>Gives the port as much as it takes in a tick; drops what it has not taken for long.</summary>
        public void Send(ConsolePort port, long nowMs)
        {
            int count = _end - _at;
            int took = port.Write(_bytes, _at, count > ConsoleLimits.SentPerTick ? ConsoleLimits.SentPerTick : count);
            _at += took;
            _tookMs = took > 0 ? nowMs : _tookMs;
            if (_at == _end || nowMs - _tookMs >= ConsoleLimits.StuckMs)
            {
                _at = 0;
                _end = 0;
            }
        }

        /// <summary>The waiting for the port begins.</summary>
        public void Begin(long nowMs)
        {
            _tookMs = nowMs;
        }

        /// <summary>One byte as it is, such as the echo of a key.</summary>
        public void Byte(int one)
        {
            if (_end < _bytes.Length)
            {
                _bytes[_end++] = (byte)one;
            }
        }

        /// <summary>A text without a line's end.</summary>
        public void Put(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Put(bytes, 0, bytes.Length);
        }

        /// <summary>Bytes without a line's end; what has no room is cut.</summary>
        public void Put(byte[] bytes, int at, int count)
        {
            count = count > _bytes.Length - _end ? _bytes.Length - _end : count;
            System.Array.Copy(bytes, at, _bytes, _end, count);
            _end += count;
        }

        /// <summary>A line that is the same in both languages.</summary>
        public void Line(string text)
        {
            Put(text);
            Byte('\r');
            Byte('\n');
        }

        /// <summary>A line in the language that is spoken.</summary>
        public void Say(string chinese, string english)
        {
            Line(English ? english : chinese);
        }

        /// <summary>A text of two languages: see <see cref="SettingsWords"/>.</summary>
        public string Of(string chinese, string english)
        {
            return English ? english : chinese;
        }
    }
}
