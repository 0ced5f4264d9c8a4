// Owns: a run of the load: its stations step by step, the events that people would make, and its end.
// Must never: end before what was made is held, unless the time for that is over.

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Contract;

namespace Gateway.Tools.Load;

/// <summary>Plays stations against brokers.</summary>
/// <param name="options">What to play.</param>
/// <param name="said">A line for people.</param>
public sealed class LoadRun(LoadOptions options, Action<string> said)
{
    private const int MinuteMs = 60_000;

    // By a rule of its own, so that two runs burn at the same stations.
    private readonly Random _random = new(1);
    private readonly LoadClock _clock = new();
    private readonly LoadCounts _counts = new();
    private readonly List<LoadStation> _stations = [];
    private readonly X509Certificate2Collection? _authorities = Authorities(options.Authorities);
    private Timer? _lines;

    /// <summary>Plays until the time is over or it is stopped; then waits for what is not held.</summary>
    public async Task<LoadReport> Run(CancellationToken stop)
    {
        LoadReport report = new(_stations, _counts, _clock);
        Place[] places = [.. Place.All(options.Counties, options.Stations)];

        // One for the run: a station that is played again is a box with an empty flash.
        uint epoch = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        _lines = new Timer(_ => said(report.Line(options.Stations)), null, LoadLimits.LineS * 1_000, LoadLimits.LineS * 1_000);
        foreach (int step in options.StepsUp)
        {
            Add(places, step, epoch);
            said($"step {step}: begins");

            // The first half is for coming and settling.
            await Play(options.StepS * 500, stop);
            LoadMark from = report.Mark();
            await Play(options.StepS * 500, stop);
            said($"step {step}: {report.Since(from)}");
        }

        Add(places, places.Length, epoch);
        await Play(options.Seconds * 1_000, stop);
        said("no more events");
        await Drain();
        await _lines.DisposeAsync();
        Task ended = Task.WhenAll(_stations.Select(station => station.End()));
        await Task.WhenAny(ended, Task.Delay(LoadLimits.CloseMs, CancellationToken.None));
        return report;
    }

    private static X509Certificate2Collection? Authorities(string? file)
    {
        if (file is null)
        {
            return null;
        }

        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(file);
        return authorities;
    }

    private void Add(Place[] places, int until, uint epoch)
    {
        List<LoadStation> added =
        [
            .. places[_stations.Count..until].Select(
                place => new LoadStation(place, options, _clock, _counts, epoch, _authorities)),
        ];
        lock (_stations)
        {
            _stations.AddRange(added);
        }
    }

    private async Task Play(long forMs, CancellationToken stop)
    {
        long beganMs = _clock.NowMs;
        long fireMs = beganMs;
        long stormMs = beganMs + options.StormMs / 2;
        while (_clock.NowMs - beganMs < forMs && !stop.IsCancellationRequested)
        {
            long nowMs = _clock.NowMs;
            while (options.FiresPerMinute > 0 && fireMs <= nowMs)
            {
                fireMs += MinuteMs / options.FiresPerMinute;
                _stations[_random.Next(_stations.Count)].Burn();
            }

            if (options.StormMs > 0 && nowMs >= stormMs)
            {
                stormMs += options.StormMs;
                _stations.Where(_ => _random.Next(100) < options.StormPercent).ToList().ForEach(station => station.Storm());
            }

            await Tick(makes: true);
        }
    }

    private async Task Drain()
    {
        _stations.ForEach(station => station.Finish());
        long beganMs = _clock.NowMs;
        while (_clock.NowMs - beganMs < options.DrainS * 1_000L && _stations.Any(station => station.Waiting > 0))
        {
            await Tick(makes: false);
        }
    }

    private async Task Tick(bool makes)
    {
        long nowMs = _clock.NowMs;
        _stations.ForEach(station => station.Tick(makes));
        await Task.Delay((int)Math.Max(1, LoadLimits.TickMs - (_clock.NowMs - nowMs)), CancellationToken.None);
    }
}
