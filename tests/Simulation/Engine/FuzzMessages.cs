// Owns: messages that are made up, bent, cut, and signed anew, for decoders, county and gateway.
// Must never: leave out what lies behind a signature: a station whose key was stolen, or that is ill, can sign anything.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.County;

namespace Gateway.Simulation;

/// <summary>Inputs that are messages.</summary>
internal static class FuzzMessages
{
    private static readonly StationKey s_key = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    private static readonly Topics s_topics = new("c", "t", "v", 7);
    private static readonly StationRegistration s_station = new()
    {
        Station = 7,
        County = "c",
        Township = "t",
        Village = "v",
        Name = "fuzz",
        Key = s_key,
    };

    [ThreadStatic]
    private static string[]? s_levels;

    [ThreadStatic]
    private static Settings? s_settings;

    /// <summary>Every decoder and every rule of sessions, on a message that was bent or made up.</summary>
    public static string? Decode(Rng rng, byte[] buffer)
    {
        int count = Valid(rng, buffer);
        int bends = rng.Below(5);
        for (int i = 0; i < bends; i++)
        {
            count = Bend(rng, buffer, count);
        }

        uint[] held = new uint[Lanes.Count];
        MessageHeader header = new();
        EventRecord record = new();
        int[] results =
        [
            (int)header.DecodeDown(buffer, count),
            (int)header.DecodeUp(buffer, count),
            (int)Batch.Check(buffer, count, header, record),
            (int)new Hello().Decode(buffer, count),
            (int)new Heartbeat().Decode(buffer, count),
            (int)new Refuse().Decode(buffer, count),
            (int)new Command().Decode(buffer, count),
            (int)Welcome.Decode(buffer, count, held),
            (int)HeldThrough.Decode(buffer, count, held),
            (int)new NamesPart().Decode(buffer, count),
            (int)AskNames.Decode(buffer, count, out _),
            (int)record.Decode(buffer, 0, Math.Min(count, buffer.Length)),
            (int)Offline.FromText(buffer, count, new byte[Offline.MessageBytes]),
            (int)SessionRule.Hello(header, (uint)rng.Below(3), (uint)rng.Below(3), (uint)rng.Below(3)),
            (int)SessionRule.Up(header, 1, 1, 1, (uint)rng.Next()),
            (int)SessionRule.Down(header, 7, 1, 1, 1, 0, (long)(rng.Next() >> 16)),
            (int)Topics.ParseUp(Topic(rng), s_levels ??= new string[8], out _),
        ];
        int odd = Array.Find(results, r => r is < 0 or >= DecodeResults.Count);
        return odd == 0 ? null : $"a result of {odd}";
    }

    /// <summary>Something valid to begin with, or noise; the checksum of a record is often made right again.</summary>
    private static int Valid(Rng rng, byte[] buffer)
    {
        MessageHeader header = new()
        {
            Version = 1,
            Station = 7,
            Epoch = 1 + (uint)rng.Below(3),
            Boot = 1,
            Session = 1,
            Counter = 1,
            Type = rng.OneIn(2) ? (MessageType)rng.Range(1, 5) : (MessageType)rng.Range(0x81, 0x85),
        };
        header.Counter = MessageTypes.Uncounted(header.Type) ? 0u : 1u;
        switch (rng.Below(4))
        {
            case 0:
                for (int i = 0; i < 200; i++)
                {
                    buffer[i] = (byte)rng.Next();
                }

                return rng.Below(200);
            case 1:
                Record(rng, header.Epoch, 1 + (uint)rng.Below(9), buffer, 0);
                return EventRecord.Size;
            case 2:
                int records = rng.Range(1, ContractLimits.BatchRecordsMax);
                for (int i = 0; i < records; i++)
                {
                    Record(rng, header.Epoch, (uint)i + 1, buffer, Batch.RecordsAt + (i * EventRecord.Size));
                }

                header.Type = MessageType.Batch;
                header.Encode(buffer);
                Batch.EncodeHead(buffer, (Lane)rng.Below(4), records, 0);
                return Batch.RecordsAt + (records * EventRecord.Size) + Mac.SignatureBytes;
            default:
                header.Encode(buffer);
                return MessageHeader.Size + rng.Below(200) + Mac.SignatureBytes;
        }
    }

    private static void Record(Rng rng, uint epoch, uint sequence, byte[] buffer, int at)
    {
        EventRecord record = new()
        {
            Station = 7,
            Epoch = epoch,
            Sequence = sequence,
            Boot = 1,
            Kind = rng.OneIn(3) ? EventKind.Loss : EventKind.FireAlarm,
            Zone = rng.Below(40),
            A = (int)rng.Next(),
            B = (int)rng.Next(),
            Value = (int)rng.Next(),
        };
        record.Encode(buffer, at);
    }

    private static int Bend(Rng rng, byte[] buffer, int count)
    {
        switch (rng.Below(4))
        {
            case 0:
                return rng.Below(count + 40);
            case 1:
                buffer[rng.Below(buffer.Length)] = (byte)rng.Next();
                return count;
            case 2:
                int at = rng.Below(Math.Max(1, count));
                buffer[at] ^= (byte)(1 << rng.Below(8));
                return count;
            default:
                // A field of all ones, with a checksum that fits again.
                buffer.AsSpan(rng.Below(60), 4).Fill(0xFF);
                Bytes.PutU32(buffer, 60, Crc32.Of(buffer, 0, 60));
                return count;
        }
    }

