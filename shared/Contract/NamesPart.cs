// Owns: the bodies with which a county asks for a station's table of names, and with which the station tells it, part by part.
// Must never: be taken for more than names: what happened is in the records, and they count without any name.

namespace Gateway.Contract
{
    /// <summary>
    /// Body of <see cref="MessageType.Names"/>: checksum of the settings, part, whether it is the last, count, reserved byte, places. A
    /// table belongs to a text of settings for good: another text has another checksum and another table. A place is told once in a table.
    /// </summary>
    public sealed class NamesPart
    {
        /// <summary>Bytes before the places.</summary>
        public const int HeadSize = 8;

        /// <summary>Where the first place lies in the message.</summary>
        public const int PlacesAt = MessageHeader.Size + HeadSize;

        /// <summary>CRC-32 of the settings text whose places these are, as in heartbeats; not 0.</summary>
        public uint SettingsCrc;

        /// <summary>1..<see cref="ContractLimits.NamePartsMax"/>.</summary>
        public int Part;

        /// <summary>True for the part behind which there is none.</summary>
        public bool Last;

        /// <summary>Places in this part.</summary>
        public int Count;

        /// <summary>Writes the body's head; the places lie at <see cref="PlacesAt"/>.</summary>
        public void EncodeHead(byte[] buffer)
        {
            int at = MessageHeader.Size;
            Bytes.PutU32(buffer, at, SettingsCrc);
            buffer[at + 4] = (byte)Part;
            buffer[at + 5] = (byte)(Last ? 1 : 0);
            buffer[at + 6] = (byte)Count;
            buffer[at + 7] = 0;
        }

        /// <summary>Reads a message of <paramref name="count"/> bytes whose signature was found good, and checks its places.</summary>
        public DecodeResult Decode(byte[] buffer, int count)
        {
            int end = count - Mac.SignatureBytes;
            if (end < PlacesAt || count > buffer.Length)
            {
                return DecodeResult.TooShort;
            }

            int at = MessageHeader.Size;
            SettingsCrc = Bytes.U32(buffer, at);
            Part = buffer[at + 4];
            Last = buffer[at + 5] == 1;
            Count = buffer[at + 6];
            if (SettingsCrc == 0 || Part == 0 || Part > ContractLimits.NamePartsMax || buffer[at + 5] > 1)
            {
                return DecodeResult.OutOfRange;
            }

            return buffer[at + 7] != 0 ? DecodeResult.ReservedNotZero : Places(buffer, end);
        }

        private DecodeResult Places(byte[] buffer, int end)
        {
            PlaceEntry place = new PlaceEntry();
            int at = PlacesAt;
            for (int i = 0; i < Count; i++)
            {
                DecodeResult result = place.Decode(buffer, at, end);
                if (result != DecodeResult.Ok)
                {
                    return result;
                }

                at = place.NameAt + place.NameBytes;
            }

            return at < end ? DecodeResult.TooLong : DecodeResult.Ok;
        }
    }

    /// <summary>
    /// Body of <see cref="MessageType.Ask"/>: the county wants the table of names of the settings with this checksum. Only to a gateway
    /// whose hello has <see cref="HelloAbility.Names"/>.
    /// </summary>
    public static class AskNames
    {
        public const int Size = 4;

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public static int Encode(byte[] buffer, uint settingsCrc)
        {
            Bytes.PutU32(buffer, MessageHeader.Size, settingsCrc);
            return MessageHeader.Size + Size;
        }

        /// <summary>Reads a signature-checked message.</summary>
        public static DecodeResult Decode(byte[] buffer, int count, out uint settingsCrc)
        {
            settingsCrc = 0;
            int length = count - Mac.SignatureBytes - MessageHeader.Size;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            settingsCrc = Bytes.U32(buffer, MessageHeader.Size);
            return settingsCrc == 0 ? DecodeResult.OutOfRange : DecodeResult.Ok;
        }
    }
}
