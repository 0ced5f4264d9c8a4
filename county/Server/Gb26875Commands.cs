// Owns: `county gb26875 decode, encode`: frames in words, and words as frames.
// Must never: send anything.

using System.CommandLine;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Gb26875;

namespace Gateway.County.Server;

internal static class Gb26875Commands
{
    private const string HexAllowed =
        "pairs of hexadecimal digits, with or without 0x before and blanks, commas, - or : between them, such as 40 40 01 00";

    private static readonly char[] s_between = [' ', '\t', '\r', '\n', ',', ';', '-', ':'];

    public static Command Create() => new("gb26875", "Frames of GB/T 26875.3, by which other makers' boxes talk. 协议帧。")
    {
        Decode(), Encode(), Centres(),
    };

    private static Command Decode()
    {
        Argument<string[]> hex = new("HEX")
        {
            Description = $"The bytes: {HexAllowed}.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "One JSON object a frame, which encode takes, instead of words." };
        Command command = new(
            "decode",
            """
            Says every field of a frame in words, what is wrong with it, and where. 解码。
            Exit code 1: something is wrong with the bytes.
            """)
        {
            hex, json,
        };
        command.SetAction(parsed =>
        {
            byte[] bytes = Bytes(string.Join(' ', parsed.GetRequiredValue(hex)));
            if (parsed.GetValue(json))
            {
                return Json(bytes);
            }

            ReportTable table = new("位置", "项目", "字节", "含义");
            bool good = new FrameReport((place, name, field, meaning) => table.Add(place, name, field, meaning)).Write(bytes);
            table.Show();
            return good ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static Command Centres()
    {
        Option<string> db = CommonOptions.Db();
        Command command = new("centres", "Lists the city centres that are told: the link, and how much waits. 上级平台。") { db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            ReportTable table = new("名称", "链路", "自", "待发", "已确认", "未发", "原因");
            foreach ((CentreState centre, long waiting) in store.Centres())
            {
                table.Add(
                    centre.Name, centre.SinceMs == 0 ? "未知" : centre.LinkUp ? "接通" : "中断",
                    centre.SinceMs == 0 ? "" : TimeText.Local(centre.SinceMs), $"{waiting}", $"{centre.Confirmed}", $"{centre.Dropped}",
                    ScreenText.Plain(centre.Why));
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Encode()
    {
        Argument<string> json = new("JSON") { Description = "A frame as `decode --json` prints it: {\"head\": {…}, \"unit\": {…}}." };
        Command command = new("encode", "Prints the bytes of a frame; times left out are of now. 编码。") { json };
        command.SetAction(parsed =>
        {
            try
            {
                byte[] frame = FrameJson.Read(parsed.GetRequiredValue(json));
                Console.WriteLine(string.Join(' ', frame.Select(one => one.ToString("X2"))));
                return ExitCodes.Done;
            }
            catch (FrameJsonException e)
            {
                throw new CommandException(e.Message, e);
            }
        });
        return command;
    }

    private static int Json(byte[] bytes)
    {
        FrameReader reader = new();
        int taken = 0;
        bool good = true;
        do
        {
            // Nothing was left to take: what stands whole behind a false start is read all the same.
            taken += reader.Add(bytes.AsSpan(taken));
            ReadOutcome outcome;
            while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
            {
                good &= outcome == ReadOutcome.Frame && FrameJson.IsReadable(frame);
                if (outcome == ReadOutcome.Frame)
                {
                    Console.WriteLine(FrameJson.Write(frame));
                }
            }
        }
        while (taken < bytes.Length || reader.DropFalseStart());
        if (good && reader is { RubbishBytes: 0, Waiting: 0 })
        {
            return ExitCodes.Done;
        }

        throw new CommandException("HEX: not all of it is good frames that can be read; allowed: see what decode without --json says")
        {
            ExitCode = ExitCodes.Failed,
        };
    }

    private static byte[] Bytes(string text)
    {
        List<byte> bytes = [];
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOfAny(s_between, at);
            string token = end < 0 ? text[at..] : text[at..end];
            string digits = token.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? token[2..] : token;
            int wrong = digits.TakeWhile(char.IsAsciiHexDigit).Count();
            if (wrong < digits.Length)
            {
                throw Wrong(at + token.Length - digits.Length + wrong, ScreenText.Plain(digits[wrong].ToString()), "");
            }

            if (digits.Length % 2 != 0 || (digits.Length == 0 && token.Length > 0))
            {
                throw Wrong(at, PlainText.Cut(token, ServerLimits.TokenShownMax), $": {digits.Length} digits, an odd number or none");
            }

            bytes.AddRange(Convert.FromHexString(digits));
            at += token.Length + 1;
        }

        return [.. bytes];
    }

    private static CommandException Wrong(int at, string what, string why) =>
        new($"HEX: character {at + 1} '{what}'{why}; allowed: {HexAllowed}");
}
