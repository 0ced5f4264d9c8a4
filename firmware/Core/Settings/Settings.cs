// Owns: a station's settings as the gateway uses them, in parallel arrays.
// Must never: hold a key or password; those have a file of their own that Core does not read.

namespace Gateway.Core
{
    /// <summary>What one settings text says. Zones are packed: index 0..ZoneCount-1, in the order of the text.</summary>
    public sealed class Settings
    {
        // Station.
        public uint Station;
        public string County = "";
        public string Township = "";
        public string Village = "";
        public string Name = "";

        // Uplink: primary and secondary broker.
        public readonly string[] Host = new string[2];
        public readonly int[] Port = new int[2];
        public string User = "";

        /// <summary>Seconds between heartbeats, 5..600: a third of what the county takes for silence.</summary>
        public int HeartbeatS = 30;

        /// <summary>Lesser events sent in a second while a backlog drains, 1..100.</summary>
        public int DrainPerS = 10;

        // Zones.
        public int ZoneCount;
        public readonly byte[] ZoneNumber = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneKind = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneWiring = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneInput = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneNeeded = new byte[Limits.ZonesMax];
        public readonly byte[] ZoneOf = new byte[Limits.ZonesMax];
        public readonly string[] ZoneName = new string[Limits.ZonesMax];

        /// <summary>Upper ends of short, alarm and normal of a supervised line, three a zone, in raw units.</summary>
        public readonly short[] ZoneBands = new short[Limits.ZonesMax * 3];

        // Outputs: board output 0.. or -1 by role, and whether it is on at low level.
        public readonly sbyte[] OutputOf = new sbyte[OutputRole.Count];
        public readonly bool[] OutputInverted = new bool[OutputRole.Count];

        // Buttons: input or -1 by button, and whether the contact is normally closed.
        public readonly sbyte[] ButtonInput = new sbyte[Button.Count];
        public readonly bool[] ButtonClosed = new bool[Button.Count];

        /// <summary>CRC-32 of the text, which names these settings in heartbeats and events.</summary>
        public uint TextCrc;

        /// <summary>Settings that say nothing yet: no zones, and the board's own outputs.</summary>
        public Settings(BoardShape board)
        {
            for (int i = 0; i < OutputOf.Length; i++)
            {
                OutputOf[i] = board.OutputOf[i];
            }

            for (int i = 0; i < ButtonInput.Length; i++)
            {
                ButtonInput[i] = -1;
            }
        }
    }

    /// <summary>What a board has, for checking settings against it.</summary>
    public sealed class BoardShape
    {
        public int AnalogInputs;
        public int DigitalInputs;
        public int Outputs;

        /// <summary>The output of each role where the settings name none, or -1; the board's terminals are labelled so.</summary>
        public readonly sbyte[] OutputOf = new sbyte[OutputRole.Count];
    }

    /// <summary>What an output is for.</summary>
    public static class OutputRole
    {
        public const int Siren = 0;
        public const int Strobe = 1;
        public const int Relay1 = 2;
        public const int Relay2 = 3;
        public const int Buzzer = 4;
        public const int LampFire = 5;
        public const int LampFault = 6;
        public const int LampLink = 7;
        public const int LampPower = 8;
        public const int Count = 9;

        private static readonly string[] s_names = { "siren", "strobe", "relay1", "relay2", "buzzer", "lamp-fire", "lamp-fault", "lamp-link", "lamp-power" };

        public static string[] Names()
        {
            return s_names;
        }
    }

    /// <summary>The keys on the box.</summary>
    public static class Button
    {
        public const int Silence = 0;
        public const int Reset = 1;
        public const int Count = 2;

        private static readonly string[] s_names = { "silence", "reset" };

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

        private static readonly string[] s_names = { "line", "no", "nc" };

        public static string[] Names()
        {
            return s_names;
        }
    }
}
