// Owns: the duty page by the program: its options and what they refuse, users by the command line, a page by TLS.
// Must never: leave an option without its refusal.

using System.Diagnostics;
using System.Runtime.Versioning;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class DutyProgramTests : ProgramRig
{
    private string Db => $"--db={In("county.db")}";

    [Theory]
    [InlineData("--page: 'x'; allowed: an IP address", "--page=x")]
    [InlineData("--page: '127.0.0.1:0'; allowed: an IP address", "--page=127.0.0.1:0")]
    [InlineData("--page: '0.0.0.0:8080' in the clear; allowed: an address of this machine alone", "--page=0.0.0.0:8080")]
    [InlineData("only 'a.pem'; allowed: both or neither", "--page=127.0.0.1:8080", "--page-cert=a.pem")]
    [InlineData("'a.pem' without --page; allowed: with --page alone", "--page-cert=a.pem", "--page-key=b.pem")]
    [InlineData("--page-required: without --page; allowed: with --page alone", "--page-required")]
    [InlineData("--sound-command: '/none/aplay' is no program here; allowed: ", "--sound-command=/none/aplay x.wav")]
    [InlineData("--sound-command: '/' is no program here; allowed: ", "--sound-command=/")]
    [InlineData("--sound-command: ' '; allowed: a program and its arguments", "--sound-command= ")]
    [InlineData("--page-proxy: 'duty.example'; allowed: the origin", "--page=127.0.0.1:8080", "--page-proxy=duty.example")]
    [InlineData("--page-proxy: 'https://a.b/x'; allowed: the origin", "--page=127.0.0.1:8080", "--page-proxy=https://a.b/x")]
    public async Task Page_that_cannot_be_served_so_is_refused(string says, params string[] options)
    {
        (int code, string error) = await Told(["run", "--listen=127.0.0.1:0", Db, .. options]);
        Assert.Equal(2, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_is_added_listed_given_another_password_and_removed()
    {
        Register();
        File.WriteAllText(In("short"), "short\n");
        File.WriteAllText(In("good"), "long enough to be good\n");
        string[] add = ["user", "add", "--name=wang", "--person=王芳", "--role=county", Db];
        Assert.Contains(
            "--password-file: password: 5 characters; allowed: 10..128",
            (await Told([.. add, $"--password-file={In("short")}"])).Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), await Told([.. add, $"--password-file={In("good")}"]));
        Assert.Contains("--name: 'wang' is there already", (await Told([.. add, $"--out={In("other")}"])).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("other")));
        Assert.Equal((0, ""), await Told("user", "reset", "--name=wang", $"--out={In("made")}", Db));
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            Assert.True(Duty.Passwords.Fits(store.User("wang")!, File.ReadAllText(In("made")).Trim()));
        }

        Assert.Equal((0, "wang\t王芳\t县值班\t\t"), Listed());
        Assert.Equal((0, ""), await Told("user", "remove", "--name=wang", Db));
        Assert.Contains("is no user; allowed: ", (await Told("user", "remove", "--name=wang", Db)).Error, StringComparison.Ordinal);
        Assert.Contains("is no user; allowed: ", (await Told("user", "reset", "--name=wang", $"--out={In("none")}", Db)).Error,
            StringComparison.Ordinal);
        Assert.False(File.Exists(In("none")));

        (int, string) Listed()
        {
            (int code, string output, _) = Run("user", "list");
            string line = output.Split('\n').Single(one => one.Contains("wang", StringComparison.Ordinal));
            return (code, line[..line.LastIndexOf('\t')] + "\t");
        }
    }

    [Theory]
    [InlineData("--name: 'a b'; allowed: ", "--name=a b", "--person=甲", "--role=county")]
    [InlineData("; allowed: 1..60 characters that are seen", "--name=a", "--person=甲\u202e", "--role=county")]
    [InlineData("--role: 'x'; allowed: county, township, engineer, reader", "--name=a", "--person=甲", "--role=x")]
    [InlineData("--township: missing; allowed: ", "--name=a", "--person=甲", "--role=township")]
    [InlineData("--township: '1' with role engineer; allowed: ", "--name=a", "--person=甲", "--role=engineer", "--township=1")]
    [InlineData("--township: '+'; allowed: ", "--name=a", "--person=甲", "--role=reader", "--township=+")]
    public async Task User_that_cannot_be_is_refused(string says, params string[] options)
    {
        (int code, string error) = await Told(["user", "add", Db, .. options]);
        Assert.Equal(2, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task County_serves_its_page_by_TLS_and_ends_in_order_while_a_page_is_open()
    {
        Register();
        using TestCertificates certificates = new();
        File.WriteAllText(In("password"), DutyRig.Password + "\n");
        Assert.Equal((0, ""), await Told(
            "user", "add", "--name=wang", "--person=王芳", "--role=county", $"--password-file={In("password")}", Db));
        int port = FreePort.Next();
        File.WriteAllText(
            In("county.json"),
            $$"""
            {
              "listen": "127.0.0.1:0", "page": "127.0.0.1:{{port}}", "pageCert": "{{certificates.ServerCert}}",
              "pageKey": "{{certificates.ServerKey}}", "db": "{{In("county.db")}}"
            }
            """);
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "county.dll"), "run", "--config", In("county.json")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        using HttpClient client = new(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
        using HttpResponseMessage signedIn = await SignIn(client, port);
        Assert.Equal(303, (int)signedIn.StatusCode);
        client.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using HttpResponseMessage desk = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)desk.StatusCode);
        Assert.Contains("max-age=", desk.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        using HttpResponseMessage stream = await client.GetAsync(
            new Uri("/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Signals.Send(process.Id, Signals.Terminate);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        string said = await output;
        Assert.Contains($"值班页 duty page https://127.0.0.1:{port}/", said, StringComparison.Ordinal);
        Assert.EndsWith("接收端结束\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_command_of_the_settings_is_run_for_a_fire_and_its_failure_is_a_line()
    {
        FakeGateway gateway = new(330701) { UtcMs = 1_780_000_000_000 };
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            Assert.True(store.AddStation(gateway.Registration));
            CountyDesk desk = new(store, new Recorder(), new CountyOptions());
            Instant now = new(gateway.UtcMs, 0);
            foreach (Sent sent in (Sent[])[gateway.Hello(), gateway.Batch(
                Contract.Lane.Fire, 0, gateway.Record(Contract.Lane.Fire, 1, Contract.EventKind.FireAlarm))])
            {
                desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
            }
        }

        // The first run makes the folder, the next one finds it there and fails.
        string made = In("heard it");
        File.WriteAllText(
            In("county.json"),
            $$"""
            {
              "listen": "127.0.0.1:0", "soundCommand": "/bin/mkdir \"{{made}}\"", "soundEvery": 1, "db": "{{In("county.db")}}"
            }
            """);
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "county.dll"), "run", "--config", In("county.json")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        string said = "";
        while (!said.Contains("声响命令失败 sound command '/bin/mkdir': exit code 1 ", StringComparison.Ordinal))
        {
            said += await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(said);
        }

        Assert.True(Directory.Exists(made));
        Signals.Send(process.Id, Signals.Terminate);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<HttpResponseMessage> SignIn(HttpClient client, int port)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Post, "/sign-in")
                {
                    Content = new FormUrlEncodedContent(new Dictionary<string, string>
                    {
                        ["name"] = "wang", ["password"] = DutyRig.Password,
                    }),
                };
                request.Headers.Add("Origin", $"https://127.0.0.1:{port}");
                return await client.SendAsync(request, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException) when (time.Elapsed.TotalSeconds < 120)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}
