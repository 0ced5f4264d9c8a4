// Owns: a script played by the gateway inside the test's process, where the process is not what is tested.
// Must never: differ from the PC's program in anything but where its lines go.

using System.Text;
using Gateway.Core;
using Gateway.Pc;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Gateway.Pc.Script;

namespace Gateway.Tests.EndToEnd;

internal static class NearScript
{
    /// <summary>Plays it on the stage's flash, in real time. All of it has to hold.</summary>
    public static void Play(Stage stage, string script)
    {
        List<string> errors = [];
        StringWriter said = new();
        using StateFolder folder = new(stage.FlashFolder, reset: false);
        PcFlash flash = new(stage.FlashFolder);
        SettingsInForce inForce = SettingsFile.TakeOver(stage.SettingsFile, flash);
        StationKey? key = StationKey.Read(stage.KeyFile, errors);
        if (key is not null && stage.TlsFolder is { } certificates)
        {
            key.Tls = TlsFolder.Read(certificates, errors);
        }

        IReadOnlyList<ScriptStep>? steps = ScriptParser.Parse("script", Encoding.UTF8.GetBytes(script), inForce.Settings, errors);
        Assert.Empty(errors);

        // Settings that are refused end no program either: the last good ones are in force.
        errors.AddRange(inForce.Errors);
        MonotonicClock clock = new(TimeProvider.System);
        using StationStart start = new(flash, key, clock, Limits.SettingsTrialMs, errors.AddRange);
        Station station = new(start.With(inForce));
        ScriptRunner runner = new(steps!, station);
        using (PlainLines lines = new(said, station.Settings))
        using (StationThread thread = new(station, runner))
        {
            station.Watch(lines);
            thread.Start();
            thread.Ended.WaitOne();
            thread.Join();
            Assert.True(thread.ScriptHeld, $"{string.Join('\n', errors)}\n{said}");
        }
    }
}
