// Owns: the bytes with which the county asks something of a gateway.
// Must never: be sent with a head that has no limit of age, or with a number that was used before.

namespace Gateway.Contract
{
    /// <summary>
    /// Body of <see cref="MessageType.Command"/>: number, code, reserved byte, length of the text, A, B, C, text. The number rises with
    /// every command to a station for good; the gateway keeps the last one in flash and takes none that is not above it. The head of a
    /// command always has a limit of age.
    /// </summary>
    public sealed class Command
    {
        /// <summary>Bytes before the text.</summary>
        public const int HeadSize = 20;

        /// <summary>Longest text.</summary>
        public const int TextBytesMax = ContractLimits.CommandBytesMax - HeadSize;

        /// <summary>Where the text begins in the message.</summary>
        public const int TextAt = MessageHeader.Size + HeadSize;

        /// <summary>1..4294967295, rising for each station.</summary>
        public uint Number;

        /// <summary>See <see cref="CommandCode"/>.</summary>
        public CommandCode Code;

        /// <summary>Meaning by code.</summary>
        public int A;

        /// <summary>Meaning by code.</summary>
        public int B;

        /// <summary>Meaning by code.</summary>
        public int C;

        /// <summary>Bytes of the text that lies at <see cref="TextAt"/>.</summary>
        public int TextBytes;

        /// <summary>
        /// Writes the body behind the head; the text was put at <see cref="TextAt"/> before. Returns the bytes of head and body.
        /// </summary>
        public int Encode(byte[] buffer)
        {
            int at = MessageHeader.Size;
            Bytes.PutU32(buffer, at, Number);
            buffer[at + 4] = (byte)Code;
            buffer[at + 5] = 0;
            Bytes.PutU16(buffer, at + 6, TextBytes);
            Bytes.PutI32(buffer, at + 8, A);
            Bytes.PutI32(buffer, at + 12, B);
            Bytes.PutI32(buffer, at + 16, C);
            return TextAt + TextBytes;
        }

        /// <summary>
        /// Reads the body of a message of <paramref name="count"/> bytes whose signature was found good. An unknown code is Ok here: the
        /// gateway refuses it by an event, so that the county learns of it.
        /// </summary>
        public DecodeResult Decode(byte[] buffer, int count)
        {
            int end = count - Mac.SignatureBytes;
            if (end < TextAt || count > buffer.Length)
            {
                // What was read before must not stand as this command's.
                Number = 0;
                Code = 0;
                TextBytes = 0;
                return DecodeResult.TooShort;
            }

            int at = MessageHeader.Size;
            Number = Bytes.U32(buffer, at);
            Code = (CommandCode)buffer[at + 4];
            TextBytes = Bytes.U16(buffer, at + 6);
            A = Bytes.I32(buffer, at + 8);
            B = Bytes.I32(buffer, at + 12);
            C = Bytes.I32(buffer, at + 16);
            if (end != TextAt + TextBytes)
            {
                return end < TextAt + TextBytes ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            if (buffer[at + 5] != 0)
            {
                return DecodeResult.ReservedNotZero;
            }

            return Number == 0 || Code == 0 ? DecodeResult.OutOfRange : DecodeResult.Ok;
        }
    }
}
