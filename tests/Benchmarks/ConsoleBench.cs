// Owns: what the technician's console adds to a tick, in IL instructions: typing, each command, noise, a text that is pasted.
// Must never: count the tick itself; that has figures of its own.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.Benchmarks;

internal static class ConsoleBench
{
    /// <summary>Twelve milliseconds of the device, most of them for one record that is looked for in a lane.</summary>
    private const int StepMost = 6000;

    private static readonly string[] s_lines =
        ["help", "status", "zones", "events 40", "log read 0 0", "outputs", "clock", "link", "limits", "settings show", "pin 1234"];

    public static void Run()
    {
        byte[] text = Encoding.UTF8.GetBytes(Scene.Text(StationText.Of("mixed", Limits.ZonesMax, Limits.RulesMax))
            .Replace("127.0.0.1", "good", StringComparison.Ordinal));
        TrialScene scene = new(new Tests.Device.MemoryFlash());
        scene.Start(text);
        scene.Pass(20_000);
        for (int zone = 1; zone <= Limits.ZonesMax; zone++)
        {
            scene.Press(zone);
        }

        scene.Pass(20_000);
        Port port = new();
        TechnicianConsole console = new(port, scene.Loop, scene.Trial, 1 << 20, scene.NowMs);
        _ = Step(console, scene);
        TickMeter.Line("console, nothing comes, what a tick costs more", TickMeter.Of(() => _ = port.Waits || console.Busy), 30);
        foreach (string line in s_lines)
        {
            port.Type(Encoding.UTF8.GetBytes(line + "\r"));
            TickMeter.Line($"console, {line}, worst step", Worst(console, scene), StepMost);
        }

        port.Type(Encoding.UTF8.GetBytes("log\r"));
        TickMeter.Line("console, log, worst step", Worst(console, scene), TickMeter.TickMost);
        byte[] noise = new byte[20_000];
        new Random(15).NextBytes(noise);
        port.Type(noise);
        TickMeter.Line("console, noise without end, worst step", Worst(console, scene), StepMost);
        scene.Pass(ConsoleLimits.QuietMs + TickMeter.TickMs);
        _ = Worst(console, scene);
        port.Type(Encoding.UTF8.GetBytes("settings check\r"));
        _ = Step(console, scene);
        port.Type([.. text, (byte)'.', (byte)'\n']);
        long paste = 0;
        while (port.Waits)
        {
            paste = Math.Max(paste, Step(console, scene));
        }

        TickMeter.Line($"console, a text of {text.Length} bytes is pasted, worst step", paste, StepMost);
        TickMeter.Line("console, it is checked, worst step", Worst(console, scene), 40_000);
    }

    private static long Worst(TechnicianConsole console, TrialScene scene) => TickMeter.Worst(() => Step(console, scene), 4000);

    private static long Step(TechnicianConsole console, TrialScene scene)
    {
        scene.Pass(TickMeter.TickMs);
        return TickMeter.Of(() => console.Step(scene.NowMs));
    }

    private sealed class Port : ConsolePort
    {
        private readonly Queue<byte> _in = [];

        public void Type(byte[] bytes)
        {
            Array.ForEach(bytes, _in.Enqueue);
            Waits = true;
        }

        public override int Read(byte[] into, int max)
        {
            int count = 0;
            while (count < max && _in.TryDequeue(out byte one))
            {
                into[count++] = one;
            }

            Waits = _in.Count > 0;
            return count;
        }

        public override int Write(byte[] from, int at, int count) => count;

        public override bool BoxIsOpen() => false;

        public override int FreeKb() => 0;

        public override int SystemFreeKb() => 0;
    }
}
