// Owns: the codes of what the county can ask of a gateway.
// Must never: hold a command that resets a fire; that is done by a person at the box. Must never reuse a number.

namespace Gateway.Contract
{
    /// <summary>Codes of commands. Each is answered by an event that repeats its number.</summary>
    public enum CommandCode : byte
    {
        /// <summary>查岗: A = minutes to answer, 1..10.</summary>
        DutyCheck = 1,

        /// <summary>演练: A = minutes, 0 ends it; B = zones as bits (bit n-1 is zone n), 0 = every zone of the station.</summary>
        Drill = 2,

        /// <summary>动火: A = zones as bits (bit n-1 is zone n), B = minutes, 0 ends it.</summary>
        HotWork = 3,

        /// <summary>屏蔽: A = zone, B = minutes, 0 ends it.</summary>
        Disable = 4,

        /// <summary>测试: A = zone, B = minutes, 0 ends it.</summary>
        Test = 5,

        /// <summary>校时: the clock in the message's head is taken.</summary>
        Clock = 6,

        /// <summary>读记录: A = lane, B and C = first and last sequence; what is still kept is sent again, after everything new.</summary>
        ReadLog = 7,

        /// <summary>自检.</summary>
        SelfTest = 8,

        /// <summary>消音: only where the station's settings allow it.</summary>
        Silence = 9,

        /// <summary>配置: A = offset of the piece, B = bytes of the whole text, C = its CRC-32; the piece is the command's text.</summary>
        SettingsPiece = 10,

        /// <summary>配置启用: B = bytes of the whole text, C = its CRC-32; the pieces are checked as a whole and tried.</summary>
        SettingsCommit = 11,

        /// <summary>
        /// 增援: somebody is to set out for a fire elsewhere. A = minutes to answer, 0 ends it; the text is the place, at most
        /// <see cref="ContractLimits.PlaceBytesMax"/> bytes.
        /// </summary>
        CallOut = 12,
    }

    /// <summary>Words and bounds of <see cref="CommandCode"/>.</summary>
    public static class CommandCodes
    {
        /// <summary>Codes are 1..Last.</summary>
        public const int Last = 12;

        /// <summary>The code's word on command lines and in JSON.</summary>
        public static string Name(CommandCode code)
        {
            return code switch
            {
                0 => "none",
                CommandCode.DutyCheck => "duty-check",
                CommandCode.Drill => "drill",
                CommandCode.HotWork => "hot-work",
                CommandCode.Disable => "shield",
                CommandCode.Test => "test",
                CommandCode.Clock => "clock",
                CommandCode.ReadLog => "read-log",
                CommandCode.SelfTest => "self-test",
                CommandCode.Silence => "silence",
                CommandCode.SettingsPiece => "settings-piece",
                CommandCode.SettingsCommit => "settings-commit",
                CommandCode.CallOut => "call-out",
                _ => "command-" + ((int)code).ToString(),
            };
        }
    }
}
