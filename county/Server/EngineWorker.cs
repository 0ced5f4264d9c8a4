// Owns: the process of `county run --engine`: its lines, its listeners, and what a county gets when it is taken.
// Must never: work at a county itself; a seat does.

using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gateway.County.Duty;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Server;

/// <summary>What a county of a worker is made of.</summary>
/// <param name="Settings">A county's settings.</param>
/// <param name="Rooms">Ways out beside the queue, made for each county that is taken.</param>
/// <param name="Boxes">The door of other makers' boxes of a county; null = it has none.</param>
/// <param name="Pages">The options of the duty page.</param>
/// <param name="Site">Where pages are served; null = nowhere.</param>
internal sealed record EngineParts(
    Func<DutyRoom?, LiveList, CountyOptions> Settings, Func<Action, LiveList, List<ICountyRoom>> Rooms,
    Func<string, CountyService, LiveList, PeerReceiver?> Boxes, PageOptions Pages, (IPEndPoint Where, X509Certificate2? Tls)? Site);

/// <summary>A worker of an engine: the counties that it can get, as long as it can keep them.</summary>
internal static class EngineWorker
{
    /// <param name="parsed">The command line.</param>
    /// <param name="engines">Its options about the engine.</param>
    /// <param name="engine">Where the queues are.</param>
    /// <param name="ops">Where health and metrics are served; null = nowhere.</param>
    /// <param name="parts">What a county is made of.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<int> Run(
        ParseResult parsed, EngineRun engines, EngineAddress engine, IPEndPoint? ops, EngineParts parts, CancellationToken stop)
    {
        using ConsoleLines lines = new();
        using LoggerFactory logs = new([lines]);
        using MetricsText metrics = new();
        CountyHost? host = null;
        Listeners listeners = new();
        if (ops is not null)
        {
            listeners.Add("ops", "--ops-listen", ops, new OpsPages(() => host!.Health, metrics).Serve);
        }

        EnginePages? pages =
            parts.Pages.Rooms(parsed, parts.Site, engines.Counties(parsed).Count, listeners, logs, () => host!.Stopping);
        using CountyHost running = host = new CountyHost(lines, listeners);
        LiveList list = new(running.Log);
        EngineWork Work(string county, SqlStore store, IBroker link) =>
            Begin(county, store, link, parts, pages?.Open(county, EngineRun.Database(parsed, county)), running.Log);
        using EngineSeats seats = engines.Seats(parsed, engine, Work, (good, line) => list.Note(good ? "green" : "red", line));
        list.Note("green", $"工作进程启动 {engine.Shown}，按 Ctrl-C 结束");
        parts.Pages.TellCertificate(parsed, list);
        if (!await running.Run(seats.Run, () => seats.Health, stop))
        {
            lines.Dispose();
            Environment.Exit(ExitCodes.Failed);
        }

        list.Note("green", "工作进程结束");
        return ExitCodes.Done;
    }

    /// <summary>What a county gets when it is taken. The page belongs to the work from now on, also where this throws.</summary>
    internal static EngineWork Begin(
        string county, SqlStore store, IBroker link, EngineParts parts, EnginePages.Place? page, ILogger log)
    {
        List<IDisposable> doors = page is null ? [] : [page];
        List<ICountyRoom> beside = [];
        try
        {
            // Its own, since it remembers what it has shown: each county is a thread.
            LiveList own = new(log);
            CountyService service = new(link, store, own, parts.Settings(page?.Room, own));
            PeerReceiver? boxes = parts.Boxes(county, service, own);
            if (boxes is not null)
            {
                doors.Add(boxes);
                beside.Add(boxes);
            }

            beside.AddRange(parts.Rooms(service.Wake, own));
            service.Rooms = beside;
            ReportCommands.Restored(store).ForEach(line => own.Note("red", line));
            page?.Begin(own);
            return new EngineWork(service, doors, [.. beside.OfType<IDisposable>()]);
        }
        catch
        {
            doors.Concat(beside.OfType<IDisposable>()).ToList().ForEach(one => one.Dispose());
            throw;
        }
    }
}
