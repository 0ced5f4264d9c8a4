// Owns: what comes in and goes out beside the queue, as the county goes from one worker to another; and what a worker's counties share.
// Must never: have two workers listen on one address: they are two machines.

using System.Net;
using System.Net.Sockets;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Gateway.County.Sql;
using Gateway.County.Tests.HandOver;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.County.Tests;

public sealed partial class AmqpTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void Page_boxes_and_hand_over_go_with_the_county()
    {
        Register();
        using PlatformServer platform = new(Secret) { Answer = PlatformServer.With(StatusCodes.Status503ServiceUnavailable) };
        using MqttPeer station = new(EngineFixture.Station.At(engine.Server.MqttPort));
        (int page, int boxes) first = (FreePort.Next(), FreePort.Next()), second = (FreePort.Next(), FreePort.Next());
        using ChildProgram one = Worker(Doors(first));
        one.Await("接管 taken", WaitMs);
        using ChildProgram other = Worker(Doors(second));
        other.Await("工作进程启动", WaitMs);
        Assert.True(Eventually(() => (Page(first.page), Page(second.page)) == (200, 503)), $"{Page(first.page)} {Page(second.page)}");
        int people = FreePort.Next();
        using ChildProgram proxy = Proxy(people, first.page, second.page);
        Assert.True(Eventually(() => Answers(people) && Page(people) == 200), "the proxy does not find it");
        Assert.Equal(503, Page(first.page, "330727.duty.example"));
        Assert.Equal((true, false), (Answers(first.boxes), Answers(second.boxes)));

        // The platform does not take it; what waits is in the database.
        Publish(station, _gateway.Hello(), _gateway.Batch(Lane.Fire, 0, 1));
        Assert.True(Eventually(() => !platform.All.IsEmpty), "nothing is handed over");
        one.Kill();
        platform.Answer = PlatformServer.With(StatusCodes.Status200OK);
        other.Await("接管 taken", WaitMs);
        Assert.True(Eventually(() => Page(second.page) == 200), $"page {Page(second.page)}");
        Assert.True(Eventually(() => Page(people) == 200), "the proxy does not find it at the other");
        Assert.True(Eventually(() => Answers(second.boxes)), "the boxes' door is closed");
        Assert.True(Eventually(() => !platform.Taken.IsEmpty && Waiting() == 0), "the hand-over does not go on");
        Assert.Equal(platform.All.First().Id, platform.Taken.First().Id);
        Assert.Equal(platform.Taken.Select(came => came.Id).Distinct(), platform.Taken.Select(came => came.Id));
        Assert.Empty(platform.Wrong);

        // In good order too: who ends closes its doors.
        using ChildProgram again = Worker(Doors(first));
        again.Await("工作进程启动", WaitMs);
        Assert.Equal(0, other.Stop());
        again.Await("接管 taken", WaitMs);
        Assert.True(Eventually(() => Page(first.page) == 200 && Answers(first.boxes)), "it did not go back");

        string[] Doors((int Page, int Boxes) at) =>
        [
            "--page", $"127.0.0.1:{at.Page}", "--page-proxy", "http://{county}.duty.example",
            "--gb26875", $"{FakeGateway.County}=127.0.0.1:{at.Boxes}", "--handover-url", $"{platform.Url}",
            "--handover-secret", In("secret", Secret), "--handover-plain", "--handover-inside",
        ];

        int Waiting()
        {
            using SqlStore look = SqlStore.Open(_database);
            return look.HandOverRows(HandOverSettings.Platform, HandOverState.Waiting, 100).Count;
        }
    }

    [Theory]
    [InlineData(true, "--page-proxy: ''; allowed: with --engine an origin with {county}", "--page", "127.0.0.1:8080")]
    [InlineData(
        true, "--page-proxy: 'https://duty.example'; allowed: with --engine", "--page", "127.0.0.1:8080", "--page-proxy",
        "https://duty.example")]
    [InlineData(
        false, "--page-proxy: 'https://{county}.duty.example'; allowed: with --engine", "--page", "127.0.0.1:8080", "--page-proxy",
        "https://{county}.duty.example")]
    [InlineData(true, "--gb26875: '127.0.0.1:5200'; allowed: CODE=ADDRESS:PORT", "--gb26875", "127.0.0.1:5200")]
    [InlineData(true, "--gb26875: '330727=127.0.0.1:5200'; allowed: CODE=ADDRESS:PORT", "--gb26875", "330727=127.0.0.1:5200")]
    [InlineData(
        true, "--gb26875: '330726=127.0.0.1:5201'; allowed: CODE=ADDRESS:PORT", "--gb26875", "330726=127.0.0.1:5200", "--gb26875",
        "330726=127.0.0.1:5201")]
    [InlineData(false, "--gb26875: '330726=127.0.0.1:5200'; allowed: an IP", "--gb26875", "330726=127.0.0.1:5200")]
    [InlineData(true, "--handover-listen: together with --engine; allowed: ", "--handover-listen", "127.0.0.1:9181")]
    public async Task Doors_that_do_not_fit_are_refused(bool worker, string says, params string[] besides)
    {
        string[] first = worker
            ? ["run", "--engine", "amqp://worker@127.0.0.1:1", "--county", FakeGateway.County, "--db", "postgres://nobody@127.0.0.1:1/none"]
            : ["run", "--db", Path.Combine(_folder, "county.db")];
        using StringWriter refused = new();
        Assert.NotEqual(0, await CommandLine.Run([.. first, .. besides], refused));
        Assert.Contains(says, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Counties_of_one_process_remember_what_they_showed_each_for_itself()
    {
        List<LiveList> lists = [];
        EngineParts parts = new(
            (_, list) =>
            {
                lists.Add(list);
                return new CountyOptions();
            },
            (_, list) =>
            {
                lists.Add(list);
                return [];
            },
            (_, _, list) =>
            {
                lists.Add(list);
                return null;
            },
            new PageOptions(), null);
        using SqlStore store = SqlStore.Open(_database);
        foreach (string county in (string[])["330726", "330727"])
        {
            using EngineWork work = EngineWorker.Begin(county, store, new MemoryBroker(), parts, null, NullLogger.Instance);
        }

        Assert.Equal(6, lists.Count);
        Assert.Equal(2, lists.Distinct().Count());
    }

    /// <summary>haproxy as deploy's page has it, but for addresses and TLS.</summary>
    private ChildProgram Proxy(int port, params int[] workers)
    {
        (int code, string printed, string error) = ChildProgram.Shell($"'{Repository.Path("deploy", "pages.sh")}' {FakeGateway.County}");
        Assert.Equal((0, ""), (code, error));
        string text = printed.Replace("bind :443 ssl crt /etc/haproxy/duty.pem", $"bind 127.0.0.1:{port}", StringComparison.Ordinal);
        for (int i = 0; i < workers.Length; i++)
        {
            text = text.Replace($"engine{i + 1}:8080", $"127.0.0.1:{workers[i]}", StringComparison.Ordinal);
        }

        text = string.Join('\n', text.Split('\n').Where(line => !line.Contains(":8080", StringComparison.Ordinal)));
        string head = "defaults\n  timeout connect 5s\n  timeout client 1m\n  timeout server 1m\n";
        return ChildProgram.Heeding(["haproxy", "-db", "-f", In("haproxy.cfg", $"{head}{text}")]);
    }

    private static int Page(int port, string host = FakeGateway.County + ".duty.example")
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromMilliseconds(WaitMs) };
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{port}/sign-in");
        request.Headers.Host = host;
        using HttpResponseMessage response = client.Send(request, Stop);
        return (int)response.StatusCode;
    }

    private static bool Answers(int port)
    {
        using TcpClient client = new();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
