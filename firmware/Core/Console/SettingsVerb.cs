// Owns: the words of `settings`: showing, checking, loading, trying, confirming and giving up a text.
// Must never: put a text in force that was not checked whole, or keep one that nobody confirms.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A text comes behind `check` or `load`, up to a line with a dot alone, or so many bytes as were said. It is checked a line a step,
    /// put into flash a piece a step, read back and checked again as one of the county's is, and tried: the box starts with it, and goes
    /// back by itself unless the county answers or somebody says `settings commit`.
    /// </summary>
    public sealed class SettingsVerb : ConsoleVerb
    {
        private readonly ArrivingText _text = new ArrivingText();
        private readonly ShownText _shown = new ShownText();
        private SettingsParser _parser;
        private SettingsErrors _errors;
        private SettingsPush _push;
        private byte[] _bytes;
        private int _at;
        private int _count;
        private bool _loads;
        private bool _reverts;
        private bool _starts;
        private uint _crc;

        public override string Name
        {
            get { return "settings"; }
        }

        public override string Words
        {
            get { return "show | check | load [BYTES CRC] | commit | revert"; }
        }

        public override bool WithoutSettings
        {
            get { return true; }
        }

        public override bool TakesText
        {
            get { return _text.Coming; }
        }

        public override string Meaning(bool english)
        {
            return english ? "the settings: on trial until the county answers or commit, else back by themselves"
                : "配置：装入后试运行，县平台应答或 commit 才算数，否则自动退回";
        }

        public override bool Changes(ConsoleDesk desk)
        {
            return desk.Word(1) == "load" || desk.Word(1) == "commit" || desk.Word(1) == "revert";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            Forget();
            switch (desk.Word(1))
            {
                case "show":
                    return _shown.Begin(desk);
                case "check":
                    return Expect(desk, false, nowMs);
                case "load":
                    return Expect(desk, true, nowMs);
                case "commit":
                    return Settle(desk, true);
                case "revert":
                    return Settle(desk, false);
                default:
                    return desk.Wrong(desk.Word(1), Words);
            }
        }

        public override void Take(ConsoleDesk desk, byte[] bytes, int count, long nowMs)
        {
            _text.Take(bytes, count, nowMs);
        }

        public override void Stop(ConsoleDesk desk)
        {
            Forget();
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            if (_shown.Showing)
            {
                return _shown.Step(desk);
            }

            if (_push != null)
            {
                return Store(desk, nowMs);
            }

            if (_starts)
            {
                _starts = false;
                desk.Trial.StartAnew();
                return false;
            }

            if (_reverts)
            {
                _reverts = false;
                desk.Trial.GiveUp();
                return false;
            }

            if (_parser == null)
            {
                return Arrived(desk);
            }

            if (_at < 0)
            {
                if (_parser.Step())
                {
                    return true;
                }

                _at = 0;
                Others(desk);
            }

            return Tell(desk, nowMs);
        }

        private bool Expect(ConsoleDesk desk, bool loads, long nowMs)
        {
            int bytes = desk.Count == 2 ? 0 : desk.Number(2, int.MaxValue);
            int most = desk.Trial == null ? Limits.SettingsBytesMax : desk.Trial.BytesMax;
            bool counted = desk.Count == 4 && bytes >= 1 && bytes <= most && desk.Sum(3, out _crc);
            if (!counted && desk.Count != 2)
            {
                return desk.Wrong(desk.Word(2), "1.." + most.ToString() + " CRC-32");
            }

            if (loads && desk.Trial == null)
            {
                desk.Out.Say("这里不能换配置", "settings can't be changed here");
                return false;
            }

            if (loads && desk.Loop.Configured && desk.Loop.Panel.Latched != 0)
            {
                desk.Out.Say("有火警未复位，先复位", "a fire is latched; reset it first");
                return false;
            }

            _loads = loads;
            _text.Begin(most, counted ? bytes : 0, nowMs);
            if (counted)
            {
                desk.Out.Line("READY");
            }
            else
            {
                desk.Out.Say("请发送配置全文，最后单独一行一个点（.）结束；Ctrl-C 放弃", "send the whole text, then a line with a dot alone; Ctrl-C gives it up");
            }

            return true;
        }

        /// <summary>The text has come to its end, in one way or another.</summary>
        private bool Arrived(ConsoleDesk desk)
        {
            ConsoleText say = desk.Out;
            switch (_text.End)
            {
                case TextEnd.Whole:
                    break;
                case TextEnd.TooLong:
                    say.Say("配置太长，没有采用", "the text is too long and was not taken");
                    Forget();
                    return false;
                case TextEnd.Silent:
                    say.Say("没有等到结尾，没有采用：线断了？", "its end did not come, and it was not taken: is the cable out?");
                    Forget();
                    return false;
                default:
                    say.Say("已放弃", "given up");
                    Forget();
                    return false;
            }

            _bytes = _text.Bytes;
            _count = _text.Count;
            _errors = new SettingsErrors();
            _parser = new SettingsParser(_bytes, _count, BoardOf(desk), _errors);
            _at = -1;
            say.Say("收到 " + _count.ToString() + " 字节，检查中", _count.ToString() + " bytes came, checking");
            return true;
        }

        private static BoardShape BoardOf(ConsoleDesk desk)
        {
            return desk.Trial == null ? new BoardShape() : desk.Trial.Board;
        }

        /// <summary>What only the box knows: its own number and its own board.</summary>
        private void Others(ConsoleDesk desk)
        {
            Settings found = _parser.Result;
            Settings own = desk.Loop.Settings;
            if (_text.Counted && _parser.TextCrc != _crc)
            {
                _errors.Add(SettingsReason.Damaged, 0, 0, "传输中有字节变了\nbytes that changed on the way", "再发一次\nthe text once more");
            }
            else if (found != null && desk.Loop.Configured && found.Station != own.Station)
            {
                string other = "station id=" + found.Station.ToString();
                _errors.Add(SettingsReason.OtherStation, 0, 0, other, "id=" + own.Station.ToString());
            }
            else if (found != null && desk.Loop.Configured && found.BoardName != own.BoardName)
            {
                _errors.Add(SettingsReason.OtherBoard, 0, 0, "board " + found.BoardName, "board " + own.BoardName);
            }
        }

        /// <summary>An error a step, then what becomes of the text.</summary>
        private bool Tell(ConsoleDesk desk, long nowMs)
        {
            ConsoleText say = desk.Out;
            if (_at < _errors.Count)
            {
                say.Line(_errors.Text(_at++, "settings"));
                return true;
            }

            if (_errors.Total > 0)
            {
                string total = _errors.Total.ToString();
                say.Say("共 " + total + " 处错误，没有采用", total + " errors; the text was not taken");
                Forget();
                return false;
            }

            if (!_loads)
            {
                say.Say("正确", "good");
                Forget();
                return false;
            }

            _crc = _parser.TextCrc;
            _parser = null;
            _at = 0;
            if (!desk.Loop.Configured)
            {
                return First(desk);
            }

            _push = new SettingsPush(desk.Trial, desk.Loop.Settings, Origin.Technician);
            return true;
        }

        /// <summary>An empty box has nothing to go back to, and nothing to guard: it begins with the text.</summary>
        private bool First(ConsoleDesk desk)
        {
            bool kept = desk.Trial.Take(_bytes, _count);
            Ended(desk, kept ? CommandOutcome.Done : CommandOutcome.NotKept);
            if (kept)
            {
                desk.Out.Say("已存入，马上启动", "stored; the box starts with it");
            }

            _starts = kept;
            return kept;
        }

        private bool Store(ConsoleDesk desk, long nowMs)
        {
            CommandOutcome outcome;
            if (_at < _count)
            {
                int count = _count - _at < ConsoleLimits.PieceBytes ? _count - _at : ConsoleLimits.PieceBytes;
                outcome = _push.Piece(_at, _count, _crc, _bytes, _at, count);
                _at += count;
                if (outcome == CommandOutcome.Done)
                {
                    // Said before it is so: a restart takes what is not on its way.
                    return _at < _count || Announce(desk);
                }
            }
            else
            {
                outcome = _push.Checking ? _push.Step(desk.Loop.Log, desk.Loop.Panel.Latched != 0, nowMs) : _push.Commit(_count, _crc);
                if (outcome == CommandOutcome.Pending)
                {
                    return true;
                }
            }

            Ended(desk, outcome);
            return false;
        }

        private static bool Announce(ConsoleDesk desk)
        {
            string limitS = (desk.Trial.LimitMs / 1000).ToString();
            desk.Out.Say("已存入，马上重启试运行；" + limitS + " 秒内县平台应答或输入 settings commit 才算数",
                "stored; the box starts with it; it stays if the county answers or settings commit comes within " + limitS + " s");
            return true;
        }

        private void Ended(ConsoleDesk desk, CommandOutcome outcome)
        {
            ConsoleText say = desk.Out;
            switch (outcome)
            {
                case CommandOutcome.Done:
                    break;
                case CommandOutcome.NothingToDo:
                    say.Say("与现用的配置相同", "the same text is there already");
                    break;
                case CommandOutcome.FireIsLatched:
                    say.Say("有火警未复位，没有采用", "a fire is latched; the text was not taken");
                    break;
                case CommandOutcome.NotKept:
                    say.Say("存储写不进，没有采用", "the flash did not take it");
                    break;
                default:
                    say.Say("县平台同时也在换配置，没有采用；稍后再试", "the county changes the settings too; not taken, try again later");
                    break;
            }

            Forget();
        }

        /// <summary>Ends a trial: for good, or back.</summary>
        private bool Settle(ConsoleDesk desk, bool good)
        {
            SettingsTrial trial = desk.Trial;
            if (trial == null || (good ? !trial.Unproven : !trial.OnTrial))
            {
                desk.Out.Say("没有试运行中的配置", "no settings are on trial");
            }
            else if (good)
            {
                trial.Confirm();
                desk.Out.Say("配置已确认", "the settings stay");
            }
            else
            {
                desk.Out.Say("退回原配置，马上重启", "back to the settings before; the box starts anew");
                _reverts = true;
            }

            return _reverts;
        }

        private void Forget()
        {
            _text.Forget();
            _parser = null;
            _errors = null;
            _push = null;
            _bytes = null;
            _shown.Forget();
            _reverts = false;
            _starts = false;
            _at = 0;
        }
    }
}
