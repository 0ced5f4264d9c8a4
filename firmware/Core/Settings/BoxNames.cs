// Owns: the names of what a box has: roles of outputs, keys, and wirings of zones.
// Must never: know which pin or input one of them has; the settings say so.

namespace Gateway.Core
{
    /// <summary>What an output is for.</summary>
    public enum OutputRole : byte
    {
        Siren = 0,
        Strobe = 1,
        Relay1 = 2,
        Relay2 = 3,
        Relay3 = 4,
        Relay4 = 5,
        Buzzer = 6,
        LampFire = 7,
        LampFault = 8,
        LampLink = 9,
        LampPower = 10,
        LampDisabled = 11,
        LampTest = 12,
        LampSupervisory = 13,
        LampDuty = 14,

        /// <summary>The box runs on its battery, or that is at fault.</summary>
        LampBattery = 15,
    }

    /// <summary>Words and bounds of <see cref="OutputRole"/>.</summary>
    public static class OutputRoles
    {
        public const int Count = 16;

        public static string[] Names()
        {
            return new string[]
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
                "lamp-battery",
            };
        }
    }

    /// <summary>The keys on the box.</summary>
    public enum Button : byte
    {
        /// <summary>Silences, and answers nothing.</summary>
        Silence = 0,
        Reset = 1,

        /// <summary>Answers a fire, a duty check, or the question for a last look; see <see cref="AnswerKey"/>.</summary>
        Answer = 2,

        /// <summary>The team is on the scene.</summary>
        Scene = 3,

        /// <summary>The neighbours or the brigade have joined.</summary>
        Joined = 4,

        /// <summary>Self-test of lamps, sounds and all that can be tested; breaks off a drill while one is on.</summary>
        Test = 5,

        /// <summary>Silences the box's own buzzer and nothing else.</summary>
        Mute = 6,

        /// <summary>A key switch that stays as it is turned; where there is one, a reset needs it on.</summary>
        Lock = 7,
    }

    /// <summary>Words and bounds of <see cref="Button"/>.</summary>
    public static class Buttons
    {
        public const int Count = 8;

        public static string[] Names()
        {
            return new string[] { "silence", "reset", "answer", "scene", "joined", "test", "mute", "lock" };
        }
    }

    /// <summary>How a zone is wired.</summary>
    public enum Wiring : byte
    {
        /// <summary>Supervised line with end-of-line resistor: short, alarm, normal, open.</summary>
        Line = 0,

        /// <summary>Contact that closes in alarm.</summary>
        NormallyOpen = 1,

        /// <summary>Contact that opens in alarm.</summary>
        NormallyClosed = 2,

        /// <summary>4-20 mA over 100 Ω, with the fault limits of NAMUR NE 43.</summary>
        Current = 3,

        /// <summary>A voltage from 0 to the reference.</summary>
        Voltage = 4,
    }

    /// <summary>Words of <see cref="Wiring"/>.</summary>
    public static class Wirings
    {
        public static string[] Names()
        {
            return new string[] { "line", "no", "nc", "current", "voltage" };
        }
    }
}
