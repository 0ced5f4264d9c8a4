// Owns: what of the network, the receiver, the store and the clocks may go wrong, one by one, and that nothing is lost by it.
// Must never: let a message change under its name, or count what came twice as an error.

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.Contract;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;

namespace Gateway.County.Tests.HandOver;

public sealed class HandOverFaultTests() : HandOverRoomRig(null)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("between commit and send")]
    [InlineData("during send")]
    [InlineData("between answer and mark")]
    public void Killed_county_sends_again_under_the_same_name(string when)
    {
        using Rig rig = NewRig(Box);
        using ManualResetEventSlim over = new();
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        if (when == "during send")
        {
            Platform.Answer = (_, _) => Task.Run(over.Wait, Stop);
        }

        if (when != "between commit and send")
        {
            Room!.Work(rig.Desk, rig.Now);
            Patience.Until(() => (when == "during send" ? Platform.All : Platform.Taken).Count == 1);
        }

        Room!.Dispose();
        rig.Restart();
        over.Set();
        Assert.Equal(0, Assert.Single(Rows(rig, HandOverState.Waiting)).Tries);
        Platform.Answer = PlatformServer.With(200);
        Begin(rig);
        Until(rig, () => Rows(rig, HandOverState.Delivered).Count == 1);
        Assert.Equal(when == "between commit and send" ? 1 : 2, Platform.All.Count);
        Assert.Single(Platform.All.DistinctBy(one => (one.Id, one.Body)));
    }

    [Fact]
    public void Receiver_that_stores_and_then_fails_gets_the_same_bytes_under_the_same_name()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = (_, response) =>
        {
            response.StatusCode = Platform.All.Count == 1 ? 500 : 204;
            return Task.CompletedTask;
        };
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Rows(rig, HandOverState.Delivered).Count == 1);
        Assert.Equal(2, Platform.All.Count);
        Assert.Single(Platform.All.DistinctBy(one => (one.Id, one.Body)));
    }

    [Fact]
    public void No_redirect_is_followed()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = (_, response) =>
        {
            response.StatusCode = 307;
            response.Headers.Location = new Uri(Platform.Url, "/elsewhere").ToString();
            return Task.CompletedTask;
        };
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Platform.All.Count >= 3);
        Assert.Empty(Platform.Wrong);
        Assert.Single(Rows(rig, HandOverState.Waiting));
    }

    [Fact]
    public void Gone_that_is_said_of_one_message_turns_nothing_off()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(410);
        Send(rig, EventKind.CaseOpened);
        Until(rig, () => Rows(rig, HandOverState.Refused).Count == 1);
        Assert.Contains(Told, line => line is { Good: false } && line.Line.Contains("HTTP 410", StringComparison.Ordinal));
        Platform.Answer = PlatformServer.With(200);
        Send(rig, EventKind.FireAlarm);
        Send(rig, EventKind.CaseOpened, zone: 7);
        Until(rig, () => Platform.Taken.Count == 2);
    }

    [Theory]
    [InlineData("another authority")]
    [InlineData("ended")]
    [InlineData("not begun")]
    [InlineData("another name")]
    public void Receiver_with_a_wrong_certificate_is_told_nothing(string what)
    {
        using TestCertificates files = new();
        (string certificate, string key, string authority) = what switch
        {
            "ended" => (files.ExpiredCert, files.ExpiredKey, files.Ca),
            "not begun" => (files.FutureCert, files.FutureKey, files.Ca),
            "another name" => (files.WrongNameCert, files.WrongNameKey, files.Ca),
            _ => (files.ServerCert, files.ServerKey, files.OtherCa),
        };
        using Rig rig = NewRig(Box);
        using (PlatformServer wrong = new(Secret, certificate: X509Certificate2.CreateFromPemFile(certificate, key)))
        {
            Begin(rig, url: wrong.Url, authorities: [X509CertificateLoader.LoadCertificateFromFile(authority)]);
            Send(rig, EventKind.FireAlarm);
            Until(rig, () => Rows(rig, HandOverState.Waiting) is [{ Tries: > 0 }]);
            Assert.Contains(
                "certificate", rig.Store.HandOverTargets().Single().FailedWords, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(wrong.All);
            Assert.Empty(wrong.Wrong);
        }

        using PlatformServer right = new(Secret, certificate: X509Certificate2.CreateFromPemFile(files.ServerCert, files.ServerKey));
        Begin(rig, url: right.Url, authorities: [X509CertificateLoader.LoadCertificateFromFile(files.Ca)]);
        Until(rig, () => right.Taken.Count == 1);
    }

    [Fact]
    public void Name_that_does_not_resolve_keeps_the_fire_waiting_and_is_said()
    {
        using Rig rig = NewRig(Box);
        Begin(rig, url: new Uri("https://platform.invalid/hook"));
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Rows(rig, HandOverState.Waiting) is [{ Tries: > 0, LastWords.Length: > 0 }]);
        Until(rig, () => Told.Any(line => line is { Good: false } && line.Line.Contains("请电话报告", StringComparison.Ordinal)));
        Begin(rig);
        Until(rig, () => Platform.Taken.Count == 1);
    }

    [Fact]
    public void Clock_that_is_set_back_or_ahead_holds_nothing_up()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Platform.Answer = PlatformServer.With(503);
        foreach (long stepMs in (long[])[-86_400_000, 30 * 86_400_000L, -30 * 86_400_000L])
        {
            int tries = Platform.All.Count;
            Send(rig, EventKind.FireAlarm, zone: 3 + tries);
            rig.StepClock(stepMs);
            Until(rig, () => Platform.All.Count >= tries + 2);
        }

        Platform.Answer = PlatformServer.With(200);
        Until(rig, () => Rows(rig, HandOverState.Waiting).Count == 0);
        Assert.Equal(["alarm.raised", "alarm.more", "alarm.more"], Platform.Taken.Select(one => one.Type));
    }

    [Fact]
    public void Database_that_is_full_loses_no_fire_and_no_delivery()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        FailingStore failing = new(rig.Store);
        CountyDesk desk = new(failing, new Recorder(), new CountyOptions()) { Rooms = [Room!] };
        Sent[] messages = [Box.Hello(), Box.Batch(Lane.Fire, 0, Box.Record(Lane.Fire, 1, EventKind.FireAlarm))];
        IReadOnlyList<Outgoing> Commit() => desk.Commit([.. messages.Select(one => desk.Open(one.Topic, one.Payload, rig.Now)!)], rig.Now);

        // What is not committed is neither acknowledged nor sent.
        failing.FailCommits = 1;
        Assert.Throws<IOException>(Commit);
        Room!.Work(rig.Desk, rig.Now);
        Assert.Empty(Rows(rig, HandOverState.Waiting));
        messages = [Box.NextSession(), Box.Batch(Lane.Fire, 0, Box.Record(Lane.Fire, 1, EventKind.FireAlarm))];
        Commit();
        Room!.Work(rig.Desk, rig.Now);
        Patience.Until(() => Platform.Taken.Count == 1);

        // An answer that cannot be written is kept until it can be.
        failing.FailCommits = 20;
        Patience.Until(() =>
        {
            rig.NowMs += 250;
            try
            {
                Room!.Work(desk, rig.Now);
            }
            catch (IOException)
            {
                // As the county's working thread does: said, and tried again.
            }

            return Rows(rig, HandOverState.Delivered).Count == 1;
        });
        Assert.Equal(0, failing.FailCommits);
        Assert.Single(Platform.All);
    }

    [Fact]
    public async Task Feedback_that_a_full_database_did_not_keep_is_not_confirmed_and_counts_when_it_comes_again()
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        FailingStore failing = new(rig.Store) { Failure = new SqliteException("database or disk is full", 13) };
        WebhookSecret secret = WebhookSecret.Parse(Secret)!;
        using HandOverDoor door = new(new DoorSettings([secret], null), failing, (_, _) => { }, TimeProvider.System);
        DoorRequest request = Feedback(secret, """{"state":"accepted"}"""u8.ToArray());
        failing.FailCommits = 1;
        Assert.Equal(503, (await door.Answer(request, Stop)).Status);
        Assert.DoesNotContain(rig.Store.Steps("330701-77-0-1"), step => step.Kind == CaseStepKind.Platform);
        Assert.Equal(200, (await door.Answer(request, Stop)).Status);
        Assert.Equal(200, (await door.Answer(request, Stop)).Status);
        Assert.Single(rig.Store.Steps("330701-77-0-1"), step => step.Kind == CaseStepKind.Platform);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Feedback_of_a_megabyte_is_refused_and_the_next_is_taken(bool chunked)
    {
        using Rig rig = NewRig(Box);
        Begin(rig);
        Send(rig, EventKind.FireAlarm);
        WebhookSecret secret = WebhookSecret.Parse(Secret)!;
        using SqlStore store = SqlStore.Open(rig.Address);
        using HandOverDoor door = new(new DoorSettings([secret], null), store, (_, _) => { }, TimeProvider.System);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        int port = FreePort.Next();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using WebApplication web = builder.Build();
        web.Run(new HandOverPages(door).Serve);
        await web.StartAsync(Stop);
        using HttpClient client = new();
        byte[] huge = Encoding.UTF8.GetBytes($$"""{"state":"accepted","words":"{{new string('x', 1 << 20)}}"}""");
        foreach ((byte[] body, int status) in ((byte[], int)[])[(huge, 413), ("""{"state":"accepted"}"""u8.ToArray(), 200)])
        {
            DoorRequest asked = Feedback(secret, body);
            using HttpRequestMessage request = new(HttpMethod.Post, $"http://127.0.0.1:{port}{asked.Path}")
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            request.Headers.TransferEncodingChunked = chunked;
            foreach (string header in (string[])[WebhookSecret.IdHeader, WebhookSecret.TimestampHeader, WebhookSecret.SignatureHeader])
            {
                request.Headers.Add(header, asked.Header(header));
            }

            using HttpResponseMessage answer = await client.SendAsync(request, Stop);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Single(rig.Store.Steps("330701-77-0-1"), step => step.Kind == CaseStepKind.Platform);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Drills_are_told_as_drills_where_the_county_says_so(bool told)
    {
        using Rig rig = NewRig(Box);
        Begin(rig, drills: told);
        Send(rig, EventKind.DrillBegan);
        Send(rig, EventKind.DrillEnded);
        Send(rig, EventKind.FireAlarm);
        Until(rig, () => Rows(rig, HandOverState.Waiting).Count == 0 && Platform.Taken.Any(one => one.Type == "alarm.raised"));
        Came[] drills = [.. Platform.Taken.Where(one => one.Type != "alarm.raised")];
        Assert.Equal(told ? ["drill.began", "drill.ended"] : [], drills.Select(one => one.Type));
        Assert.All(drills, one => SchemaTests.AssertGood(one.Body));
        Assert.All(drills, one => Assert.Contains("\"drill\":true", one.Body, StringComparison.Ordinal));
    }

    private static DoorRequest Feedback(WebhookSecret secret, byte[] body)
    {
        long nowS = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string id = $"m-{Guid.NewGuid():N}";
        return new DoorRequest("POST", "/handover/v1/cases/330701-77-0-1/status", _ => null, name => name switch
        {
            WebhookSecret.IdHeader => id,
            WebhookSecret.TimestampHeader => $"{nowS}",
            WebhookSecret.SignatureHeader => secret.Sign(id, nowS, body),
            _ => "",
        }, body);
    }
}
