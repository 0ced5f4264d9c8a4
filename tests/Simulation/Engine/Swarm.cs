// Owns: which faults a seed has, and how often.
// Must never: turn all of them on in every run: faults hide each other, so each class is off in about half of the runs.

using System.Text;

namespace Gateway.Simulation;

/// <summary>The options that follow from a seed. Mean pauses are ms of simulated time; 0 = that fault never comes.</summary>
public sealed class Swarm
{
    /// <summary>One seed in so many runs on the real database.</summary>
    public const int SqliteEvery = 50;

    private const ulong CalmEvery = 4;

    public int SegmentRecords { get; set; } = 64;

    public int[] Segments { get; } = [3, 3, 3];

    public int Zones { get; set; } = 4;

    /// <summary>Time with faults.</summary>
    public long FaultsForMs { get; set; } = 10 * 60_000;

    public long StimulusEveryMs { get; set; } = 8_000;

    public long StormEveryMs { get; set; }

    public bool Noise { get; set; }

    public long PowerCutEveryMs { get; set; }

    /// <summary>A power cut hits a write, not the quiet between.</summary>
    public bool CutsInWrites { get; set; }

    public bool TornWrites { get; set; }

    public long BitFlipEveryMs { get; set; }

    public long RefuseEveryMs { get; set; }

    public long FullEveryMs { get; set; }

    public long ReadFailEveryMs { get; set; }

    public long FormatEveryMs { get; set; }

    public bool Lies { get; set; }

    public int SlowFlashMs { get; set; }

    public long BreakEveryMs { get; set; }

    public long HalfOpenEveryMs { get; set; }

    public long BrokerEveryMs { get; set; }

    public bool BrokerForgets { get; set; }

    public int NetDelayMs { get; set; } = 20;

    public int LossPercent { get; set; }

    public int RepeatPercent { get; set; }

    public int StalePercent { get; set; }

    public int OpenFailsPercent { get; set; }

    public int NoRoomPercent { get; set; }

    public int ReplayPercent { get; set; }

    public long OutageEveryMs { get; set; }

    public long CountyCrashEveryMs { get; set; }

    public long StoreFailEveryMs { get; set; }

    public long RestoreEveryMs { get; set; }

    public long ClockEveryMs { get; set; }

    public bool SlowCommits { get; set; }

    /// <summary>The county stores in SQLite instead of dictionaries.</summary>
    public bool Sqlite { get; set; }

    /// <summary>The county asks something of the station.</summary>
    public long CommandEveryMs { get; set; }

    /// <summary>The county calls somebody to a fire elsewhere.</summary>
    public long CallOutEveryMs { get; set; }

    /// <summary>The settings lie in flash, and another text with other names comes in force at some starts.</summary>
    public bool Names { get; set; }

    /// <summary>The station's settings let the county silence a fire.</summary>
    public bool RemoteSilence { get; set; }

    /// <summary>So many of a hundred answers say that more is held than was ever sent.</summary>
    public int StrangePercent { get; set; }

    /// <summary>A rule holds relay 3 while zone 5 is in fault, until a reset.</summary>
    public bool Holds { get; set; }

    /// <summary>Flash that keeps what it was given: what people and the county do is then followed to the last event.</summary>
    public bool Duty { get; set; }

    /// <summary>Keys may be held while power comes.</summary>
    public bool HeldKeys { get; set; }

    /// <summary>The answer key and the test key are pressed.</summary>
    public long PersonEveryMs { get; set; }

    /// <summary>The county asks for disablements, tests, hot work and drills.</summary>
    public long ActEveryMs { get; set; }

    /// <summary>A rule pulses relay 2 when zone 5 is in fault.</summary>
    public bool Pulse { get; set; }

    /// <summary>A valve is closed, or a pump runs.</summary>
    public long SideEveryMs { get; set; }

    /// <summary>Somebody presses a call point of a drill and does not put it back for a while.</summary>
    public bool PressedInDrills { get; set; }

    /// <summary>The broker is in hostile hands, and another station has a good key and lies.</summary>
    public bool Hostile { get; set; }

    /// <summary>The broker lets heartbeats pass and no fires.</summary>
    public long HideFiresEveryMs { get; set; }

    /// <summary>It lets nothing pass up.</summary>
    public long DeafEveryMs { get; set; }

    /// <summary>It lets nothing pass down.</summary>
    public long MuteEveryMs { get; set; }

    /// <summary>It keeps hellos, and lets go of them when it likes.</summary>
    public long KeepHellosEveryMs { get; set; }

    /// <summary>It sends again what it heard at any time, from either end.</summary>
    public long SendAgainEveryMs { get; set; }

    /// <summary>The box is without power for minutes.</summary>
    public long DeadEveryMs { get; set; }

