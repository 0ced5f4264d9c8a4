// Owns: the technician's console: lines in, answers out, so much a tick.
// Must never: hold a command of its own, or speak to what is no person and no tool.

namespace Gateway.Core
{
    /// <summary>
    /// Stepped by the platform behind the loop's tick, on the same thread, so that commands see the panel between two ticks. A platform
    /// makes it when the first byte comes; a box without a cable has none. By hand it is used in any terminal, 115200 8N1.
    /// </summary>
    public sealed class TechnicianConsole
    {
        private const string Prompt = "> ";
        private const int CtrlC = 3;

        private readonly ConsoleDesk _desk = new ConsoleDesk();
        private readonly LineEditor _editor = new LineEditor();
        private readonly byte[] _in = new byte[ConsoleLimits.TextPerTick];
        private readonly ConsolePort _port;
        private int _at;
        private int _end;

        /// <summary>The command under way; null between two.</summary>
        private ConsoleVerb _verb;
        private int _strange;

        /// <summary>Nothing is said before the wire was quiet for so long; 0 = it may speak.</summary>
        private long _muteUntilMs;

        /// <param name="port">Where the technician's cable is.</param>
        /// <param name="loop">The gateway; it may have no settings.</param>
        /// <param name="trial">Takes new settings; null = they stay.</param>
        /// <param name="capacityBytes">Bytes of the partition.</param>
        public TechnicianConsole(ConsolePort port, MainLoop loop, SettingsTrial trial, int capacityBytes, long nowMs)
        {
            _port = port;
            _desk.Port = port;
            _desk.Loop = loop;
            _desk.Trial = trial;
            _desk.CapacityBytes = capacityBytes;
            _desk.Lock = loop.Configured ? new ConsoleLock(loop.Log.Journal, loop.Settings.Station, nowMs) : null;
            ConsoleVerb[] verbs = ConsoleVerbs.All();
            for (int i = verbs.Length - 1; i >= 0; i--)
            {
                verbs[i].Next = _desk.Verbs;
                _desk.Verbs = verbs[i];
            }
        }

        /// <summary>True when there is something to do though no byte came.</summary>
        public bool Busy
        {
            get { return _verb != null || !_desk.Out.Empty || _at < _end || _muteUntilMs != 0; }
        }

        /// <summary>Once a tick, while <see cref="Busy"/> or the port has bytes.</summary>
        public void Step(long nowMs)
        {
            ConsoleText say = _desk.Out;
            if (!say.Empty)
            {
                say.Send(_port, nowMs);
            }

            bool text = _verb != null && _verb.TakesText;
            if (_at == _end)
            {
                _at = 0;
                _end = _port.Read(_in, text ? _in.Length : ConsoleLimits.TypedPerTick);
            }

            if (_muteUntilMs != 0)
            {
                StayMute(nowMs);
                return;
            }

            if (text)
            {
                say.Begin(nowMs);
                System.Array.Copy(_in, _at, _in, 0, _end - _at);
                _verb.Take(_desk, _in, _end - _at, nowMs);
                _at = _end;
                return;
            }

            if (_verb != null)
            {
                GoOn(nowMs);
                return;
            }

            bool wasEmpty = say.Empty;
            LineEnd end = LineEnd.None;
            while (_at < _end && end == LineEnd.None)
            {
                end = _editor.Take(_in[_at++], say);
            }

            if (end != LineEnd.None)
            {
                Take(end, nowMs);
            }

            if (wasEmpty)
            {
                say.Begin(nowMs);
            }
        }

        private void GoOn(long nowMs)
        {
            bool stop = false;
            for (int i = _at; i < _end; i++)
            {
                stop |= _in[i] == CtrlC;
            }

            if (stop)
            {
                _at = _end;
                _verb.Stop(_desk);
                _desk.Out.Line("^C");
                End();
            }
            else if (_verb.Waits || (_at + 1 == _end && _in[_at] == '\n'))
            {
                // The second half of a line's end, or keys that nobody waits for: what stands here keeps Ctrl-C out.
                _at = _end;
            }

            if (_verb != null && _desk.Out.Empty)
            {
                _desk.Out.Begin(nowMs);
                if (!_verb.Step(_desk, nowMs))
                {
                    End();
                }
            }
        }

        private void End()
        {
            _verb = null;
            _desk.Out.Put(Prompt);
        }

        private void Take(LineEnd end, long nowMs)
        {
            ConsoleText say = _desk.Out;
            bool strange = end == LineEnd.Noise || end == LineEnd.TooLong;
            if (end == LineEnd.TooLong)
            {
                string most = ConsoleLimits.LineBytes.ToString();
                say.Say("这一行太长；最多 " + most + " 字节", "the line is too long; at most " + most + " bytes");
            }
            else if (end == LineEnd.Noise)
            {
                say.Say("收到乱码：速率应为 115200 8N1，编码应为 UTF-8", "garbage: use 115200 8N1 and UTF-8");
            }
            else if (end == LineEnd.Good)
            {
                strange = !Run(nowMs);
            }

            _strange = strange ? _strange + 1 : end == LineEnd.Good ? 0 : _strange;
            if (_strange >= ConsoleLimits.StrangeLinesMax)
            {
                _strange = 0;
                _muteUntilMs = nowMs + ConsoleLimits.QuietMs;
                return;
            }

            if (_verb == null)
            {
                say.Put(Prompt);
            }
        }

        /// <summary>Begins the command of a line; false when there is no such command.</summary>
        private bool Run(long nowMs)
        {
            ConsoleDesk desk = _desk;
            Split(_editor.Line);
            ConsoleVerb verb = desk.Verbs;
            while (verb != null && verb.Name != desk.Words[0])
            {
                verb = verb.Next;
            }

            if (verb == null)
            {
                desk.Out.Say("没有这个命令：" + SettingsWords.Cut(desk.Words[0]) + "；help 列出所有命令",
                    "no such command: " + SettingsWords.Cut(desk.Words[0]) + "; help lists them");
                return false;
            }

            if (desk.Lock == null && !verb.WithoutSettings)
            {
                desk.Out.Say("箱子还没有配置；先用 settings load 装入", "the box has no settings; begin with settings load");
                return true;
            }

            if (desk.Lock != null)
            {
                desk.Lock.Used(nowMs);
                if (verb.Changes(desk) && !desk.Lock.Unlocked(nowMs))
                {
                    desk.Out.Say(desk.Lock.IsSet ? "先输入 pin 和密码，再做一次" : PinVerb.HowToSet(false),
                        desk.Lock.IsSet ? "type pin and its digits first, then do it again" : PinVerb.HowToSet(true));
                    return true;
                }
            }

            _verb = verb.Begin(desk, nowMs) ? verb : null;
            return true;
        }

        private void Split(string line)
        {
            ConsoleDesk desk = _desk;
            desk.Count = 0;
            int from = 0;
            for (int i = 0; i <= line.Length && desk.Count < desk.Words.Length; i++)
            {
                if (i == line.Length || line[i] == ' ')
                {
                    if (i > from)
                    {
                        desk.Words[desk.Count++] = line.Substring(from, i - from);
                    }

                    from = i + 1;
                }
            }
        }

        private void StayMute(long nowMs)
        {
            bool quiet = _end == _at;
            _at = _end;
            _muteUntilMs = quiet ? _muteUntilMs : nowMs + ConsoleLimits.QuietMs;
            if (nowMs >= _muteUntilMs)
            {
                _muteUntilMs = 0;
            }
        }
    }
}
