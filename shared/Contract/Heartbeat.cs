// Owns: the body of the gateway's regular sign of life: the state in summary.
// Must never: replace an event; what it shows was reported by a record.

using System;

namespace Gateway.Contract
{
    /// <summary>Bits of the conditions that a panel can be in, several at once, as in EN 54-2.</summary>
    [Flags]
    public enum ConditionBits : int
    {
        None = 0,
        Fire = 1,
        PreAlarm = 2,
        Fault = 4,
        Disabled = 8,
        Test = 16,
        Supervisory = 32,
        Drill = 64,
        Silenced = 128,
        DutyCheck = 256,
        HotWork = 512,
        DelayOn = 1024,
        NotConfigured = 2048,
        NoCountyAnswer = 4096,
        Patrol = 8192,
        CallOut = 16384,
    }

    /// <summary>Body of <see cref="MessageType.Heartbeat"/>.</summary>
    public sealed class Heartbeat
    {
        public const int Size = 4 + 20 + Lanes.Count * 8 + 16;

        public ConditionBits Conditions;

        /// <summary>Station code: 0 none, 1 green, 2 yellow, 3 red.</summary>
        public int StationCode;

        /// <summary>Open hidden-danger cases, 0..255.</summary>
        public int OpenCases;

        /// <summary>Bit n-1 is zone n.</summary>
        public uint ZonesFire;
        public uint ZonesFault;
        public uint ZonesDisabled;
        public uint ZonesTest;
        public uint ZonesSupervisory;

        public readonly uint[] Last = new uint[Lanes.Count];
        public readonly uint[] Held = new uint[Lanes.Count];

        /// <summary>Connections opened since the start.</summary>
        public uint Connections;

        /// <summary>Batches sent again since the start.</summary>
        public uint Resends;

        /// <summary>Messages refused since the start.</summary>
        public uint Refused;

        /// <summary>CRC-32 of the settings text in force; 0 when not configured.</summary>
        public uint SettingsCrc;

        /// <summary>Writes the body behind the head; returns the bytes of head and body.</summary>
        public int Encode(byte[] buffer)
        {
            int at = MessageHeader.Size;
            Bytes.PutU16(buffer, at, (int)Conditions);
            buffer[at + 2] = (byte)StationCode;
            buffer[at + 3] = (byte)OpenCases;
            Bytes.PutU32(buffer, at + 4, ZonesFire);
            Bytes.PutU32(buffer, at + 8, ZonesFault);
            Bytes.PutU32(buffer, at + 12, ZonesDisabled);
            Bytes.PutU32(buffer, at + 16, ZonesTest);
            Bytes.PutU32(buffer, at + 20, ZonesSupervisory);
            HeldThrough.Put(buffer, at + 24, Last);
            HeldThrough.Put(buffer, at + 36, Held);
            Bytes.PutU32(buffer, at + 48, Connections);
            Bytes.PutU32(buffer, at + 52, Resends);
            Bytes.PutU32(buffer, at + 56, Refused);
            Bytes.PutU32(buffer, at + 60, SettingsCrc);
            return at + Size;
        }

        /// <summary>Reads the body of a message of <paramref name="count"/> bytes whose signature was found good.</summary>
        public DecodeResult Decode(byte[] buffer, int count)
        {
            int at = MessageHeader.Size;
            int length = count - Mac.SignatureBytes - at;
            if (length != Size)
            {
                return length < Size ? DecodeResult.TooShort : DecodeResult.TooLong;
            }

            Conditions = (ConditionBits)Bytes.U16(buffer, at);
            StationCode = buffer[at + 2];
            OpenCases = buffer[at + 3];
            ZonesFire = Bytes.U32(buffer, at + 4);
            ZonesFault = Bytes.U32(buffer, at + 8);
            ZonesDisabled = Bytes.U32(buffer, at + 12);
            ZonesTest = Bytes.U32(buffer, at + 16);
            ZonesSupervisory = Bytes.U32(buffer, at + 20);
            HeldThrough.Get(buffer, at + 24, Last);
            HeldThrough.Get(buffer, at + 36, Held);
            Connections = Bytes.U32(buffer, at + 48);
            Resends = Bytes.U32(buffer, at + 52);
            Refused = Bytes.U32(buffer, at + 56);
            SettingsCrc = Bytes.U32(buffer, at + 60);
            return StationCode > 3 ? DecodeResult.OutOfRange : DecodeResult.Ok;
        }
    }
}