    /// <summary>The other station says something.</summary>
    public long HostileStationEveryMs { get; set; }

    /// <summary>Local time ahead of UTC; in many runs so that midnight falls into them.</summary>
    public int UtcOffsetMin { get; set; } = 480;

    /// <summary>When outputs are delayed for t1, and for t2 once somebody answered; null = never.</summary>
    public DayWindow? Delay { get; set; }

    public int DelayT1S { get; set; }

    public int DelayT2S { get; set; }

    /// <summary>When a rule switches relay 4 on; null = there is no such rule.</summary>
    public DayWindow? Rule { get; set; }

    /// <summary>When a patrol has to come by; null = there is none.</summary>
    public DayWindow? Patrol { get; set; }

    /// <summary>The county's clock steps by minutes, both ways.</summary>
    public long StepEveryMs { get; set; }

    /// <summary>The county's clock is wrong now and then.</summary>
    public bool ClockIsWrong => ClockEveryMs > 0 || StepEveryMs > 0;

    /// <summary>Uptime at a start: 0, or shortly before 2^31 or 2^32 ms.</summary>
    public long UptimeBaseMs { get; set; }

    /// <summary>True UTC at time 0.</summary>
    public long UtcAtZeroMs { get; set; } = 1_790_000_000_000;

    /// <summary>The device's random numbers repeat: every new store draws the same epoch.</summary>
    public bool PoorChance { get; set; }

    /// <summary>Damage that the log can't see through: bits flipped, reads refused, writes that were lied about.</summary>
    public bool Damages => BitFlipEveryMs > 0 || ReadFailEveryMs > 0 || Lies;

    // A few minutes before each: 2026; 2028, a leap year, and its 29 February; 2038-01-19 03:14:08, where 31 bits of seconds end;
    // 2100-03-01, which follows the 28th; 2106-02-07 06:28:16, where 32 bits of seconds end.
    private static readonly long[] s_times =
    [
        1_790_000_000_000, 1_790_000_000_000, 1_830_297_300_000, 1_835_394_900_000, 2_147_483_347_000, 4_107_542_100_000, 4_294_966_996_000,
    ];

    public static Swarm From(ulong seed)
    {
        Rng rng = new(seed ^ 0x5EED5EED5EED5EED);
        Swarm s = new() { SegmentRecords = ((int[])[4, 8, 16, 64])[rng.Below(4)], Zones = rng.Range(1, 6) };
        for (int lane = 0; lane < 3; lane++)
        {
            s.Segments[lane] = rng.Range(3, s.SegmentRecords < 16 ? 24 : 8);
        }

        s.FaultsForMs = rng.Range(3, 20) * 60_000L;
        s.StimulusEveryMs = rng.Range(1, 20) * 1_000L;
        s.StormEveryMs = rng.OneIn(3) ? 120_000 : 0;
        s.Noise = rng.OneIn(2);
        s.PowerCutEveryMs = rng.OneIn(2) ? rng.Range(10, 300) * 1_000L : 0;
        s.CutsInWrites = rng.OneIn(2);
        s.TornWrites = rng.OneIn(2);
        s.BitFlipEveryMs = rng.OneIn(4) ? rng.Range(60, 600) * 1_000L : 0;
        s.RefuseEveryMs = rng.OneIn(4) ? rng.Range(60, 400) * 1_000L : 0;
        s.FullEveryMs = rng.OneIn(5) ? rng.Range(60, 400) * 1_000L : 0;
        s.ReadFailEveryMs = rng.OneIn(5) ? rng.Range(60, 400) * 1_000L : 0;
        s.FormatEveryMs = rng.OneIn(8) ? rng.Range(200, 900) * 1_000L : 0;
        s.Lies = rng.OneIn(16);
        s.SlowFlashMs = rng.OneIn(6) ? rng.Range(50, 800) : 0;
        s.BreakEveryMs = rng.OneIn(2) ? rng.Range(10, 300) * 1_000L : 0;
        s.HalfOpenEveryMs = rng.OneIn(3) ? rng.Range(30, 300) * 1_000L : 0;
        s.BrokerEveryMs = rng.OneIn(3) ? rng.Range(60, 400) * 1_000L : 0;
        s.BrokerForgets = rng.OneIn(2);
        s.NetDelayMs = rng.OneIn(2) ? 20 : rng.Range(50, 4_000);
        s.LossPercent = rng.OneIn(3) ? rng.Range(1, 30) : 0;
        s.RepeatPercent = rng.OneIn(3) ? rng.Range(1, 40) : 0;
        s.StalePercent = rng.OneIn(2) ? 50 : 0;
        s.OpenFailsPercent = rng.OneIn(3) ? rng.Range(5, 60) : 0;
        s.NoRoomPercent = rng.OneIn(4) ? rng.Range(1, 30) : 0;
        s.OutageEveryMs = rng.OneIn(3) ? rng.Range(60, 400) * 1_000L : 0;
        s.CountyCrashEveryMs = rng.OneIn(2) ? rng.Range(20, 300) * 1_000L : 0;
        s.StoreFailEveryMs = rng.OneIn(4) ? rng.Range(20, 300) * 1_000L : 0;
        s.RestoreEveryMs = rng.OneIn(4) ? rng.Range(120, 600) * 1_000L : 0;
        s.ClockEveryMs = rng.OneIn(4) ? rng.Range(60, 300) * 1_000L : 0;
        s.SlowCommits = rng.OneIn(3);
        long[] bases = [0, 0, 0, int.MaxValue - 120_000L, uint.MaxValue - 120_000L];
        s.UptimeBaseMs = bases[rng.Below(bases.Length)];

        s.UtcAtZeroMs = s_times[rng.Below(s_times.Length)];
        s.PoorChance = rng.OneIn(8);
        s.ReplayPercent = rng.OneIn(3) ? rng.Range(1, 30) : 0;
        s.CommandEveryMs = rng.OneIn(2) ? rng.Range(10, 200) * 1_000L : 0;
        s.RemoteSilence = rng.OneIn(2);
        s.StrangePercent = rng.OneIn(4) ? rng.Range(1, 20) : 0;
        s.Holds = s.Zones >= 5 && rng.OneIn(2);
        s.Sqlite = seed % SqliteEvery == 0;
        if (s.FormatEveryMs > 0 && s.HoldsMessagesUp)
        {
            // Two lives under one name, and the county hears late from the first of them: messages that were held up or are played again,
            // or a copy of its database. Nothing that either side knows tells the two apart then.
            s.PoorChance = false;
        }

        AddDuty(s, new Rng(seed ^ 0xD07_D07_D07));
        AddCallOuts(s, new Rng(seed ^ 0xCA11_0005), often: false);
        s.Names = new Rng(seed ^ 0x4A4E_0006).OneIn(4);
        return s;
    }

