// Owns: `county run` as a service: health, metrics, its listeners, and an end in order and in time.
// Must never: need a broker.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Versioning;
using Gateway.County.Server;
using Gateway.County.Sql;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class ServiceHostTests : IDisposable
{
    // Far above our own bounds, as a slow machine takes its time besides; who waits for what never comes is beyond any.
    private const int EndMs = 120_000;

    private static readonly HttpClient s_client = new() { Timeout = TimeSpan.FromSeconds(120) };

    private readonly string _folder = MemoryFolder.Create("county-host-");

    [Fact]
    public async Task Service_takes_its_settings_tells_its_health_and_ends_in_order()
    {
        int port = FreePort.Next();
        File.WriteAllText(
            Path.Combine(_folder, "county.json"),
            $$"""{ "broker": ["127.0.0.1:1"], "opsListen": "127.0.0.1:{{port}}", "db": "county.db" }""");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "county.dll"), "run", "--config", "county.json"])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal((200, "ok\n"), await Get(port, "/health/live"));
        Assert.Equal((503, "broker: none of 1 connected\n"), await Get(port, "/health/ready"));
        Assert.Equal(404, (await Get(port, "/")).Code);
        (int code, string metrics) = await Get(port, "/metrics");
        Assert.Equal(200, code);
        Assert.Contains("\ngateway_county_brokers_connected 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("# TYPE gateway_county_stored_total counter\n", metrics, StringComparison.Ordinal);

        Signals.Send(process.Id, Signals.Terminate);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(
            TimeSpan.FromMilliseconds(EndMs), TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.EndsWith("接收端结束\n", await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_hangs_does_not_keep_the_service_beyond_its_bound()
    {
        IEventStore store = DispatchProxy.Create<IEventStore, Frozen>();
        ((Frozen)store).Works = true;
        using ConsoleLines lines = new();
        using CountyHost host = new(lines, new Listeners());
        CountyService service = new(new MemoryBroker(), store, new LiveList(host.Log), new CountyOptions());
        ((Frozen)store).Works = false;
        using CancellationTokenSource stop = new();
        Task<bool> run = host.Run(service, stop.Token);
        Patience.Until(() => host.Health.SinceTurn is { TotalMilliseconds: > 0 }, "the working thread is in its turn");
        await stop.CancelAsync();
        Assert.False(await run.WaitAsync(TimeSpan.FromMilliseconds(EndMs), TestContext.Current.CancellationToken));
        Assert.InRange(ServerLimits.WorkEndMs, 0, ServerLimits.EndMs);
        Assert.InRange(ServerLimits.EndMs, 0, 5_000);
        Assert.False(host.Health is { SinceTurn: null });
    }

    [Fact]
    public async Task Listeners_share_one_server_and_each_serves_its_own()
    {
        Listeners listeners = new();
        (int first, int second) = (FreePort.Next(), FreePort.Next());
        listeners.Add("one", "--one", new IPEndPoint(IPAddress.Loopback, first), c => Answer(c, "1"));
        listeners.Add("two", "--two", new IPEndPoint(IPAddress.Loopback, second), c => Answer(c, "2"));
        using ConsoleLines lines = new();
        using CountyHost host = new(lines, listeners);
        using CancellationTokenSource stop = new();
        Task<bool> run = host.Run(Idle(), stop.Token);
        Assert.Equal((200, "1"), await Get(first, "/"));
        Assert.Equal((200, "2"), await Get(second, "/"));
        await stop.CancelAsync();
        Assert.True(await run);

        static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, string text) =>
            context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text)).AsTask();
    }

    [Fact]
    public async Task Port_in_use_is_refused_with_who_has_it()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        IPEndPoint taken = (IPEndPoint)other.LocalEndpoint;
        Listeners listeners = new();
        listeners.Add("ops", "--ops-listen", taken, _ => Task.CompletedTask);
        using ConsoleLines lines = new();
        using CountyHost host = new(lines, listeners);
        CommandException refusal = await Assert.ThrowsAsync<CommandException>(() => host.Run(Idle(), CancellationToken.None));
        string says = $"--ops-listen: {taken}: 端口已被占用 port in use (process {Environment.ProcessId} ";
        Assert.StartsWith(says, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("; allowed: a free port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Readiness_names_what_keeps_the_county_from_receiving()
    {
        TimeSpan now = TimeSpan.Zero;
        Assert.Null(OpsPages.Ready(new CountyHealth(now, StoreWorks: true, 1, 2)));
        Assert.Contains("not started", OpsPages.Ready(new CountyHealth(null, StoreWorks: true, 1, 1)), StringComparison.Ordinal);
        CountyHealth slow = new(TimeSpan.FromSeconds(31), StoreWorks: true, 1, 1);
        Assert.Contains("store: no answer for 31 s", OpsPages.Ready(slow), StringComparison.Ordinal);
        Assert.Contains("failed", OpsPages.Ready(new CountyHealth(now, StoreWorks: false, 1, 1)), StringComparison.Ordinal);
        Assert.Contains("none of 2", OpsPages.Ready(new CountyHealth(now, StoreWorks: true, 0, 2)), StringComparison.Ordinal);
        Assert.Null(OpsPages.Live(new CountyHealth(TimeSpan.FromSeconds(31), StoreWorks: false, 0, 1)));
        Assert.NotNull(OpsPages.Live(new CountyHealth(TimeSpan.FromSeconds(91), StoreWorks: true, 1, 1)));
    }

    [Fact]
    public void Metrics_hand_on_everything_that_an_observer_is_told()
    {
        InterfaceMapping map = typeof(CountyMetrics).GetInterfaceMap(typeof(ICountyObserver));
        Assert.All(map.TargetMethods, method => Assert.Equal(typeof(CountyMetrics), method.DeclaringType));
        using MetricsText text = new();
        CountyMetrics metrics = new(new Recorder());
        StationRegistration station = new FakeGateway(330701).Registration;
        metrics.PresenceChanged(station, PresenceChange.Silent);
        metrics.PresenceChanged(station, PresenceChange.Silent);
        Assert.Matches("gateway_county_presence_changes_total\\{to=\"Silent\"\\} [0-9]+\n", text.Write());
    }

    [Theory]
    [InlineData(LogLevel.Critical, 2)]
    [InlineData(LogLevel.Error, 3)]
    [InlineData(LogLevel.Warning, 4)]
    [InlineData(LogLevel.Information, 6)]
    public void Journal_is_told_how_grave_a_line_is(LogLevel level, int priority) => Assert.Equal(priority, ConsoleLines.Priority(level));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CountyService Idle() =>
        new(new MemoryBroker(), SqlStore.Open(Path.Combine(_folder, "idle.db")), new Recorder(), new CountyOptions());

    /// <summary>Asks until the service listens.</summary>
    private static async Task<(int Code, string Text)> Get(int port, string path)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await s_client.GetAsync(
                    new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);
                return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
            catch (HttpRequestException) when (time.Elapsed.TotalSeconds < 120)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>A store that answers at first and then never again.</summary>
    public class Frozen : DispatchProxy
    {
        public bool Works { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (!Works)
            {
                Thread.Sleep(Timeout.Infinite);
            }

            Type type = targetMethod!.ReturnType;
            return type == typeof(long) ? 0L : type.IsGenericType ? Array.CreateInstance(type.GenericTypeArguments[0], 0) : null;
        }
    }
}
