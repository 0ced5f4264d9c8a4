// Owns: the will: the signed message without a body that the broker publishes when a gateway's connection dies, as text.
// Must never: throw on what a broker hands over: it is input like any other.

using System;

namespace Gateway.Contract
{
    /// <summary>
    /// <see cref="MessageType.Offline"/> has no body. The device's MQTT client takes a will only as text, so the sealed message travels in
    /// base64: 72 bytes are exactly 96 characters, without padding.
    /// </summary>
    public static class Offline
    {
        /// <summary>Bytes of the sealed message.</summary>
        public const int MessageBytes = MessageHeader.Size + Mac.SignatureBytes;

        /// <summary>Characters, and bytes, of its text.</summary>
        public const int TextBytes = MessageBytes / 3 * 4;

        /// <summary>The text of a sealed message of 72 bytes.</summary>
        public static string ToText(byte[] message)
        {
            return Convert.ToBase64String(message, 0, MessageBytes);
        }

        /// <summary>
        /// Turns a payload of <paramref name="count"/> bytes back into the 72 bytes; head and signature are checked as of any message.
        /// </summary>
        public static DecodeResult FromText(byte[] payload, int count, byte[] message)
        {
            if (count < TextBytes || count > payload.Length)
            {
                return DecodeResult.TooShort;
            }

            if (count > TextBytes)
            {
                return DecodeResult.TooLong;
            }

            int at = 0;
            for (int i = 0; i < TextBytes; i += 4)
            {
                int group = 0;
                for (int j = 0; j < 4; j++)
                {
                    int value = ValueOf(payload[i + j]);
                    if (value < 0)
                    {
                        return DecodeResult.OutOfRange;
                    }

                    group = (group << 6) | value;
                }

                message[at] = (byte)(group >> 16);
                message[at + 1] = (byte)(group >> 8);
                message[at + 2] = (byte)group;
                at += 3;
            }

            return DecodeResult.Ok;
        }

        private static int ValueOf(byte c)
        {
            if (c >= 'A' && c <= 'Z')
            {
                return c - 'A';
            }

            if (c >= 'a' && c <= 'z')
            {
                return c - 'a' + 26;
            }

            if (c >= '0' && c <= '9')
            {
                return c - '0' + 52;
            }

            if (c == '+')
            {
                return 62;
            }

            return c == '/' ? 63 : -1;
        }
    }
}
