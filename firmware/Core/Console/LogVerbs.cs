// Owns: the words of `events` and `log`.
// Must never: change the log; what it reads may be owed to the county still.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>`events`: the newest first, over all lanes; a record is read or shown a step.</summary>
    public sealed class EventsVerb : ConsoleVerb
    {
        private readonly byte[] _bytes = new byte[EventRecord.Size];
        private readonly EventRecord[] _newest = { new EventRecord(), new EventRecord(), new EventRecord() };
        private readonly uint[] _wanted = new uint[Lanes.Count];
        private readonly bool[] _has = new bool[Lanes.Count];
        private int _left;

        public override string Name
        {
            get { return "events"; }
        }

        public override string Words
        {
            get { return "[N]"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "the newest events" : "最近的事件";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            _left = desk.Count == 1 ? ConsoleLimits.EventsShown : desk.Number(1, ConsoleLimits.EventsShownMax);
            if (_left < 1)
            {
                return desk.Wrong(desk.Word(1), "1.." + ConsoleLimits.EventsShownMax.ToString());
            }

            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                _wanted[lane] = desk.Loop.Log.At((Lane)lane).Durable;
                _has[lane] = false;
            }

            return true;
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            EventLog log = desk.Loop.Log;
            int newest = -1;
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                if (!_has[lane] && _wanted[lane] >= log.At((Lane)lane).OldestInRing && _wanted[lane] > 0)
                {
                    Fetch(log, (Lane)lane);
                    return true;
                }

                if (_has[lane] && (newest < 0 || IsLater(_newest[lane], _newest[newest])))
                {
                    newest = lane;
                }
            }

            if (newest < 0)
            {
                return false;
            }

            Tell(desk, _newest[newest]);
            _has[newest] = false;
            return --_left > 0;
        }

        private void Fetch(EventLog log, Lane lane)
        {
            uint wanted = _wanted[(int)lane];
            int read = log.Read(lane, wanted - 1, 1, _bytes, 0);
            if (read == 0 && log.ReadGoesOn)
            {
                return;
            }

            // Where that number is damaged or was left out, a later one comes, which was shown already.
            EventRecord record = _newest[(int)lane];
            bool good = read == 1 && record.Decode(_bytes, 0, _bytes.Length) == DecodeResult.Ok && record.Sequence == wanted;
            _has[(int)lane] = good;
            _wanted[(int)lane] = wanted - 1;
        }

        private static bool IsLater(EventRecord one, EventRecord other)
        {
            return one.Boot != other.Boot ? one.Boot > other.Boot : one.UptimeMs > other.UptimeMs;
        }

        private static void Tell(ConsoleDesk desk, EventRecord record)
        {
            Settings s = desk.Loop.Settings;
            int zone = s.IndexOf(record.Zone);
            string name = zone < 0 || s.ZoneName == null ? "" : " " + s.ZoneName[zone];
            long utcMs = desk.Loop.Log.UtcOf(record);
            string time = utcMs > 0 ? ConsoleTime.Text(utcMs, s.UtcOffsetMin)
                : "#" + record.Boot.ToString() + " +" + ConsoleTime.Span(record.UptimeMs);
            desk.Out.Line("  " + time + "  " + EventKinds.Code(record.Kind) + (record.Zone == 0 ? "" : "  " + record.Zone.ToString() + name)
                + (record.Value == 0 ? "" : "  = " + record.Value.ToString()));
        }
    }

    /// <summary>`log`: how the log stands; `log read LANE AFTER`: its records as they are on the wire, for the technician's tool.</summary>
    public sealed class LogVerb : ConsoleVerb
    {
        private const string Digits = "0123456789ABCDEF";

        private readonly byte[] _bytes = new byte[EventRecord.Size];
        private readonly byte[] _line = new byte[EventRecord.Size * 2];
        private string[] _report;
        private int _at;
        private Lane _lane;
        private uint _after;
        private uint _last;

        public override string Name
        {
            get { return "log"; }
        }

        public override string Words
        {
            get { return "[read LANE AFTER]"; }
        }

        public override string Meaning(bool english)
        {
            return english ? "how the log stands; its records in hex, lane 0..2" : "记录的状况；read 逐条读出（十六进制，0..2 道）";
        }

        public override bool Begin(ConsoleDesk desk, long nowMs)
        {
            _at = 0;
            _report = null;
            if (desk.Count == 1)
            {
                _report = LogReport.Lines(new LogStatus(desk.Loop.Log, desk.CapacityBytes));
                return true;
            }

            int lane = desk.Number(2, Lanes.Count - 1);
            int after = desk.Number(3, int.MaxValue);
            if (desk.Word(1) != "read" || lane < 0 || after < 0 || desk.Count != 4)
            {
                return desk.Wrong(desk.Word(1), Words);
            }

            LaneLog log = desk.Loop.Log.At((Lane)lane);
            _lane = (Lane)lane;
            _after = (uint)after < log.OldestInRing ? log.OldestInRing - 1 : (uint)after;
            _last = log.Durable;
            desk.Out.Line("BEGIN " + _after.ToString() + " " + _last.ToString());
            return true;
        }

        public override bool Step(ConsoleDesk desk, long nowMs)
        {
            if (_report != null)
            {
                desk.Out.Line("  " + _report[_at++]);
                return _at < _report.Length;
            }

            EventLog log = desk.Loop.Log;
            int read = _after >= _last ? 0 : log.Read(_lane, _after, 1, _bytes, 0);
            if (read == 1)
            {
                _after = EventRecord.SequenceOf(_bytes, 0);
                for (int i = 0; i < _bytes.Length; i++)
                {
                    _line[2 * i] = (byte)Digits[_bytes[i] >> 4];
                    _line[2 * i + 1] = (byte)Digits[_bytes[i] & 15];
                }

                desk.Out.Put("R ");
                desk.Out.Put(_line, 0, _line.Length);
                desk.Out.Line("");
                return true;
            }

            if (read == 0 && _after < _last && log.ReadGoesOn)
            {
                return true;
            }

            desk.Out.Line("END " + _after.ToString());
            return false;
        }
    }
}
