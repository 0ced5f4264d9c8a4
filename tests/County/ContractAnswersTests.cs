// Owns: that the county answers each case as the contract's page says.
// Must never: hold an answer of its own: the page's table is what the county is held to.

using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class ContractAnswersTests
{
    private static readonly FakeGateway s_stranger = new(330799);
    private static readonly FakeGateway s_other = new(330702);
    private readonly FakeGateway _gateway = new(330701) { Boot = 5, Session = 3 };

    public static TheoryData<string> Cases => [.. MarkdownTable.Under("What the county answers", "case").Rows.Select(row => row["case"])];

    [Theory]
    [MemberData(nameof(Cases))]
    public void County_answers_as_the_page_says(string name)
    {
        IReadOnlyDictionary<string, string> row =
            MarkdownTable.Under("What the county answers", "case").Rows.Single(r => r["case"] == name);
        using Rig rig = new(_gateway, s_other);
        Sent message = Arrange(rig, name);
        int recordsBefore = rig.Events(_gateway).Count;
        Dictionary<DecodeResult, long> before = Counts(rig);
        // The answer repeats the boot of the message.
        _gateway.Boot = Bytes.U32(message.Payload, 12);
        List<Answered> answers = [.. rig.Send(message).Select(answer => Answered.Read(_gateway, answer))];
        Dictionary<DecodeResult, long> after = Counts(rig);

        Assert.Equal(row["answer"], answers.Count == 0 ? "nothing" : string.Join(", ", answers.Select(Text)));
        Answered? refused = answers.Find(a => a.Type == MessageType.Refuse);
        string boot = row["bootAtLeast"] == "last + 1" ? "6" : row["bootAtLeast"];
        Assert.Equal(boot, refused is null ? "–" : $"{refused.BootAtLeast}");
        bool again = name == "batch-later-again";
        Assert.Equal(row["records"] == "kept" && !again, rig.Events(_gateway).Count > recordsBefore);
        string[] counted = [.. after.Where(c => c.Value > before.GetValueOrDefault(c.Key)).Select(c => DecodeResults.Name((int)c.Key))];
        Assert.Equal(row["counted as"] == "–" ? [] : [row["counted as"]], counted);
    }

    private static Dictionary<DecodeResult, long> Counts(Rig rig)
    {
        rig.Desk.Flush();
        return rig.Store.Refusals().GroupBy(r => r.Reason).ToDictionary(g => g.Key, g => g.Sum(r => (long)r.Count));
    }

    private static string Text(Answered answer) => answer.Type switch
    {
        MessageType.Welcome => "welcome",
        MessageType.Held => "held",
        _ => "refuse " + DecodeResults.Name((int)answer.Reason),
    };

    /// <summary>Brings the county into the state of the case; the message is what comes.</summary>
    private Sent Arrange(Rig rig, string name)
    {
        FakeGateway g = _gateway;
        Sent hello = g.Hello();
        if (name is "hello-new")
        {
            return hello;
        }

        if (name is "hello-body-new")
        {
            return BadHello(g);
        }

        if (name is "batch-new")
        {
            return g.Batch(Lane.Fire, 0, 1);
        }

        rig.Send(hello);
        rig.Send(g.Batch(Lane.Fire, 0, 1));
        if (name.EndsWith("-restored", StringComparison.Ordinal))
        {
            rig.Restart();
        }

        Sent first = g.Batch(Lane.Fire, 1, 2);
        Sent bad = Bad(g);
        switch (name)
        {
            case "hello-later":
                return g.NextSession();
            case "hello-again":
                return g.Hello();
            case "hello-seen":
                return hello;
            case "hello-earlier":
                return At(4, 9, () => g.Hello());
            case "hello-impossible":
                return At(uint.MaxValue, 1, () => g.Hello());
            case "hello-body":
                return BadHello(g);
            case "hello-body-seen":
                Sent seen = BadHello(g);
                rig.Send(g.Heartbeat());
                return seen;
            case "hello-body-later":
                return At(5, 4, () => BadHello(g));
            case "hello-body-earlier":
                return At(4, 9, () => BadHello(g));
            case "hello-version":
                return g.Hello(2, 3);
            case "hello-earlier-version":
                return At(4, 9, () => g.Hello(2, 3));
            case "batch":
                return first;
            case "batch-seen":
                rig.Send(first);
                return first;
            case "batch-beyond" or "batch-restored":
                return g.Batch(Lane.Fire, 9, 10);
            case "batch-later":
                return At(5, 4, () => g.Batch(Lane.Fire, 1, 2));
            case "batch-later-again":
                Sent later = At(5, 4, () => g.Batch(Lane.Fire, 1, 2));
                rig.Send(later);
                return later;
            case "batch-earlier":
                return At(5, 2, () => g.Batch(Lane.Fire, 1, 2));
            case "body":
                return bad;
            case "body-later":
                return At(5, 4, () => Bad(g));
            case "body-seen":
                rig.Send(g.Heartbeat());
                return bad;
            case "body-earlier":
                return At(5, 2, () => Bad(g));
            case "body-station":
                return g.Batch(Lane.Fire, 1, s_stranger.Record(Lane.Fire, 2, change: r => r.Epoch = g.Epoch));
            case "head-counter":
                return Changed(first, 20, 0, 4);
            case "head-counter-later":
                return Changed(At(5, 4, () => g.Batch(Lane.Fire, 1, 2)), 20, 0, 4);
            case "head-version":
                return Changed(g.Heartbeat(), 2, 9, 1);
            case "head-unsigned":
                Sent unsigned = g.Heartbeat();
                unsigned.Payload[2] = 9;
                return unsigned;
            case "head-key":
                return new FakeGateway(330701, keySeed: 9) { Boot = 5, Session = 3, Counter = 50 }.Batch(Lane.Fire, 1, 2);
            case "head-stranger":
                return s_stranger.Heartbeat() with { Topic = g.Topics.Heartbeat };
            case "head-other":
                return s_other.Heartbeat() with { Topic = g.Topics.Heartbeat };
            case "beat":
                return g.Heartbeat();
            case "beat-seen":
                Sent beat = g.Heartbeat();
                rig.Send(beat);
                return beat;
            case "beat-beyond":
                return g.Heartbeat(ConditionBits.None, 0, 0, 7);
            case "beat-restored":
                return g.Heartbeat(ConditionBits.None, 0, 0, 7);
            case "beat-later":
                return At(5, 4, () => g.Heartbeat());
            case "beat-earlier":
                return At(4, 9, () => g.Heartbeat());
            case "names":
                return Names(g);
            case "names-seen":
                Sent part = Names(g);
                rig.Send(part);
                return part;
            case "names-later":
                return At(5, 4, () => Names(g));
            case "names-earlier":
                return At(4, 9, () => Names(g));
            case "will":
                return g.Will();
            case "will-again":
                rig.Send(g.Will());
                return g.Will();
            case "will-other":
                return At(5, 4, () => g.Will());
            case "will-head":
                return WillWithCounter(g);
            case "will-head-later":
                return At(5, 4, () => WillWithCounter(g));
            case "will-raw":
                return g.Will(asText: false);
            case "village":
                return first with { Topic = first.Topic.Replace(FakeGateway.Village, "330726101004", StringComparison.Ordinal) };
            case "leaf":
                return first with { Topic = first.Topic.Replace("/up/fire", "/up/photo", StringComparison.Ordinal) };
            case "leaf-stranger":
                return s_stranger.Heartbeat() with { Topic = s_stranger.Topics.Hello.Replace("hello", "photo", StringComparison.Ordinal) };
            case "leaf-type":
                return g.Heartbeat() with { Topic = g.Topics.Hello };
            case "leaf-head":
                return Changed(g.Heartbeat(), 2, 9, 1) with { Topic = g.Topics.Hello };
            case "leaf-version":
                return Changed(first, 2, 9, 1) with { Topic = g.Topics.Up(Lane.Routine) };
            case "leaf-down":
                return first with { Topic = g.Topics.Down };
            case "leaf-lane":
                return g.Batch(Lane.Fire, 1, s_stranger.Record(Lane.Fire, 2)) with { Topic = g.Topics.Up(Lane.Routine) };
            case "lane-missing":
                // Signed until the first byte of the signature would be a lane: it must not be taken for one.
                Sent empty;
                do
                {
                    empty = g.Seal(g.Topics.Up(Lane.Fire), MessageType.Batch, new byte[ContractLimits.MessageBytesMax], MessageHeader.Size);
                }
                while (empty.Payload[MessageHeader.Size] is not ((int)Lane.Condition or (int)Lane.Routine));
                return empty;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "no such case");
        }
    }

    /// <summary>A batch that says that it has no record.</summary>
    private static Sent Bad(FakeGateway gateway)
    {
        byte[] buffer = new byte[ContractLimits.MessageBytesMax];
        Batch.EncodeHead(buffer, Lane.Fire, 0, 0);
        return gateway.Seal(gateway.Topics.Up(Lane.Fire), MessageType.Batch, buffer, Batch.RecordsAt);
    }

    private static Sent Names(FakeGateway gateway)
    {
        gateway.SettingsCrc = 7;
        return gateway.Names(1, last: true, (1, "a"u8.ToArray()));
    }

    /// <summary>A hello whose newest version is below its oldest.</summary>
    private static Sent BadHello(FakeGateway gateway) => gateway.Hello(versionMin: 2, versionMax: 1);

    private Sent WillWithCounter(FakeGateway gateway)
    {
        byte[] will = Changed(gateway.Will(asText: false), 20, 1, 1).Payload;
        return gateway.Will() with { Payload = System.Text.Encoding.ASCII.GetBytes(Offline.ToText(will)) };
    }

    private Sent Changed(Sent sent, int at, byte value, int count)
    {
        byte[] bytes = [.. sent.Payload];
        Array.Fill(bytes, value, at, count);
        MessageHeader.Seal(_gateway.Mac, bytes, bytes.Length - Mac.SignatureBytes);
        return sent with { Payload = bytes };
    }

    /// <summary>A message under another boot and session; its answers repeat them.</summary>
    private Sent At(uint boot, uint session, Func<Sent> make)
    {
        (uint wasBoot, uint wasSession) = (_gateway.Boot, _gateway.Session);
        (_gateway.Boot, _gateway.Session) = (boot, session);
        Sent sent = make();
        (_gateway.Boot, _gateway.Session) = (wasBoot, wasSession);
        return sent;
    }
}
