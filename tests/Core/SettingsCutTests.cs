// Owns: power cuts in every write, at every byte, while settings are sent, tried, kept and given up.
// Must never: sample; each place is tried.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>A day in the life of new settings, once for each place at which the power can go.</summary>
public sealed class SettingsCutTests
{
    private const int NewZone = 9;
    private static readonly byte[] s_old = TrialScene.Text("good", "1");

    [Theory]
    [InlineData("good")]
    [InlineData("wrong")]
    public void Settings_and_latch_survive_a_power_cut_at_any_byte_of_any_write(string host)
    {
        byte[] text = TrialScene.Text(host, "9 1");
        CutFlash whole = new();
        Story(whole, text);
        Assert.InRange(whole.Writes.Count, 30, 400);
        List<(int Write, int Bytes)> cuts = [];
        for (int write = 0; write < whole.Writes.Count; write++)
        {
            (FlashArea area, int count) = whole.Writes[write];

            // The log's and the journal's own bytes are tried elsewhere; here it counts where they stand among the settings' writes.
            IEnumerable<int> places = area == FlashArea.Settings || count < 3 ? Enumerable.Range(0, count + 1) : [0, count / 2, count];
            cuts.AddRange(places.Append(count + 1).Select(bytes => (write, bytes)));
        }

        AssertAllHold(cuts.Select(cut => new[] { cut }), text);
    }

    [Theory]
    [InlineData("good")]
    [InlineData("wrong")]
    public void Settings_and_latch_survive_two_power_cuts_at_any_two_writes(string host)
    {
        byte[] text = TrialScene.Text(host, "9 1");
        CutFlash whole = new();
        Story(whole, text);
        List<(int Write, int Bytes)[]> pairs = [];
        for (int first = 0; first < whole.Writes.Count; first++)
        {
            // What comes after a cut is a start and what it has to put right: a few dozen writes.
            for (int second = 0; second < 40 && whole.Writes[first].Area == FlashArea.Settings; second++)
            {
                pairs.Add([(first, whole.Writes[first].Bytes / 2), (second, 8)]);
                pairs.Add([(first, int.MaxValue), (second, second % 2 == 0 ? 0 : int.MaxValue)]);
            }
        }

        AssertAllHold(pairs, text);
    }

    private static void AssertAllHold(IEnumerable<(int Write, int Bytes)[]> all, byte[] text)
    {
        (int Write, int Bytes)[][] list = [.. all];
        List<string> broken = [];
        Parallel.ForEach(list, new ParallelOptions { MaxDegreeOfParallelism = 2 }, cuts =>
        {
            if (Story(new CutFlash(cuts), text) is { } wrong)
            {
                lock (broken)
                {
                    broken.Add($"{string.Join(" then ", cuts)}: {wrong}");
                }
            }
        });
        Assert.True(broken.Count == 0, $"{broken.Count} of {list.Length}:\n" + string.Join('\n', broken.Take(20)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{list.Length} stories");
    }

    /// <summary>Old settings prove themselves, new ones are sent and committed, a fire comes, time passes. Null = all is well.</summary>
    private static string? Story(CutFlash flash, byte[] text)
    {
        TrialScene scene = new(flash);
        bool committed = false;
        try
        {
            scene.Start(s_old);
            scene.Pass(1_000);
            scene.Pieces(text);
            scene.Commit(text);
            committed = scene.Outcome() == (int)CommandOutcome.Done || scene.Starts > 1;
            scene.Pass(400);
            Assert.Equal(2, scene.Starts);
            scene.Press(NewZone);
            scene.Pass(2 * TrialScene.LimitMs);
        }
        catch (PowerCutException)
        {
        }

        // The power comes back, and may go once more; nobody sends anything again, but the technician's first file is there until it
        // was taken. Whether a fire stays latched is looked at from the last start on.
        bool latched = false;
        bool recorded = false;
        for (int start = 0; start < 2; start++)
        {
            flash.Safe = start == 1;
            try
            {
                scene.Start(Empty(flash) ? s_old : null);
                if (!scene.Loop.Configured)
                {
                    return "no settings";
                }

                latched = Latched(scene);
                recorded = HasAlarm(scene);
                scene.Pass(2 * TrialScene.LimitMs);
            }
            catch (PowerCutException)
            {
            }
        }

        bool isNew = scene.InForce(text);
        if (!isNew && !scene.InForce(s_old))
        {
            return "settings that nobody sent";
        }

        if (scene.Trial.OnTrial || scene.Loop.Uplink.State != UplinkState.Online)
        {
            return "no way to the county in the end";
        }

        if (committed && !isNew && scene.Loop.Settings.Host[0] == "good" && text.AsSpan().IndexOf("wrong"u8) < 0)
        {
            return "committed settings are gone";
        }

        if (recorded && !latched)
        {
            return "a durable fire is not latched after the start";
        }

        return latched && !Latched(scene) ? "the latch was lost on the way" : null;
    }

    private static bool Empty(CutFlash flash) => new SettingsStore(flash) is var store && store.Find() >= 0
        && store.Keepsake(new byte[Limits.SettingsBytesMax]) == 0;

    private static bool Latched(TrialScene scene) =>
        (scene.Loop.Settings.NumberBits(scene.Loop.Panel.Latched) & (1 << (NewZone - 1))) != 0;

    private static bool HasAlarm(TrialScene scene)
    {
        byte[] bytes = new byte[EventRecord.Size];
        EventRecord record = new();
        uint durable = scene.Loop.Log.At(Lane.Fire).Durable;
        for (uint after = 0; after < durable; after++)
        {
            if (scene.Loop.Log.Read(Lane.Fire, after, 1, bytes, 0) == 1 && record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok
                && record.Kind == EventKind.FireAlarm && record.Zone == NewZone)
            {
                return true;
            }
        }

        return false;
    }
}
