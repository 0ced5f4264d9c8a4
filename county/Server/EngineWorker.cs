// Owns: the process of `county run --engine`: its lines, its listeners, and what a county gets when it is taken.
// Must never: work at a county itself; a seat does.

using System.CommandLine;
using System.Net;
using Gateway.County.Duty;
using Gateway.County.Sql;

namespace Gateway.County.Server;

/// <summary>A worker of an engine: the counties that it can get, as long as it can keep them.</summary>
internal static class EngineWorker
{
    /// <param name="parsed">The command line.</param>
    /// <param name="engines">Its options about the engine.</param>
    /// <param name="engine">Where the queues are.</param>
    /// <param name="ops">Where health and metrics are served; null = nowhere.</param>
    /// <param name="settings">A county's settings.</param>
    /// <param name="rooms">Ways out beside the queue, made for each county that is taken.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<int> Run(
        ParseResult parsed, EngineRun engines, EngineAddress engine, IPEndPoint? ops, Func<DutyRoom?, LiveList, CountyOptions> settings,
        Func<Action, LiveList, List<ICountyRoom>> rooms, CancellationToken stop)
    {
        using ConsoleLines lines = new();
        using MetricsText metrics = new();
        CountyHost? host = null;
        Listeners listeners = new();
        if (ops is not null)
        {
            listeners.Add("ops", "--ops-listen", ops, new OpsPages(() => host!.Health, metrics).Serve);
        }

        if (engines.Auth(parsed) is { } auth)
        {
            listeners.Add("auth", "--engine-auth", auth.Where, auth.Answers.Serve);
        }

        using CountyHost running = host = new CountyHost(lines, listeners);
        LiveList list = new(running.Log);
        EngineWork Work(SqlStore store, IBroker link)
        {
            // Its own, since it remembers what it has shown: each county is a thread.
            LiveList own = new(running.Log);
            CountyService service = new(link, store, own, settings(null, own));
            List<ICountyRoom> beside = rooms(service.Wake, own);
            service.Rooms = beside;
            ReportCommands.Restored(store).ForEach(line => own.Note("red", line));
            return new EngineWork(service, [.. beside.OfType<IDisposable>()]);
        }

        using EngineSeats seats = engines.Seats(parsed, engine, Work, (good, line) => list.Note(good ? "green" : "red", line));
        list.Note("green", $"工作进程启动 {engine.Shown}，按 Ctrl-C 结束");
        if (!await running.Run(seats.Run, () => seats.Health, stop))
        {
            lines.Dispose();
            Environment.Exit(ExitCodes.Failed);
        }

        list.Note("green", "工作进程结束");
        return ExitCodes.Done;
    }
}
