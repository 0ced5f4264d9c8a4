// Owns: the proof that killing any of the three programs at any moment neither loses nor doubles an alarm.
// Must never: wait for a quiet moment before it kills.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Contract;

namespace Gateway.Tests.EndToEnd;

/// <summary>
/// Fifty kills in each run, and two hundred with the faults that take minutes.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public void Fifty_kills_of_broker_county_and_gateway_lose_and_double_nothing() => Kills.Run(output, 50);

    [Fact(Explicit = true)]
    public void Nor_do_two_hundred() => Kills.Run(output, 200);
}

/// <summary>Rounds; in each one broker, county or gateway is killed by SIGKILL at a random moment and started again.</summary>
internal static partial class Kills
{
    public static void Run(ITestOutputHelper output, int rounds)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out int given)
            ? given : Random.Shared.Next();
        output.WriteLine($"SEED={seed}");
        var random = new Random(seed);
        using var stage = new Stage();
        var lives = new List<ChildProgram>();
        int[] kills = new int[3];
        ChildProgram county = stage.StartCounty();
        ChildProgram gateway = stage.StartGateway(RandomScript(random));
        lives.Add(gateway);
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                Thread.Sleep(random.Next(100, 1400));
                int victim = random.Next(3);
                kills[victim]++;
                switch (victim)
                {
                    case 0:
                        stage.Broker.Kill();
                        Thread.Sleep(random.Next(300));
                        stage.Broker.Restart();
                        break;
                    case 1:
                        county.Dispose();
                        county = stage.StartCounty();
                        break;
                    default:
                        gateway.Kill();
                        gateway = stage.StartGateway(RandomScript(random));
                        lives.Add(gateway);
                        break;
                }
            }

            // On a slow machine no life may have lasted until a press; then the last one gets as long as it takes.
            Patience.Until(() => lives.SelectMany(life => life.Lines).Any(SaysAnAlarm), "an alarm in any life");
            gateway.Kill();
            county.Kill();
            CheckShownAlarms(stage, lives);
            stage.SettleAndCompare();
            CheckShownAlarmsAtCounty(stage, lives);
            output.WriteLine($"killed: broker {kills[0]}, county {kills[1]}, gateway {kills[2]}; events {stage.AtCounty().Count}");
        }
        finally
        {
            county.Dispose();
            lives.ForEach(life => life.Dispose());
        }
    }

    private static bool SaysAnAlarm(string line) =>
        line.Contains("fire-alarm", StringComparison.Ordinal) && InFlashLine().IsMatch(line);

    /// <summary>Whatever the gateway said to be in flash before it was killed is in flash.</summary>
    private static void CheckShownAlarms(Stage stage, List<ChildProgram> lives)
    {
        IReadOnlyDictionary<Identity, byte[]> flash = stage.InFlash();
        foreach (Identity said in lives.SelectMany(SaidToBeInFlash))
        {
            Assert.True(flash.ContainsKey(said), $"{said} was said to be in flash and is not");
        }
    }

    /// <summary>Whatever was in flash is at the county, and each life's alarms are there under its own boot.</summary>
    private static void CheckShownAlarmsAtCounty(Stage stage, List<ChildProgram> lives)
    {
        IReadOnlyDictionary<Identity, byte[]> table = stage.AtCounty();
        int alarms = 0;
        foreach (Identity said in lives.SelectMany(SaidToBeInFlash))
        {
            Assert.True(table.ContainsKey(said), $"{said} was in flash and is not at the county");
            alarms += (EventKind)Bytes.U16(table[said], 2) == EventKind.FireAlarm ? 1 : 0;
        }

        Assert.True(alarms > 0, "the rounds raised no alarm at all: the test tested nothing");
    }

    private static IEnumerable<Identity> SaidToBeInFlash(ChildProgram life)
    {
        foreach (string line in life.Lines)
        {
            Match match = InFlashLine().Match(line);
            if (match.Success)
            {
                yield return new Identity(
                    uint.Parse(match.Groups["epoch"].Value, CultureInfo.InvariantCulture),
                    Lanes.Parse(match.Groups["lane"].Value),
                    uint.Parse(match.Groups["sequence"].Value, CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Presses, cuts, shorts, silences and resets at random times, for longer than a life lasts.</summary>
    private static string RandomScript(Random random)
    {
        var script = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            int zone = random.Next(1, 5);
            string move = random.Next(8) switch
            {
                0 or 1 => $"press {zone}",
                2 => zone <= 2 ? $"cut {zone}" : $"press {zone}",
                3 => zone <= 2 ? $"short {zone}" : $"press {zone}",
                4 => "silence",
                5 => "reset",
                _ => $"release {zone}",
            };
            script.Append(move).Append('\n').Append(CultureInfo.InvariantCulture, $"wait {random.Next(20, 400)}ms\n");
        }

        return script.ToString();
    }

    [GeneratedRegex(@" 330701/(?<epoch>\d+)/(?<lane>fire|condition|routine)/(?<sequence>\d+) [a-z-]+$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex InFlashLine();
}
