// Owns: that a group's robot is told by its rule, signed, no more often than it takes, and a storm at once.
// Must never: take what the real one would refuse: signature, length, 20 messages a minute.

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
    private readonly HandOverRoom _room;
    private uint _last;
    private uint _fire;
    private volatile int _errorCode;

    public RobotRoomTests()
    {
        _rig = new Rig(_gateway);
        int port = FreePort.Next();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _group = builder.Build();
        _group.Run(Group);
        _group.StartAsync().GetAwaiter().GetResult();
        RobotSettings robot = RobotSettings.Parse("duty dingtalk file class=alarm,danger").Robot!;
        _room = new HandOverRoom(
            new RobotReceiver(robot, [$"http://127.0.0.1:{port}/robot/send?access_token=t0ken", Secret], inside: true, new HandOverWords()),
            () => { },
            (_, line) => _told.Add(line));
        _rig.Desk.Rooms = [_room];
        _room.Work(_rig.Desk, _rig.Now);
        _rig.Send(_gateway.Hello());
    }

    [Fact]
    public void Each_step_of_what_the_rule_names_is_one_line()
    {
        Send(EventKind.FireAlarm, 3);
        Until(() => Delivered() == 1);
        Send(EventKind.Acknowledged, 3);
        Until(() => Delivered() == 2);
        Assert.Equal(2, _texts.Count);
        Assert.Contains("火警", _texts.First().Text, StringComparison.Ordinal);
        Assert.Contains("已应答", _texts.Last().Text, StringComparison.Ordinal);
        Assert.Empty(_wrong);
    }

    [Fact]
    public void Storm_is_a_few_messages_with_their_counts_and_the_group_s_limit_holds()
    {
        for (int zone = 1; zone <= 60; zone++)
        {
            Send(EventKind.CaseOpened, zone);
        }

        Until(() => Delivered() == 60);
        Assert.InRange(_texts.Count, 1, 3);
        Assert.Contains("条消息", _texts.Last().Text, StringComparison.Ordinal);
        Assert.Empty(_wrong);
    }

    [Fact]
    public void Robot_that_had_too_many_is_left_alone_and_one_that_refuses_is_listed_without_its_token()
    {
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
        _room.Dispose();
        _group.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_group).Dispose();
        _rig.Dispose();
    }

    /// <summary>What the group's server checks of a request.</summary>
    private async Task Group(HttpContext context)
    {
        using MemoryStream bytes = new();
        await context.Request.Body.CopyToAsync(bytes);
        string at = context.Request.Query["timestamp"].ToString();
        string good = Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{at}\n{Secret}")));
        bool fresh = long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out long atMs)
            && Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - atMs) < 3_600_000;
        using JsonDocument json = JsonDocument.Parse(bytes.ToArray());
        string text = json.RootElement.GetProperty("text").GetProperty("content").GetString()!;
        if (!fresh || context.Request.Query["sign"] != good || context.Request.Query["access_token"] != "t0ken"
            || json.RootElement.GetProperty("msgtype").GetString() != "text")
        {
            _wrong.Enqueue(context.Request.QueryString.Value ?? "");
        }

        long runMs = _rig.Now.RunMs;
        if (_texts.Count(one => runMs - one.RunMs < 60_000) >= 20)
        {
            _wrong.Enqueue("too many");
        }

        _texts.Enqueue((text, runMs));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"errcode\":{_errorCode}}}"));
    }

    private long Delivered() => _rig.Store.HandOverTargets().Single().Delivered;

    private void Until(Func<bool> holds) => Patience.Until(
        () =>
        {
            _rig.NowMs += 250;
            _room.Work(_rig.Desk, _rig.Now);
            return holds();
        },
        () => string.Join(' ', _texts) + string.Join(' ', _told));

    private void Send(EventKind kind, int zone)
    {
        _rig.NowMs += 100;
        _gateway.UptimeMs += 100;
        _gateway.UtcMs += 100;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = lane == Lane.Fire ? ++_fire : ++_last;
        _rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind, r => r.Zone = zone)));
    }
}
