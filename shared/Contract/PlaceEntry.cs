// Owns: one place of a station as its table of names tells it, and the numbers for what a place is.
// Must never: renumber: counties keep what came. Must never read a name as anything but bytes: whoever shows it cleans it.

namespace Gateway.Contract
{
    /// <summary>What a place of a table of names is.</summary>
    public static class PlaceSort
    {
        public const int Zone = 1;

        /// <summary>An output of the board.</summary>
        public const int Output = 2;
    }

    /// <summary>How a zone is wired.</summary>
    public static class PlaceWiring
    {
        public const int Unknown = 0;
        public const int Line = 1;
        public const int NormallyOpen = 2;
        public const int NormallyClosed = 3;
        public const int Current = 4;
        public const int Voltage = 5;
    }

    /// <summary>What an output is for.</summary>
    public static class OutputUse
    {
        public const int Unknown = 0;
        public const int Siren = 1;
        public const int Strobe = 2;
        public const int Relay1 = 3;
        public const int Relay2 = 4;
        public const int Relay3 = 5;
        public const int Relay4 = 6;
        public const int Buzzer = 7;
        public const int LampFire = 8;
        public const int LampFault = 9;
        public const int LampLink = 10;
        public const int LampPower = 11;
        public const int LampDisabled = 12;
        public const int LampTest = 13;
        public const int LampSupervisory = 14;
        public const int LampDuty = 15;
        public const int LampBattery = 16;
    }

    /// <summary>One place: sort, number, kind, wiring, length of the name, name. Unknown sorts, kinds and wirings are passed on.</summary>
    public sealed class PlaceEntry
    {
        /// <summary>Bytes before the name.</summary>
        public const int HeadSize = 5;

        /// <summary>See <see cref="PlaceSort"/>.</summary>
        public int Sort;

        /// <summary>Number of the zone, or of the board's output, 1..255.</summary>
        public int Number;

        /// <summary>A zone's <see cref="ZoneKind"/>, an output's <see cref="OutputUse"/>.</summary>
        public int Kind;

        /// <summary>See <see cref="PlaceWiring"/>.</summary>
        public int Wiring;

        /// <summary>Where the name's bytes are.</summary>
        public int NameAt;

        /// <summary>0 = no name.</summary>
        public int NameBytes;

        /// <summary>Writes what stands before the name; where the name goes.</summary>
        public int EncodeHead(byte[] buffer, int at)
        {
            buffer[at] = (byte)Sort;
            buffer[at + 1] = (byte)Number;
            buffer[at + 2] = (byte)Kind;
            buffer[at + 3] = (byte)Wiring;
            buffer[at + 4] = (byte)NameBytes;
            NameAt = at + HeadSize;
            return NameAt;
        }

        /// <summary>
        /// Reads the place at <paramref name="at"/>; the next one is behind <see cref="NameAt"/> + <see cref="NameBytes"/>.
        /// </summary>
        public DecodeResult Decode(byte[] buffer, int at, int end)
        {
            if (end - at < HeadSize)
            {
                return DecodeResult.TooShort;
            }

            Sort = buffer[at];
            Number = buffer[at + 1];
            Kind = buffer[at + 2];
            Wiring = buffer[at + 3];
            NameBytes = buffer[at + 4];
            NameAt = at + HeadSize;
            if (Sort == 0 || Number == 0 || NameBytes > ContractLimits.PlaceBytesMax)
            {
                return DecodeResult.OutOfRange;
            }

            return end - NameAt < NameBytes ? DecodeResult.TooShort : DecodeResult.Ok;
        }
    }
}