    /// <summary>A world in which people and the county do much and everything that they can, with few faults beside.</summary>
    public static Swarm Busy(ulong seed)
    {
        Rng rng = new(seed ^ 0xB0B_B0B_B0B);
        Swarm s = new()
        {
            SegmentRecords = 16,
            Zones = 6,
            FaultsForMs = 15 * 60_000,
            StimulusEveryMs = rng.Range(2, 8) * 1_000L,
            Noise = rng.OneIn(2),
            PowerCutEveryMs = rng.OneIn(2) ? rng.Range(60, 200) * 1_000L : 0,
            OutageEveryMs = rng.OneIn(3) ? 120_000 : 0,
            CommandEveryMs = 60_000,
            RemoteSilence = rng.OneIn(2),
            Holds = true,
        };
        Array.Fill(s.Segments, 6);
        AddDuty(s, rng);
        int local = DayWindow.Wrap((int)(s.UtcAtZeroMs / 60_000 % DayWindow.MinutesPerDay) + s.UtcOffsetMin);
        s.Delay = rng.OneIn(2) ? new DayWindow(0, DayWindow.MinutesPerDay - 1, 127) : DayWindow.Near(rng, local, 15);
        s.Rule = DayWindow.Near(rng, local, 15);
        s.Patrol = DayWindow.Near(rng, local, 15);
        s.DelayT1S = rng.Range(5, 20);
        s.DelayT2S = rng.Range(5, 20);
        s.PersonEveryMs = rng.Range(2, 6) * 1_000L;
        s.ActEveryMs = rng.OneIn(3) ? 0 : rng.Range(8, 25) * 1_000L;
        s.StepEveryMs = 120_000;
        s.Pulse = true;
        s.HeldKeys = s.PowerCutEveryMs > 0;
        s.SideEveryMs = 40_000;
        if (seed % CalmEvery == 0)
        {
            // So little happens that drills come to their natural end.
            s.StimulusEveryMs = 120_000;
            s.PersonEveryMs = 120_000;
            s.ActEveryMs = 60_000;
            s.PressedInDrills = true;
            s.FaultsForMs = 60 * 60_000;
        }

        AddCallOuts(s, new Rng(seed ^ 0xCA11_0005), often: true);
        return s;
    }

    /// <summary>A county that is silent for long, and lanes so short that records of losses are lost in their turn.</summary>
    public static Swarm LongSilence()
    {
        Swarm s = new() { SegmentRecords = 4, Zones = 6, Duty = true, StimulusEveryMs = 3_000, FaultsForMs = 15 * 60_000 };
        Array.Fill(s.Segments, 3);
        return s;
    }

