// Owns: that an integrator's adapter takes a story of each class and its answers come back to the county.
// Must never: let the adapter know more of the county than its page says.

using System.Net;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.Example;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Gateway.County.Tests.HandOver;

public sealed class AdapterTests : IDisposable
{
    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly uint[] _last = new uint[Lanes.Count];
    private readonly string _folder = MemoryFolder.Create("adapter-");
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _printed = new();
    private readonly string _secret = WebhookSecret.Create();
    private readonly string _feedback = WebhookSecret.Create();
    private readonly Rig _rig;
    private readonly SqlStore _store;
    private readonly HandOverDoor _door;
    private readonly WebApplication _web;
    private readonly HandOverRoom _room;
    private readonly Adapter _adapter;
    private readonly Task _running;
    private readonly string _listen = $"http://127.0.0.1:{FreePort.Next()}/";

    public AdapterTests()
    {
        _rig = new Rig(_gateway);
        _store = SqlStore.Open(_rig.Address);
        _door = new HandOverDoor(
            new DoorSettings([WebhookSecret.Parse(_feedback)!], null), _store, (_, _) => { }, TimeProvider.System);
        int countyPort = FreePort.Next();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, countyPort));
        _web = builder.Build();
        _web.Run(new HandOverPages(_door).Serve);
        _web.StartAsync().GetAwaiter().GetResult();
        _adapter = new Adapter(
            new AdapterSettings(
                _listen, _secret, $"http://127.0.0.1:{countyPort}", _feedback, Path.Combine(AppContext.BaseDirectory, "map.csv"),
                Path.Combine(_folder, "seen.txt")),
            TextWriter.Synchronized(_printed));
        _running = _adapter.Run(_stop.Token);
        _room = new HandOverRoom(
            new PlatformReceiver(
                new HandOverSettings { Url = new Uri(_listen), Secrets = [WebhookSecret.Parse(_secret)!], Inside = true },
                new HandOverWords()),
            () => { },
            (_, _) => { });
        _rig.Desk.Rooms = [_room];
        _room.Work(_rig.Desk, _rig.Now);
    }

    [Fact]
    public void Story_of_each_class_ends_in_the_platform_s_list_and_comes_back_as_struck_off()
    {
        Send(EventKind.FireAlarm);
        Send(EventKind.Reset);
        string fire = _rig.Store.Cases(new CaseQuery()).Single().Id;
        Act(fire, CaseActKind.Judge, CaseJudgement.False, "油烟");
        Send(EventKind.CaseOpened, zone: 4);
        Send(EventKind.CaseClosed, zone: 4);
        Send(EventKind.DutyCheckMissed, zone: 0);
        Send(EventKind.DutyCheckAnswered, zone: 0);
        Case found = CaseDesk.Found(
            _rig.Store, new FoundDanger(_gateway.Registration, CaseGrade.Low, "电线老化", "李", EscalationLevel.County), _rig.NowMs);
        Act(found.Id, CaseActKind.Close);
        _rig.Send(_gateway.Heartbeat());
        for (int second = 0; second < 700; second++)
        {
            _rig.NowMs += 1_000;
            _rig.Desk.Tick(_rig.Now);
        }

        _rig.Send(_gateway.NextSession());
        _rig.Send(_gateway.Heartbeat());
        IReadOnlyList<Case> all = _rig.Store.Cases(new CaseQuery());
        Assert.Equal(5, all.Count);
        Assert.Equal(Enum.GetValues<CaseClass>(), all.Select(one => one.Class).Distinct().Order());
        string[] cases = [.. all.Select(one => one.Id)];
        Patience.Until(
            () =>
            {
                _rig.NowMs += 250;
                _room.Work(_rig.Desk, _rig.Now);
                return cases.All(one => Said(one).Contains("struck-off"));
            },
            () => $"{_printed}");
        Assert.All(cases, one => Assert.Equal(["accepted", "done", "struck-off"], Said(one)));
        Dictionary<string, JsonElement[]> forms = Forms().GroupBy(form => form.GetProperty("id").GetString()!)
            .ToDictionary(one => one.Key, one => one.ToArray());
        Assert.Equal(cases.Order(StringComparer.Ordinal), forms.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("火灾", forms[fire][0].GetProperty("secondCategoryId").GetString());
        Assert.Equal("消防隐患", forms[found.Id][0].GetProperty("secondCategoryId").GetString());
    }

    [Theory]
    [InlineData("not JSON", 422)]
    [InlineData("[]", 422)]
    [InlineData("{\"data\":{\"case\":\"1-2-0-3\"}}", 422)]
    [InlineData("{\"data\":{}}", 204)]
    public async Task What_it_cannot_read_is_refused_and_the_next_is_taken(string body, int status)
    {
        using HttpClient client = new();
        foreach ((string text, int answer) in ((string, int)[])[(body, status), ("{\"data\":{}}", 204)])
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
            string id = Guid.NewGuid().ToString("N");
            long nowS = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            using HttpRequestMessage request = new(HttpMethod.Post, _listen) { Content = new ByteArrayContent(bytes) };
            request.Headers.Add(WebhookSecret.IdHeader, id);
            request.Headers.Add(WebhookSecret.TimestampHeader, $"{nowS}");
            request.Headers.Add(WebhookSecret.SignatureHeader, WebhookSecret.Parse(_secret)!.Sign(id, nowS, bytes));
            using HttpResponseMessage said = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(answer, (int)said.StatusCode);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        Patience.Until(() => _running.IsCompleted);
        _room.Dispose();
        _adapter.Dispose();
        _web.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_web).Dispose();
        _door.Dispose();
        _store.Dispose();
        _rig.Dispose();
        _stop.Dispose();
        _printed.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<string> Said(string id) => [.. _rig.Store.Steps(id).Where(step => step.Kind == CaseStepKind.Platform)
        .Select(step => step.Words.Split(' ')[0])];

    private IEnumerable<JsonElement> Forms() => _printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }).ToArray();

    private void Act(string id, CaseActKind kind, CaseJudgement judgement = CaseJudgement.None, string cause = "")
    {
        _rig.NowMs += 1_000;
        CaseDesk.Act(
            _rig.Store, new CaseRequest { Case = id, Kind = kind, By = "王", Judgement = judgement, Cause = cause, Words = "已整改" },
            _rig.NowMs);
    }

    private void Send(EventKind kind, int zone = 3)
    {
        if (_last.All(last => last == 0))
        {
            _rig.Send(_gateway.Hello());
        }

        _rig.NowMs += 1_000;
        _gateway.UptimeMs += 1_000;
        _gateway.UtcMs += 1_000;
        Lane lane = EventKinds.LaneOf(kind);
        uint sequence = ++_last[(int)lane];
        _rig.Send(_gateway.Batch(lane, sequence - 1, _gateway.Record(lane, sequence, kind, r => r.Zone = zone)));
    }
}
