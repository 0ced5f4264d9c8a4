// Owns: one place of a station as its table of names tells it, and the numbers for what a place is.
// Must never: renumber: counties keep what came. Must never read a name as anything but bytes: whoever shows it cleans it.

namespace Gateway.Contract
{
    /// <summary>What a place of a table of names is.</summary>
    public enum PlaceSort : byte
    {
        None = 0,
        Zone = 1,

        /// <summary>An output of the board.</summary>
        Output = 2,
    }

    /// <summary>How a zone is wired.</summary>
    public enum PlaceWiring : byte
    {
        Unknown = 0,
        Line = 1,
        NormallyOpen = 2,
        NormallyClosed = 3,
        Current = 4,
        Voltage = 5,
    }

    /// <summary>What an output is for.</summary>
    public enum OutputUse : byte
    {
        Unknown = 0,
        Siren = 1,
        Strobe = 2,
        Relay1 = 3,
        Relay2 = 4,
        Relay3 = 5,
        Relay4 = 6,
        Buzzer = 7,
        LampFire = 8,
        LampFault = 9,
        LampLink = 10,
        LampPower = 11,
        LampDisabled = 12,
        LampTest = 13,
        LampSupervisory = 14,
        LampDuty = 15,
        LampBattery = 16,
    }

    /// <summary>One place: sort, number, kind, wiring, length of the name, name. Unknown sorts, kinds and wirings are passed on.</summary>
    public sealed class PlaceEntry
    {
        /// <summary>Bytes before the name.</summary>
        public const int HeadSize = 5;

        public PlaceSort Sort;

        /// <summary>Number of the zone, or of the board's output, 1..255.</summary>
        public int Number;

        /// <summary>A zone's <see cref="ZoneKind"/>, an output's <see cref="OutputUse"/>.</summary>
        public int Kind;

        public PlaceWiring Wiring;

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

            Sort = (PlaceSort)buffer[at];
            Number = buffer[at + 1];
            Kind = buffer[at + 2];
            Wiring = (PlaceWiring)buffer[at + 3];
            NameBytes = buffer[at + 4];
            NameAt = at + HeadSize;
            if (Sort == PlaceSort.None || Number == 0 || NameBytes > ContractLimits.PlaceBytesMax)
            {
                return DecodeResult.OutOfRange;
            }

            return end - NameAt < NameBytes ? DecodeResult.TooShort : DecodeResult.Ok;
        }
    }
}