    /// <summary>Somebody has the broker, or another station's key, or both.</summary>
    public static Swarm Attack(ulong seed)
    {
        Rng rng = new(seed ^ 0x0BAD_0BAD_0BAD);
        bool broker = !rng.OneIn(3);
        Swarm s = new()
        {
            SegmentRecords = 16,
            Zones = rng.Range(1, 6),
            FaultsForMs = 20 * 60_000,
            StimulusEveryMs = rng.Range(5, 30) * 1_000L,
            Duty = true,
            Hostile = true,
            CommandEveryMs = 90_000,
            ReplayPercent = broker ? 10 : 0,
            HostileStationEveryMs = broker && rng.OneIn(2) ? 0 : rng.Range(500, 3_000),
            PowerCutEveryMs = rng.OneIn(3) ? 200_000 : 0,
        };
        Array.Fill(s.Segments, 6);
        if (broker)
        {
            s.HideFiresEveryMs = rng.OneIn(2) ? 200_000 : 0;
            s.DeafEveryMs = rng.OneIn(3) ? 400_000 : 0;
            s.MuteEveryMs = rng.OneIn(4) ? 400_000 : 0;
            s.KeepHellosEveryMs = rng.OneIn(2) ? 150_000 : 0;
            s.SendAgainEveryMs = rng.OneIn(2) ? rng.Range(500, 5_000) : 0;
            s.DeadEveryMs = rng.OneIn(2) ? 300_000 : 0;
            s.BreakEveryMs = rng.OneIn(2) ? 60_000 : 0;
            s.CountyCrashEveryMs = rng.OneIn(3) ? 200_000 : 0;
            s.RestoreEveryMs = rng.OneIn(4) ? 400_000 : 0;
        }

        return s;
    }

    /// <summary>What people and the county do, from draws of its own, so that a seed keeps its faults.</summary>
    private static void AddDuty(Swarm s, Rng rng)
    {
        s.Duty = !s.Damages && s.RefuseEveryMs == 0 && s.FullEveryMs == 0 && s.FormatEveryMs == 0;
        if (!s.Duty)
        {
            return;
        }

        int minutes = (int)(s.FaultsForMs / 60_000);
        int utcMinute = (int)(s.UtcAtZeroMs / 60_000 % DayWindow.MinutesPerDay);
        int local = DayWindow.MinutesPerDay - rng.Range(1, minutes);
        int offset = local - utcMinute;
        s.UtcOffsetMin = !rng.OneIn(3) ? (offset > 720 ? offset - DayWindow.MinutesPerDay : offset) : s.UtcOffsetMin;
        local = DayWindow.Wrap(utcMinute + s.UtcOffsetMin);
        DayWindow delay = DayWindow.Near(rng, local, minutes);
        DayWindow rule = DayWindow.Near(rng, local, minutes);
        DayWindow patrol = DayWindow.Near(rng, local, minutes);
        s.Delay = rng.OneIn(2) ? delay : null;
        s.Rule = rng.OneIn(2) ? rule : null;
        s.Patrol = rng.OneIn(2) ? patrol : null;
        s.DelayT1S = rng.Range(3, 40);
        s.DelayT2S = rng.OneIn(5) ? 0 : rng.Range(3, 60);
        s.PersonEveryMs = rng.Range(2, 20) * 1_000L;
        s.StepEveryMs = rng.OneIn(2) ? rng.Range(60, 300) * 1_000L : 0;
        s.ActEveryMs = rng.OneIn(2) ? rng.Range(10, 60) * 1_000L : 0;
        s.Pulse = s.Zones >= 5 && rng.OneIn(2);
        s.HeldKeys = s.UptimeBaseMs == 0 && rng.OneIn(2);
    }

    private static void AddCallOuts(Swarm s, Rng rng, bool often) =>
        s.CallOutEveryMs = !rng.OneIn(2) ? 0 : often ? rng.Range(20, 90) * 1_000L : rng.Range(30, 300) * 1_000L;

    private bool HoldsMessagesUp => NetDelayMs > 0 || RepeatPercent > 0 || StalePercent > 0 || ReplayPercent > 0 || SlowCommits
        || OutageEveryMs > 0 || BrokerEveryMs > 0 || HalfOpenEveryMs > 0 || CountyCrashEveryMs > 0 || StoreFailEveryMs > 0
        || RestoreEveryMs > 0;

    /// <summary>The options on one line, those that are on.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append($"segments={SegmentRecords}x{string.Join('/', Segments)}");
        foreach (System.Reflection.PropertyInfo p in typeof(Swarm).GetProperties())
        {
            object? value = p.GetValue(this);
            if (p.Name is nameof(Segments) or nameof(SegmentRecords) or nameof(Damages) or nameof(ClockIsWrong)
                || value is null or 0 or 0L or false)
            {
                continue;
            }

            text.Append($" {p.Name}={value}");
        }

        return text.ToString();
    }
}
