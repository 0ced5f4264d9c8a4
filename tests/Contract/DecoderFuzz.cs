// Owns: throwing bytes at every decoder: random ones, and good messages with something changed, cut or signed anew.
// Must never: use a clock or a random source of its own: the seed decides everything, so that a failure can be played again.

using System.Text;
using Gateway.Contract;

namespace Gateway.Tests.Wire;

/// <summary>
/// What a decoder may do with any input: answer with a known reason. It may not throw, read beyond the count it was given, or give another
/// answer for the same bytes. A campaign calls <see cref="Run"/> with as many rounds as it has time for.
/// </summary>
public sealed class DecoderFuzz
{
    private static readonly string[] s_decoders =
        ["record", "head", "hello", "welcome", "held", "refuse", "command", "batch", "heartbeat", "names", "ask", "offline", "topics"];

    private readonly Random _random;
    private readonly Dictionary<string, byte[][]> _good = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Decoder, string Reason), long> _answers = [];
    private readonly byte[] _key;
    private readonly DotNetMac _mac;

    private DecoderFuzz(int seed)
    {
        _random = new Random(seed);
        foreach (string name in s_decoders)
        {
            _good[name] = [.. VectorFile.Load(name).Cases.Where(one => one.Valid).Select(Codec.InputOf)];
        }

        _key = VectorFile.Load("head").Key;
        _mac = new DotNetMac(_key);
    }

    /// <summary>How often each decoder gave each answer, so that a caller can see that the fuzz reached something.</summary>
    public IReadOnlyDictionary<(string Decoder, string Reason), long> Answers => _answers;

    /// <summary>Runs that many rounds; an offence is an exception that names seed, round, decoder and bytes.</summary>
    public static DecoderFuzz Run(int seed, long rounds)
    {
        DecoderFuzz fuzz = new(seed);
        for (long round = 0; round < rounds; round++)
        {
            string decoder = s_decoders[fuzz._random.Next(s_decoders.Length)];
            byte[] input = fuzz.Input(decoder);
            try
            {
                string reason = fuzz.Judge(decoder, input);
                fuzz._answers[(decoder, reason)] = fuzz._answers.GetValueOrDefault((decoder, reason)) + 1;
            }
            catch (Exception offence)
            {
                throw new InvalidOperationException($"seed {seed} round {round} {decoder} {Convert.ToHexString(input)}", offence);
            }
        }

        return fuzz;
    }

    private byte[] Input(string decoder)
    {
        byte[][] good = _good[decoder];
        byte[] input = [.. good[_random.Next(good.Length)]];
        int how = _random.Next(10);
        if (how == 0)
        {
            input = new byte[_random.Next(_random.Next(4) == 0 ? 2000 : 160)];
            _random.NextBytes(input);
        }
        else if (how < 8)
        {
            for (int changes = 1 + _random.Next(3); changes > 0; changes--)
            {
                input = Change(input);
            }
        }

        if (how is > 0 and < 6)
        {
            Repair(decoder, input);
        }

        return input;
    }

    private byte[] Change(byte[] input)
    {
        int at = _random.Next(input.Length + 1);
        switch (_random.Next(6))
        {
            case 0:
                return input[..at];
            case 1:
                byte[] more = new byte[_random.Next(1, 80)];
                _random.NextBytes(more);
                return [.. input[..at], .. more, .. input[at..]];
            case 2:
                return [.. input[..at], .. input[_random.Next(at, input.Length + 1)..]];
            default:
                if (at < input.Length)
                {
                    byte[] telling = [0, 1, 0x7f, 0x80, 0xff, (byte)(input[at] ^ (1 << _random.Next(8))), (byte)_random.Next(256)];
                    input[at] = telling[_random.Next(telling.Length)];
                }

                return input;
        }
    }

    /// <summary>Checksum and signature made to fit, so that what lies behind them is reached.</summary>
    private void Repair(string decoder, byte[] input)
    {
        if (decoder == "record" && input.Length >= EventRecord.Size)
        {
            Bytes.PutU32(input, EventRecord.Size - 4, Crc32.Of(input, 0, EventRecord.Size - 4));
        }
        else if (decoder == "batch")
        {
            int end = input.Length - Mac.SignatureBytes - EventRecord.Size;
            for (int at = Batch.RecordsAt; at <= end && _random.Next(8) != 0; at += EventRecord.Size)
            {
                Bytes.PutU32(input, at + EventRecord.Size - 4, Crc32.Of(input, at, EventRecord.Size - 4));
            }
        }

        if (decoder is not ("record" or "offline" or "topics") && input.Length >= MessageHeader.Size + Mac.SignatureBytes)
        {
            MessageHeader.Seal(_mac, input, input.Length - Mac.SignatureBytes);
        }
    }

    private string Judge(string decoder, byte[] input)
    {
        if (decoder == "topics")
        {
            return Known(Topics.ParseUp(Encoding.UTF8.GetString(input), new string[4], out _));
        }

        // In an array that ends where the input ends, reading too far throws.
        bool down = _random.Next(2) == 0;
        Reading reading = Codec.Read(decoder, input, _key, down);
        Known(reading.Result);
        AssertBlindBeyond(decoder, input, down);
        if (decoder is not ("record" or "head" or "offline"))
        {
            // A careless caller that skips head and signature still gets an answer.
            Known(Codec.Body(decoder, input, input.Length, new MessageHeader(), new Dictionary<string, object>(StringComparer.Ordinal)));
        }

        return reading.Reason;
    }

    /// <summary>The same bytes in a longer array, with other bytes behind them, must give the same answer.</summary>
    private void AssertBlindBeyond(string decoder, byte[] input, bool down)
    {
        byte[] first = [.. input, .. new byte[80]];
        byte[] second = [.. input, .. Enumerable.Repeat((byte)0xff, 80)];
        Assert.Equal(Count(decoder, first, input.Length, down), Count(decoder, second, input.Length, down));
    }

    private static (int Head, int Body) Count(string decoder, byte[] buffer, int count, bool down)
    {
        switch (decoder)
        {
            case "record":
                return ((int)new EventRecord().Decode(buffer, 0, count), (int)EventRecord.Check(buffer, 0, count));
            case "offline":
                return ((int)Offline.FromText(buffer, count, new byte[Offline.MessageBytes]), 0);
            default:
                MessageHeader head = new();
                DecodeResult result = Codec.IsUp(decoder) || !down ? head.DecodeUp(buffer, count) : head.DecodeDown(buffer, count);
                return ((int)result, (int)Codec.Body(decoder, buffer, count, head, new Dictionary<string, object>(StringComparer.Ordinal)));
        }
    }

    private static string Known(DecodeResult result)
    {
        Assert.InRange((int)result, 0, DecodeResults.Count - 1);
        return DecodeResults.Name((int)result);
    }
}
