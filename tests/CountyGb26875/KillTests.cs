// Owns: that a county that is killed again and again stores each event of its boxes once, and tells its centre each once.
// Must never: wait for a quiet moment before it kills.

using System.Globalization;
using System.Net;
using Gateway.County;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

/// <summary>Ten boxes of five habits, a centre with moods, and the county's program, killed by SIGKILL.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Boxes = 10;

    [Fact]
    public Task Two_kills_lose_and_double_nothing() => Kill(times: 2, pairs: 2, every: 40);

    /// <summary>Minutes; run by tests/boxes.sh.</summary>
    [Fact(Explicit = true)]
    public Task Twenty_kills_lose_and_double_nothing() => Kill(times: 20, pairs: 15, every: 60);

    private async Task Kill(int times, int pairs, int every)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out int given)
            ? given : Environment.TickCount;
        output.WriteLine($"SEED={seed}");
        Random random = new(seed);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("boxes-kill-");
        using CancellationTokenSource stop = new();
        try
        {
            string database = Path.Combine(folder.FullName, "county.db");
            Box[] boxes = Register(database, new IPEndPoint(IPAddress.Loopback, FreePort.Next()));
            using Centre centre = new();
            int frames = 0;
            centre.Mood = _ => Interlocked.Increment(ref frames) switch
            {
                int n when n % every == 3 => CentreMood.Deny,
                int n when n % every == 7 => CentreMood.KeepAndStall,
                int n when n % (8 * every) == 11 => CentreMood.Hang,
                _ => CentreMood.Confirm,
            };
            Task[] running = [.. boxes.Select(box => Task.Run(() => box.Run(stop.Token)))];
            ChildProgram county = Start(database, boxes[0].Centre, centre.Address);
            try
            {
                for (int round = 0; round <= times; round++)
                {
                    foreach (Box box in boxes)
                    {
                        Tell(box, pairs, round);
                    }

                    if (round < times)
                    {
                        await Task.Delay(random.Next(1_000, 3_000));
                        county.Dispose();
                        county = Start(database, boxes[0].Centre, centre.Address);
                    }
                }

                // A slow machine takes long for all of them, and not for one.
                while (boxes.Sum(box => box.Waiting) is > 0 and int before)
                {
                    Patience.Until(
                        () => boxes.Sum(box => box.Waiting) < before,
                        () => $"boxes wait: {string.Join(' ', boxes.Select(box => box.Waiting))}; {county.Said}");
                }

                while (Waiting(database) is > 0 and long left)
                {
                    Patience.Until(() => Waiting(database) < left, () => $"{Waiting(database)} frames wait for the centre");
                }
            }
            finally
            {
                county.Dispose();
            }

            await stop.CancelAsync();
            await Task.WhenAll(running);
            int all = boxes.Sum(box => Compare(database, box, centre, pairs, times));
            output.WriteLine($"{times} kills, {all} events, {centre.Came.Count} frames at the centre, "
                + $"{boxes.Sum(box => box.Connections)} connections");
        }
        finally
        {
            await stop.CancelAsync();
            folder.Delete(recursive: true);
        }
    }

    private static Box[] Register(string database, IPEndPoint at)
    {
        using SqlStore store = SqlStore.Open(database);
        List<Box> boxes = [];
        for (uint i = 0; i < Boxes; i++)
        {
            BoxHabit habit = BoxHabit.All[(int)i % BoxHabit.All.Count];
            Assert.True(store.AddPeer(BoxRig.Peer(i + 1, habit)));
            boxes.Add(new Box(habit, new PeerAddress(i + 1), at) { AnswerIn = TimeSpan.FromSeconds(3) });
        }

        return [.. boxes];
    }

    /// <summary>Fires and their ends, each component in turn.</summary>
    private static void Tell(Box box, int pairs, int round)
    {
        for (uint i = 1; i <= pairs; i++)
        {
            uint component = (uint)(round * pairs) + i;
            box.Report(BoxReport.OfComponent(component, ComponentBits.Fire));
            box.Report(BoxReport.OfComponent(component, ComponentBits.None));
        }
    }

    private static int Compare(string database, Box box, Centre centre, int pairs, int times)
    {
        using SqlStore reader = SqlStore.Open(database);
        uint station = 330_800 + (uint)box.Address.Number;
        StoredEvent[] stored = [.. reader.Events(new EventQuery { Station = station }).OrderBy(e => e.Record.Sequence)];
        int components = pairs * (times + 1);
        Assert.Equal(
            Enumerable.Range(1, components).SelectMany(i => (string[])[$"fire-alarm {i}", $"fire-restored {i}"]),
            stored.Select(e => $"{Contract.EventKinds.Code(e.Record.Kind)} {reader.Origin(e.Key)!.Part.Component}"));
        Assert.Equal(
            Enumerable.Range(1, components).SelectMany(i => (string[])[$"2 {i} 3", $"2 {i} 1"]).Order(),
            ForwardTests.Told(centre, station).Order());
        return stored.Length;
    }

    private static ChildProgram Start(string database, IPEndPoint at, IPEndPoint centre) => ChildProgram.Beside(
        "county.dll", "run", "--listen", "127.0.0.1:0", "--db", database, "--gb26875", $"{at}",
        "--gb26875-centre", $"name=city,to={centre},centre=1,answer=1");

    private static long Waiting(string database)
    {
        using SqlStore reader = SqlStore.Open(database);
        return reader.Centres().SingleOrDefault().Waiting;
    }
}
