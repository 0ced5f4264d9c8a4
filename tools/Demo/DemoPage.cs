// Owns: the demonstration's duty page on a free port of this machine, and a user for as long as the demonstration lasts.
// Must never: listen beyond loopback, leave its user behind, or take the terminal's signals, which are the demonstration's.

using System.Net;
using Gateway.County;
using Gateway.County.Duty;
using Gateway.County.Server;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Demo;

/// <summary>Serves from its construction on.</summary>
internal sealed class DemoPage : IDisposable
{
    public const string User = "demo";

    private readonly string _database;
    private readonly LoggerFactory _log = new();
    private readonly DutyRoom _room;
    private readonly IHost _host;

    public DemoPage(string database)
    {
        _database = database;
        Password = BrokerPassword.Create();
        using (SqlStore store = SqlStore.Open(database))
        {
            store.RemoveUser(User);
            store.AddUser(new DutyUser
            {
                Name = User,
                Person = "演示 demo",
                Role = DutyRole.County,
                Township = "",
                PasswordHash = Passwords.Hash(User, Password),
                AddedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            });
        }

        _room = new DutyRoom(
            database, new DutySite(null), _log, () => _host!.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        Listeners listeners = new();
        listeners.Add("page", "page", new IPEndPoint(IPAddress.Loopback, 0), _room.Serve);
        IHostBuilder builder = new HostBuilder().ConfigureLogging(logging => logging.ClearProviders());
        listeners.Into(builder);
        builder.ConfigureServices(services => services.AddSingleton<IHostLifetime, NoLifetime>());
        _host = builder.Build();
        _host.Start();
        _room.Start();
        Origin = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <summary>Where a browser finds it.</summary>
    public string Origin { get; }

    /// <summary>Made for this demonstration; it ends with it.</summary>
    public string Password { get; }

    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        _room.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _log.Dispose();
        using SqlStore store = SqlStore.Open(_database);
        store.RemoveUser(User);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