    /// <summary>A county that gets a hello and then signed messages with anything in them.</summary>
    public static string? ToCounty(Rng rng, byte[] buffer)
    {
        using FastStore store = new(s_station);
        CountyDesk desk = new(store, new Silent(), new CountyOptions());
        List<SignedMessage> messages = [];
        for (int i = 0; i < 4; i++)
        {
            int count = Valid(rng, buffer);
            for (int bends = i == 0 ? 0 : rng.Below(3); bends > 0; bends--)
            {
                count = Math.Min(Bend(rng, buffer, count), buffer.Length - 64);
            }

            if (count > MessageHeader.Size + Mac.SignatureBytes && !rng.OneIn(10))
            {
                count = MessageHeader.Seal(s_key, buffer, count - Mac.SignatureBytes);
            }

            string leaf = rng.Below(7) switch
            {
                0 => s_topics.Hello,
                1 => s_topics.Heartbeat,
                2 => s_topics.Offline,
                3 => s_topics.Names,
                _ => s_topics.Up((Lane)rng.Below(Lanes.Count)),
            };
            byte[] payload = buffer.AsSpan(0, count).ToArray();
            if (desk.Open(rng.OneIn(8) ? Topic(rng) : leaf, payload, new Instant(1_800_000_000_000, 0)) is { } message)
            {
                messages.Add(message);
            }
        }

        foreach (Outgoing answer in desk.Commit(messages, new Instant(1_800_000_000_000, 0)))
        {
            MessageHeader head = new();
            if (head.DecodeDown(answer.Payload, answer.Payload.Length) != DecodeResult.Ok)
            {
                return "an answer that no gateway can read";
            }
        }

        return null;
    }

    /// <summary>A gateway that is online and gets signed answers and commands with anything in them.</summary>
    public static string? ToGateway(Rng rng, byte[] buffer)
    {
        byte[] text = Encoding.UTF8.GetBytes(SimInputs.Settings(new Swarm { Zones = 6, RemoteSilence = true }, 7));
        s_settings ??= SettingsParser.Parse(text, text.Length, SimBoard.Shape(), new SettingsErrors());
        LogPlan plan = new() { SegmentRecords = 4 };
        Array.Fill(plan.Segments, 3);
        SimBoard board = new();
        Ports ports = new()
        {
            Board = board,
            Shape = SimBoard.Shape(),
            Flash = new SimFlash(rng),
            Link = new FuzzLink(rng, s_key),
            Key = s_key,
            Plan = plan,
            Firmware = "fuzz",
        };
        Array.Fill(board.Raw, 5000, 0, SimBoard.Analog);
        Array.Fill(board.Raw, 1, SimBoard.Analog, SimBoard.Digital);
        board.Raw[SimBoard.Analog + 1] = 0;
        MainLoop loop = new(ports, s_settings, 5, 0);
        for (int tick = 0; tick < 40; tick++)
        {
            loop.Tick(tick * Limits.TickMs);
        }

        return loop.Panel.Latched != ZoneSet.None ? "a message from the county made a fire" : null;
    }

    private static string Topic(Rng rng)
    {
        string good = s_topics.Up((Lane)rng.Below(3));
        return rng.Below(4) switch
        {
            0 => good[..rng.Below(good.Length + 1)],
            1 => good.Insert(rng.Below(good.Length), ((char)rng.Below(0x3000)).ToString()),
            2 => new string('/', rng.Below(20)),
            _ => good,
        };
    }

    private sealed class Silent : ICountyObserver;

    /// <summary>Opens at once, welcomes, and then says anything.</summary>
    private sealed class FuzzLink(Rng rng, Mac mac) : LinkPort
    {
        private readonly MessageHeader _up = new();
        private readonly MessageHeader _down = new();
        private bool _open;
        private bool _greeted;
        private uint _counter;

        public override LinkState State() => _open ? LinkState.Open : LinkState.Idle;

        public override void Open(int path, string will)
        {
            _open = true;
            _greeted = false;
            _counter = 0;
        }

        public override void Close() => _open = false;

        public override bool Send(LinkLeaf leaf, byte[] message, int count)
        {
            _up.DecodeUp(message, count);
            return true;
        }

        public override int Receive(byte[] into)
        {
            if (!_open || _up.Session == 0)
            {
                return 0;
            }

            MessageType type = _greeted ? (MessageType)rng.Range(0x81, 0x85) : MessageType.Welcome;
            _down.AnswerTo(_up, type, MessageTypes.Uncounted(type) ? 0 : ++_counter, rng.OneIn(2) ? 0 : (long)(rng.Next() >> 16));
            _down.LifeS = rng.Below(3);
            _down.Encode(into);
            int count = MessageHeader.Size + rng.Below(into.Length - MessageHeader.Size - Mac.SignatureBytes);
            for (int i = MessageHeader.Size; i < count; i++)
            {
                into[i] = (byte)(rng.OneIn(3) ? rng.Next() : 0);
            }

            if (!_greeted)
            {
                _greeted = true;
                count = Welcome.Encode(into, ContractLimits.VersionMax, new uint[Lanes.Count]);
            }
            else if (type == MessageType.Command && !rng.OneIn(4))
            {
                Command command = new()
                {
                    Number = (uint)rng.Next() | 1,
                    Code = (CommandCode)rng.Range(1, 14),
                    A = rng.Below(40),
                    B = rng.Below(99),
                    C = (int)rng.Next(),
                    TextBytes = Math.Max(0, count - Command.TextAt),
                };
                count = command.Encode(into);
            }

            return MessageHeader.Seal(mac, into, count);
        }
    }
}
