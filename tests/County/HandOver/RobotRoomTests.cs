// Owns: that a group's robot is told by its rule, signed, no more often than it takes, and a storm at once.
// Must never: take what the real one would refuse: signature, key, form, length, 20 messages a minute.

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Gateway.County.Tests.HandOver;

public sealed class RobotRoomTests : IDisposable
{
    private const string Secret = "SEC0123456789abcdef";
    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly ConcurrentQueue<(string Text, long RunMs)> _texts = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly List<string> _told = [];
    private readonly Rig _rig;
    private readonly WebApplication _group;
    private readonly int _port = FreePort.Next();
    private HandOverRoom? _room;
    private string _kind = "";
    private uint _last;
    private uint _fire;
    private volatile int _errorCode;

    public RobotRoomTests()
    {
        _rig = new Rig(_gateway);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _group = builder.Build();
        _group.Run(Group);
        _group.StartAsync().GetAwaiter().GetResult();
        _rig.Send(_gateway.Hello());
    }

    [Theory]
    [InlineData("dingtalk")]
    [InlineData("wecom")]
    [InlineData("template")]
    public void Each_step_of_what_the_rule_names_is_one_line(string kind)
    {
        Begin(kind);
        _rig.Store.PutPlaces(
            [new PlaceFile { Station = 330701, Address = "文化礼堂", Contact = "王芳", Telephone = "13800000000", Keys = "门卫" }], _rig.NowMs);
        Send(EventKind.FireAlarm, 3);
        Until(() => Delivered() == 1);
        Send(EventKind.Acknowledged, 3);
        Until(() => Delivered() == 2);
        Assert.Equal(2, _texts.Count);
        Assert.Contains("火警", _texts.First().Text, StringComparison.Ordinal);
        Assert.Contains("已应答", _texts.Last().Text, StringComparison.Ordinal);
        Assert.All(_texts, one => Assert.Contains("文化礼堂", one.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(_texts, one => one.Text.Contains("1380", StringComparison.Ordinal) || one.Text.Contains("王芳"));
        Assert.Empty(_wrong);
    }

    [Theory]
    [InlineData("dingtalk")]
    [InlineData("wecom")]
    [InlineData("template")]
    public void Gas_is_called_gas_in_a_group_too(string kind)
    {
        Begin(kind);
        Send(EventKind.FireAlarm, 4, ZoneKind.Gas);
        Until(() => Delivered() == 1);
        Assert.Contains("可燃气体报警 4号", _texts.First().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("火警", _texts.First().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dingtalk")]
    [InlineData("wecom")]
    [InlineData("template")]
    public void Storm_is_a_few_messages_with_their_counts_and_the_group_s_limit_holds(string kind)
    {
        Begin(kind);
        for (int zone = 1; zone <= 60; zone++)
        {
            Send(EventKind.CaseOpened, zone);
        }

        Until(() => Delivered() == 60);
        Assert.InRange(_texts.Count, 1, 3);
        Assert.Contains("条消息", _texts.Last().Text, StringComparison.Ordinal);
        Assert.Empty(_wrong);
    }

    [Theory]
    [InlineData("dingtalk", "SECanother")]
    [InlineData("wecom", "another")]
    [InlineData("template", "{\"params\":{\"content\":\"{text}\"}}")]
    public void Stand_in_refuses_what_the_real_one_would(string kind, string wrong)
    {
        Begin(kind, wrong);
        Send(EventKind.CaseOpened, 1);
        Until(() => _rig.Store.HandOverRows("robot-duty", HandOverState.Refused, 10).Count == 1);
        Assert.Empty(_texts);
    }

    [Fact]
    public void Robot_that_had_too_many_is_left_alone_and_one_that_refuses_is_listed_without_its_token()
    {
        Begin("dingtalk");
        _errorCode = 130_101;
        Send(EventKind.CaseOpened, 1);
        Until(() => _texts.Count == 1);
        _errorCode = 0;
        Until(() => Delivered() == 1);
        Assert.InRange(_texts.Last().RunMs - _texts.First().RunMs, 30_000, long.MaxValue);
        _errorCode = 310_000;
        Send(EventKind.CaseOpened, 2);
        Until(() => _rig.Store.HandOverRows("robot-duty", HandOverState.Refused, 10).Count == 1);
        Assert.Equal("errcode 310000", _rig.Store.HandOverRows("robot-duty", HandOverState.Refused, 10)[0].LastWords);
        Assert.DoesNotContain(_told, line => line.Contains("t0ken", StringComparison.Ordinal) || line.Contains(Secret));
    }

    [Theory]
    [InlineData("duty", "allowed: NAME dingtalk|wecom|template FILE [RULE]")]
    [InlineData("duty sms file", "allowed: NAME dingtalk|wecom|template FILE [RULE]")]
    [InlineData("platform wecom file", "allowed: NAME dingtalk|wecom|template FILE [RULE]")]
    [InlineData("duty wecom file colour=red", "allowed: each once: class=")]
    public void Robot_that_cannot_be_is_refused_with_what_is_allowed(string text, string says) =>
        Assert.Contains(says, RobotSettings.Parse(text).Problem!, StringComparison.Ordinal);

    [Theory]
    [InlineData("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "", true)]
    [InlineData("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "", false)]
    [InlineData("wecom", "https://10.0.0.1/?key=k", "", false)]
    [InlineData("template", "https://sms.example/", "", false)]
    [InlineData("template", "https://sms.example/", "{\"c\":\"{text}\"}", true)]
    public void File_of_a_robot_is_checked_and_not_shown(string kind, string first, string second, bool good)
    {
        string? problem = RobotSettings.Parse($"duty {kind} file").Robot!.Problem(
            [.. ((string[])[first, second]).Where(line => line.Length > 0)], plain: false, inside: false);
        Assert.Equal(good, problem is null);
        Assert.DoesNotContain("key=k", problem ?? "", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _room?.Dispose();
        _group.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_group).Dispose();
        _rig.Dispose();
    }

    /// <param name="kind">Of the robot.</param>
    /// <param name="wrong">In the place of its secret, key or template; null = none.</param>
    private void Begin(string kind, string? wrong = null)
    {
        _kind = kind;
        string[] lines = kind switch
        {
            "dingtalk" => [$"http://127.0.0.1:{_port}/robot/send?access_token=t0ken", wrong ?? Secret],
            "wecom" => [$"http://127.0.0.1:{_port}/cgi-bin/webhook/send?key={wrong ?? "t0ken"}"],
            _ => [$"http://127.0.0.1:{_port}/sms", wrong ?? "{\"to\":[\"duty\"],\"params\":{\"content\":\"{text}\"}}"],
        };
        _room = new HandOverRoom(
            new RobotReceiver(
                RobotSettings.Parse($"duty {kind} file class=alarm,danger").Robot!, lines, inside: true, new HandOverWords()),
            () => { },
            (_, line) => _told.Add(line));
        _rig.Desk.Rooms = [_room];
        _room.Work(_rig.Desk, _rig.Now);
    }

    /// <summary>Answers as the real one does; what the county should not have sent stands among what is wrong.</summary>
    private async Task Group(HttpContext context)
    {
        using MemoryStream bytes = new();
        await context.Request.Body.CopyToAsync(bytes);
        string body = Encoding.UTF8.GetString(bytes.ToArray());
        using JsonDocument json = JsonDocument.Parse(body);
        long runMs = _rig.Now.RunMs;
        int code = _errorCode != 0 ? _errorCode
            : context.Request.Method != "POST" || context.Request.ContentType != "application/json; charset=utf-8" ? 43_004
            : _texts.Count(one => runMs - one.RunMs < 60_000) >= 20 ? TooFast()
            : _kind switch
            {
                "dingtalk" => DingTalk(context.Request, json.RootElement),
                "wecom" => WeCom(context.Request, json.RootElement, body),
                _ => context.Request.Path == "/sms" && json.RootElement.TryGetProperty("to", out _) ? 0 : 400,
            };
        if (code == 0 || _errorCode != 0)
        {
            JsonElement content = _kind == "template" ? json.RootElement.GetProperty("params") : json.RootElement.GetProperty("text");
            _texts.Enqueue((content.GetProperty("content").GetString()!, runMs));
        }

        context.Response.StatusCode = _kind == "template" && code != 0 ? 400 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"errcode\":{code}}}"));
    }

    private int TooFast()
    {
        _wrong.Enqueue("too many in a minute");
        return _kind == "dingtalk" ? 130_101 : 45_009;
    }

    /// <summary>A text of at most 20,000 bytes, for a token, signed less than an hour ago.</summary>
    private static int DingTalk(HttpRequest request, JsonElement root)
    {
        string at = request.Query["timestamp"].ToString();
        string good = Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{at}\n{Secret}")));
        bool fresh = long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out long atMs)
            && Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - atMs) < 3_600_000;
        return request.Path != "/robot/send" || request.Query["access_token"] != "t0ken" ? 300_001
            : !fresh || request.Query["sign"] != good ? 310_000
            : TextBytes(root) is > 0 and <= 20_000 ? 0 : 40_035;
    }

    /// <summary>A text of at most 2,048 bytes as it is, for a key.</summary>
    private static int WeCom(HttpRequest request, JsonElement root, string body) =>
        request.Path != "/cgi-bin/webhook/send" || request.Query["key"] != "t0ken" ? 93_000
        : body.Contains("\\u", StringComparison.Ordinal) ? 40_033
        : TextBytes(root) is > 0 and <= 2_048 ? 0 : 40_058;

    /// <summary>0 of what is no text.</summary>
    private static int TextBytes(JsonElement root) =>
        root.TryGetProperty("msgtype", out JsonElement type) && type.GetString() == "text"
        && root.TryGetProperty("text", out JsonElement text) && text.TryGetProperty("content", out JsonElement content)
        ? Encoding.UTF8.GetByteCount(content.GetString()!) : 0;

    private long Delivered() => _rig.Store.HandOverTargets().Single().Delivered;

    private void Until(Func<bool> holds) => Patience.Until(
        () =>
        {
            _rig.NowMs += 250;
            _room!.Work(_rig.Desk, _rig.Now);
            return holds();
        },
        () => string.Join(' ', _texts) + string.Join(' ', _told));

    private void Send(EventKind kind, int zone, ZoneKind of = ZoneKind.Smoke)
    {
        _rig.NowMs += 100;
        _gateway.UptimeMs += 100;
        _gateway.UtcMs += 100;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = lane == Lane.Fire ? ++_fire : ++_last;
        _rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind, r =>
        {
            r.Zone = zone;
            r.ZoneKind = of;
        })));
    }
}
