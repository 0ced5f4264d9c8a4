// Owns: `county run` as a service: the host around the county's threads, its start and its end in order.
// Must never: let a database or a broker that does not answer keep the process beyond its bound.

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Server;

/// <summary>Works in a terminal, as a systemd service and as a Windows service.</summary>
internal sealed class CountyHost : IDisposable
{
    // The event log of a Windows machine is for what somebody has to look at. Its provider is known by name alone on other systems.
    private const string WindowsLog = "Microsoft.Extensions.Logging.EventLog.EventLogLoggerProvider";

    private readonly Listeners _listeners;
    private readonly Worker _worker = new();
    private readonly IHost _host;

    public CountyHost(ILoggerProvider lines, Listeners listeners)
    {
        _listeners = listeners;
        IHostBuilder builder = new HostBuilder()
            .ConfigureLogging(logging => logging
                .ClearProviders()
                .AddProvider(lines)
                .AddFilter((provider, _, level) => level >= (provider == WindowsLog ? LogLevel.Warning : LogLevel.Information)))
            .ConfigureServices(services => services
                .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(ServerLimits.EndMs))
                .Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true))
            .UseSystemd()
            .UseWindowsService(options => options.ServiceName = "county");

        // What begins first ends last: health is told until the county has stored what waited.
        listeners.Into(builder);
        builder.ConfigureServices(services => services.AddHostedService(_ => _worker));
        _host = builder.Build();
        Log = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("county");
    }

    /// <summary>For the lines of the county's work.</summary>
    public ILogger Log { get; }

    /// <summary>Ends when the service begins to end: what would go on for ever has to end then.</summary>
    public CancellationToken Stopping => _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>How the work goes.</summary>
    public CountyHealth Health => _worker.Health;

    /// <summary>Runs the service until a signal, a service manager or a fault ends it; true when all that waited was stored.</summary>
    /// <exception cref="CommandException">A listener's address cannot be had.</exception>
    public Task<bool> Run(CountyService service, CancellationToken stop) => Run(service.Run, () => service.Health, stop);

    /// <summary>As the other, for work of any kind.</summary>
    /// <param name="work">Works until its token ends.</param>
    /// <param name="health">How it goes.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<bool> Run(Action<CancellationToken> work, Func<CountyHealth> health, CancellationToken stop)
    {
        _worker.Begin(work, health, _host.Services.GetRequiredService<IHostApplicationLifetime>());
        try
        {
            await _host.StartAsync(stop);
        }
        catch (Exception e) when (_listeners.Refusal(e) is not null)
        {
            throw _listeners.Refusal(e)!;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while it started; what was started is ended below.
        }

        await _host.WaitForShutdownAsync(stop);
        if (_worker.Fault is { } fault)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }

        return _worker.Ended;
    }

    public void Dispose() => _host.Dispose();

    /// <summary>The county's working thread.</summary>
    private sealed class Worker : IHostedService, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Action<CancellationToken>? _run;
        private Func<CountyHealth>? _health;
        private IHostApplicationLifetime? _lifetime;
        private Task _work = Task.CompletedTask;

        public CountyHealth Health => _health?.Invoke() ?? new CountyHealth(null, StoreWorks: true, 0, 0);

        public Exception? Fault { get; private set; }

        public bool Ended => _work.IsCompleted;

        public void Begin(Action<CancellationToken> run, Func<CountyHealth> health, IHostApplicationLifetime lifetime)
        {
            _run = run;
            _health = health;
            _lifetime = lifetime;
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await _stop.CancelAsync();
            await Task.WhenAny(_work, Task.Delay(ServerLimits.WorkEndMs, cancellationToken));
        }

        public void Dispose() => _stop.Dispose();

        private void Work()
        {
            try
            {
                _run!(_stop.Token);
            }
            catch (Exception e)
            {
                // A bug. The service manager starts the county again.
                Fault = e;
                _lifetime!.StopApplication();
            }
        }
    }
}
