// Owns: the way from a record to a sentence for people, the same on the box's screen, in the county's lists and on its page.
// Must never: hide what it does not know: a number without a word shows as its number. Must never show a grade that is not said to be one.

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Gateway.Contract
{
    /// <summary>
    /// All words of one language for what the contract numbers. What comes from a record's details is a number here and no enum: another
    /// firmware may say more than a byte holds, and what is unknown shows as it came.
    /// </summary>
    public abstract class Catalogue
    {
        public static readonly Catalogue Chinese = new ChineseCatalogue();
        public static readonly Catalogue English = new EnglishCatalogue();

        private static readonly EventFlags[] s_flags =
        {
            EventFlags.Drill, EventFlags.Test, EventFlags.FirstAlarm, EventFlags.AfterRestart, EventFlags.ByPerson, EventFlags.Damage,
            EventFlags.HeldBefore,
        };

        /// <summary>The short name of a kind.</summary>
        public abstract string Name(EventKind kind);

        public abstract string Name(ZoneKind kind);

        /// <summary>A grade alone, for a table or a choice that says what it is.</summary>
        public abstract string Grade(Severity severity);

        /// <summary>A grade of a risk, such as "较大风险"; "" without one.</summary>
        public abstract string Risk(Severity severity);

        public abstract string Name(Lane lane);

        /// <summary>One bit of a record's flags.</summary>
        public abstract string Flag(EventFlags bit);

        /// <summary>The cause of a fault or of an end.</summary>
        /// <param name="cause">See <see cref="FaultCause"/>; 0 gives "".</param>
        /// <param name="kind">Of the zone: what a fault of the mains means is another thing than one of a detector.</param>
        /// <param name="box">See <see cref="BoxFault"/>, where the cause is the box.</param>
        /// <param name="key">The key, where the box fault is one of a key.</param>
        public abstract string Cause(int cause, ZoneKind kind, BoxFault box, int key);

        /// <summary>A key of the box by its number in a record, 1..6.</summary>
        public abstract string Key(int key);

        /// <summary>See <see cref="CommandCode"/>.</summary>
        public abstract string CommandName(int number);

        /// <summary>What became of a command, see <see cref="CommandOutcome"/>.</summary>
        public abstract string Outcome(int number);

        /// <summary>Why a message was refused, see <see cref="DecodeResult"/>.</summary>
        public abstract string Refusal(int number);

        /// <summary>What is wrong with settings, see <see cref="SettingsReason"/>.</summary>
        public abstract string WrongSettings(int number);

        /// <summary>See <see cref="Origin"/>.</summary>
        public abstract string OriginName(int number);

        /// <summary>See <see cref="StartReason"/>.</summary>
        public abstract string StartName(int number);

        /// <summary>Part of a self-test, one bit, see <see cref="SelfTestPart"/>.</summary>
        public abstract string TestPart(SelfTestPart bit);

        /// <summary>Who comes next to a fire that nobody answers: 1 village, 2 township, 3 county.</summary>
        public abstract string Level(int level);

        /// <summary>The colour of the station's code: 0 none, 1 green, 2 yellow, 3 red.</summary>
        public abstract string Colour(int code);

        /// <summary>One condition of a station, one bit of <see cref="ConditionBits"/>.</summary>
        public abstract string Condition(ConditionBits bit);

        /// <summary>A place: number and name, and its kind where there is no name or the kind is asked for.</summary>
        public abstract string Place(int zone, ZoneKind kind, PlaceNames names);

        /// <summary>Several zones as bits, by their numbers; "" for none.</summary>
        public abstract string Places(uint zones);

        /// <summary>A time in the two greatest units that it has.</summary>
        public abstract string Duration(long seconds);

        /// <summary>An output of the board by its number.</summary>
        public abstract string Output(int number, PlaceNames names);

        /// <summary>What an output is for, see <see cref="OutputUse"/>; "" when that is not said.</summary>
        public abstract string Use(OutputUse use);

        /// <summary>What stands between words of a list.</summary>
        protected abstract string Comma { get; }

        /// <summary>What stands between parts of a remark.</summary>
        protected abstract string Pause { get; }

        /// <summary>What happened and where, without the flags.</summary>
        protected abstract string What(EventRecord record, PlaceNames names);

        /// <summary>A unit that has no word here.</summary>
        protected abstract string UnknownUnit(Unit unit);

        protected abstract string Milliseconds(int ms);

        protected abstract string InBrackets(string words);

        /// <summary>What happened, where and how much, with what is special about it in brackets.</summary>
        public string Sentence(EventRecord record, PlaceNames names)
        {
            string flags = Flags(record.Flags);
            string what = What(record, names);
            return flags.Length == 0 ? what : what + " [" + flags + "]";
        }

        /// <summary>All flags of a record by name.</summary>
        public string Flags(EventFlags flags)
        {
            var words = new List<string>();
            foreach (EventFlags bit in s_flags)
            {
                if ((flags & bit) != 0)
                {
                    words.Add(Flag(bit));
                    flags &= ~bit;
                }
            }

            if (flags != 0)
            {
                words.Add(Flag(flags));
            }

            return string.Join(" ", words);
        }

        /// <summary>All conditions of a station by name, with spaces between them; "" for none.</summary>
        public string Conditions(ConditionBits bits)
        {
            return string.Join(" ", OfBits((int)bits, bit => Condition((ConditionBits)bit)));
        }

        /// <summary>A value in the unit that people read; "" for a plain contact.</summary>
        public string Value(int value, Unit unit)
        {
            switch (unit)
            {
                case Unit.None:
                    return "";
                case Unit.Count:
                    return Number(value);
                case Unit.Millivolt:
                    return Number(value / 1000m, "0.0") + " V";
                case Unit.Microampere:
                    return Number(value / 1000m, "0.0") + " mA";
                case Unit.DeciCelsius:
                    return Number(value / 10m, "0.0") + " ℃";
                case Unit.DeciKilopascal:
                    return Number(value / 10000m, "0.00") + " MPa";
                case Unit.Milliampere:
                    return Number(value) + " mA";
                case Unit.Millimetre:
                    return Number(value / 1000m, "0.00") + " m";
                case Unit.DeciPercentLel:
                    return Number(value / 10m, "0.0") + " %LEL";
                case Unit.Second:
                    return Duration(value);
                case Unit.Millisecond:
                    return Milliseconds(value);
                case Unit.Permille:
                    return Number(value / 10m, "0.0") + " %";
                default:
                    return Number(value) + " " + UnknownUnit(unit);
            }
        }

        /// <summary>The words of all bits, with a list's comma between them.</summary>
        protected string Labelled(string label, int bits)
        {
            return bits == 0 ? "" : label + TestParts(bits);
        }

        /// <summary>Parts that the gateway judges itself; what else was shown or sounded is for a person to judge.</summary>
        protected const int Judged = ~(int)(SelfTestPart.Lamps | SelfTestPart.Sounders);

        protected string TestParts(int bits)
        {
            return string.Join(Comma, OfBits(bits, bit => TestPart((SelfTestPart)bit)));
        }

        /// <summary>How many of eight outputs are named.</summary>
        protected string Ones(int outputs)
        {
            return Number(OfBits(outputs & 0xFF, bit => "").Count);
        }

        /// <summary>The numbers of zones.</summary>
        protected string Numbers(uint zones)
        {
            var words = new List<string>();
            for (int i = 0; i < 32; i++)
            {
                if ((zones & (1u << i)) != 0)
                {
                    words.Add(Number(i + 1));
                }
            }

            return string.Join(Comma, words);
        }

        /// <summary>Words with a space between those that are there.</summary>
        protected static string Join(params string[] words)
        {
            string all = "";
            foreach (string word in words)
            {
                all += word.Length == 0 || all.Length == 0 ? word : " " + word;
            }

            return all;
        }

        /// <summary>Words in brackets, with a pause between those that are there; "" when none is.</summary>
        protected string Bracketed(params string[] words)
        {
            string all = "";
            foreach (string word in words)
            {
                all += word.Length == 0 || all.Length == 0 ? word : Pause + word;
            }

            return all.Length == 0 ? "" : InBrackets(all);
        }

        /// <summary>The place of a record, or "".</summary>
        protected string PlaceOf(EventRecord r, PlaceNames names)
        {
            return r.Zone == 0 ? "" : Place(r.Zone, r.ZoneKind, names);
        }

        protected string ValueOf(EventRecord r)
        {
            return Value(r.Value, r.Unit);
        }

        protected string CauseOf(EventRecord r)
        {
            return Cause(r.A, r.ZoneKind, (BoxFault)r.B, r.C);
        }

        protected static string Number(long number)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        protected static string Number(decimal number, string form)
        {
            return number.ToString(form, CultureInfo.InvariantCulture);
        }

        protected static string Checksum(int crc)
        {
            return ((uint)crc).ToString("x8", CultureInfo.InvariantCulture);
        }

        private static List<string> OfBits(int bits, Func<int, string> word)
        {
            var words = new List<string>();
            for (int bit = 1; bit != 0; bit <<= 1)
            {
                if ((bits & bit) != 0)
                {
                    words.Add(word(bit));
                }
            }

            return words;
        }
    }
}
