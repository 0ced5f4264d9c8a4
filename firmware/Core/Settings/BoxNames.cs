// Owns: the names of what a box has: roles of outputs, keys, and wirings of zones.
// Must never: know which pin or input one of them has; the settings say so.

namespace Gateway.Core
{
    /// <summary>What an output is for.</summary>
    public static class OutputRole
    {
        public const int Siren = 0;
        public const int Strobe = 1;
        public const int Relay1 = 2;
        public const int Relay2 = 3;
        public const int Relay3 = 4;
        public const int Relay4 = 5;
        public const int Buzzer = 6;
        public const int LampFire = 7;
        public const int LampFault = 8;
        public const int LampLink = 9;
        public const int LampPower = 10;
        public const int LampDisabled = 11;
        public const int LampTest = 12;
        public const int LampSupervisory = 13;
        public const int LampDuty = 14;
        public const int Count = 15;

        private static readonly string[] s_names =
        {
            "siren",
            "strobe",
            "relay1",
            "relay2",
            "relay3",
            "relay4",
            "buzzer",
            "lamp-fire",
            "lamp-fault",
            "lamp-link",
            "lamp-power",
            "lamp-disabled",
            "lamp-test",
            "lamp-supervisory",
            "lamp-duty",
        };

        public static string[] Names()
        {
            return s_names;
        }
    }

    /// <summary>The keys on the box.</summary>
    public static class Button
    {
        /// <summary>Silences, and answers nothing.</summary>
        public const int Silence = 0;
        public const int Reset = 1;

        /// <summary>Answers a fire, a duty check, or the question for a last look; see <see cref="AnswerKey"/>.</summary>
        public const int Answer = 2;

        /// <summary>The team is on the scene.</summary>
        public const int Scene = 3;

        /// <summary>The neighbours or the brigade have joined.</summary>
        public const int Joined = 4;

        /// <summary>Self-test of lamps, sounds and all that can be tested; breaks off a drill while one is on.</summary>
        public const int Test = 5;
        public const int Count = 6;

        private static readonly string[] s_names = { "silence", "reset", "answer", "scene", "joined", "test" };

        public static string[] Names()
        {
            return s_names;
        }
    }

    /// <summary>How a zone is wired.</summary>
    public static class Wiring
    {
        /// <summary>Supervised line with end-of-line resistor: short, alarm, normal, open.</summary>
        public const int Line = 0;

        /// <summary>Contact that closes in alarm.</summary>
        public const int NormallyOpen = 1;

        /// <summary>Contact that opens in alarm.</summary>
        public const int NormallyClosed = 2;

        /// <summary>4-20 mA over 100 Ω, with the fault limits of NAMUR NE 43.</summary>
        public const int Current = 3;

        /// <summary>A voltage from 0 to the reference.</summary>
        public const int Voltage = 4;

        private static readonly string[] s_names = { "line", "no", "nc", "current", "voltage" };

        public static string[] Names()
        {
            return s_names;
        }
    }
}
