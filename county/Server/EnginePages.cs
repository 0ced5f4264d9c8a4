// Owns: the duty pages of the counties that a worker has: which county a request is for, and that a page begins and ends with the work.
// Must never: show a county's page where another worker has the county, or end one under a request that it is answering.

using System.Collections.Concurrent;
using System.Diagnostics;
using Gateway.County.Duty;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Server;

/// <summary>One listener for all counties; each has a host name of its own, by which the proxy asks for it.</summary>
/// <param name="origin">By which people reach a county's page.</param>
/// <param name="log">For what goes wrong.</param>
/// <param name="stopping">Ends streams when the host does.</param>
internal sealed class EnginePages(Func<string, string> origin, ILoggerFactory log, Func<CancellationToken> stopping)
{
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A county was taken. Its page is served from <see cref="Place.Begin"/> on.</summary>
    /// <param name="county">Its code.</param>
    /// <param name="database">Its tables.</param>
    public Place Open(string county, string database) => new(this, county, database);

    /// <summary>503 says to the proxy that the page is at another worker.</summary>
    public async Task Serve(HttpContext context)
    {
        if (!_places.TryGetValue(context.Request.Host.Value ?? "", out Place? place) || !place.Enter())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("本县由另一工作进程接收，请稍候 another worker has this county\n", context.RequestAborted);
            return;
        }

        try
        {
            await place.Room.Serve(context);
        }
        finally
        {
            place.Exit();
        }
    }

    /// <summary>The page of a county for as long as it is worked at.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly EnginePages _pages;
        private readonly string _host;
        private readonly CancellationTokenSource _over;
        private int _answering;
        private int _closed;

        public Place(EnginePages pages, string county, string database)
        {
            _pages = pages;
            string own = pages.Origin(county);
            _host = new Uri(own).Authority;
            _over = CancellationTokenSource.CreateLinkedTokenSource(pages.Stopping);
            Room = new DutyRoom(database, new DutySite(own), pages.Log, () => _over.Token);
        }

        public DutyRoom Room { get; }

        public void Begin(LiveList list)
        {
            PageOptions.Tell(Room, Room.Site.Proxy!, list);
            Room.Start();
            _pages._places[_host] = this;
        }

        public bool Enter()
        {
            Interlocked.Increment(ref _answering);
            if (Volatile.Read(ref _closed) == 0)
            {
                return true;
            }

            Exit();
            return false;
        }

        public void Exit() => Interlocked.Decrement(ref _answering);

        /// <summary>Ends the streams at once, and waits a moment for what is being answered.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) != 0)
            {
                return;
            }

            _pages._places.TryRemove(new KeyValuePair<string, Place>(_host, this));
            _over.Cancel();
            long began = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(
                () => Volatile.Read(ref _answering) == 0
                    || Stopwatch.GetElapsedTime(began).TotalMilliseconds > ServerLimits.PageEndMs);
            Room.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private CancellationToken Stopping => stopping();

    private ILoggerFactory Log => log;

    private string Origin(string county) => origin(county);
}
