// Owns: running a station to its end, on a terminal's screen or line by line.
// Must never: hold a rule of the gateway.

using System.Runtime.InteropServices;
using Gateway.Pc.Run;
using Gateway.Pc.Screen;
using Gateway.Pc.Script;

namespace Gateway.Pc;

/// <summary>What a person sees of a station.</summary>
public static class StationShow
{
    /// <summary>
    /// Returns when the script or a person ended it. True without a script, or when all of it was played and everything held.
    /// </summary>
    /// <param name="plain">Lines also on a terminal.</param>
    /// <param name="output">Where lines go.</param>
    /// <param name="pace">Null = real time.</param>
    /// <param name="english">The screen in English; lines have both languages.</param>
    public static bool Run(Station station, ScriptRunner? script, bool plain, TextWriter output, Pace? pace = null,
        bool english = false) =>
        LiveScreen.Possible && !plain ? RunLive(station, script, output, pace, english) : RunPlain(station, script, output, pace);

    private static bool RunPlain(Station station, ScriptRunner? script, TextWriter output, Pace? pace)
    {
        using var lines = new PlainLines(output, station.Settings);
        station.Watch(lines);
        if (!station.Loop.Configured)
        {
            lines.Say(station.NowMs, "未配置 not configured: 无部位、未接县平台，现在不能报警 no zones, no way to the county; --settings FILE");
        }

        using var thread = new StationThread(station, script, pace);
        using PosixSignalRegistration interrupt = StopOn(PosixSignal.SIGINT, thread);
        using PosixSignalRegistration terminate = StopOn(PosixSignal.SIGTERM, thread);
        thread.Start();
        thread.Ended.WaitOne();
        thread.Join();
        return thread.ScriptHeld;
    }

    private static bool RunLive(Station station, ScriptRunner? script, TextWriter output, Pace? pace, bool english)
    {
        using var thread = new StationThread(station, script, pace);
        using PosixSignalRegistration interrupt = StopOn(PosixSignal.SIGINT, thread);
        using PosixSignalRegistration terminate = StopOn(PosixSignal.SIGTERM, thread);
        thread.Start();
        new LiveScreen(thread, english).Run();
        thread.Join();
        foreach (string line in thread.ScriptLines)
        {
            output.WriteLine(line);
        }

        return thread.ScriptHeld;
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, StationThread thread) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            thread.RequestStop();
        });
}
