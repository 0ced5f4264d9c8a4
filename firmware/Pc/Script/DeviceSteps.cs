// Owns: the lines of a script that let the virtual board do what a device does.
// Must never: do it by itself; the station's troubles do.

using Gateway.Pc.Board;
using Gateway.Pc.Run;

namespace Gateway.Pc.Script;

/// <summary>device …: a trouble that begins or ends.</summary>
/// <param name="act">False when this board can't.</param>
public sealed class DeviceStep(Func<Station, bool> act, string otherwise) : ScriptStep
{
    public override bool Judges => false;

    public override Outcome? Look(ScriptScene scene) => act(scene.Station) ? Outcome.Done : new Outcome(Good: false, otherwise);
}

/// <summary>expect [no] display TEXT: stands in a line of the small display.</summary>
public sealed class ExpectDisplayStep(string text, bool none) : ScriptStep
{
    public override Outcome? Look(ScriptScene scene)
    {
        IReadOnlyList<string> shown = scene.Station.Display.Shown;
        bool found = shown.Any(line => line.Contains(text, StringComparison.Ordinal));
        return found != none ? Outcome.Done
            : scene.NowMs - scene.StepMs >= ScriptLimits.DisplayMs ? new Outcome(Good: false, $"shows {string.Join(" | ", shown)}")
            : null;
    }
}

public sealed partial class ScriptParser
{
    private const string DeviceAllowed =
        "device grain on|off, device freeze TIME, device flash stalls TIME, device flash swift, "
        + "device listing empty|short|whole, device bus jammed|free, "
        + "device display unplugged|plugged, device restart, device settings FILE";

    private const string FileAllowed = "情景旁边的一个配置文件名\nthe name of a settings file beside the story";

    private ScriptStep? Device(long atMs)
    {
        string what = Word();
        string how = what == "restart" ? "" : _next < _words.Length ? _words[_next] : "";
        switch (what)
        {
            case "grain" when Accept("on") || Accept("off"):
                return Troubled(atMs, troubles => troubles.Grain = how == "on");
            case "listing" when Accept("empty") || Accept("short") || Accept("whole"):
                Listing listing = how switch { "empty" => Listing.Empty, "short" => Listing.Short, _ => Listing.Whole };
                return Troubled(atMs, troubles => troubles.Listing = listing);
            case "flash" when Accept("swift"):
                return Troubled(atMs, troubles => troubles.StallMs = 0);
            case "flash" when Accept("stalls"):
                long stallMs = Time();
                return stallMs < 0 ? null : Troubled(atMs, troubles => troubles.StallMs = stallMs);
            case "freeze":
                long freezeMs = Time();
                return freezeMs < 0 ? null : Troubled(atMs, troubles => troubles.Freeze(freezeMs));
            case "bus" when Accept("jammed") || Accept("free"):
                bool jammed = how == "jammed";
                return Device(atMs, station => station.Jam(jammed), "the board that the settings name has no parts on a bus");
            case "display" when Accept("unplugged") || Accept("plugged"):
                bool unplugged = how == "unplugged";
                return Device(
                    atMs,
                    station =>
                    {
                        station.Troubles.DisplayUnplugged = unplugged;
                        return station.Settings.Display;
                    },
                    "the settings have no display");
            case "restart":
                return Device(atMs, station => station.Restart(), "nothing to start anew from");
            case "settings":
                return OtherSettings(atMs);
            default:
                return Refuse(_text, DeviceAllowed);
        }
    }

    /// <summary>Other settings, put on the box while it is off: no box takes any in a fire otherwise.</summary>
    private ScriptStep? OtherSettings(long atMs)
    {
        if (!OnlyInStory())
        {
            return null;
        }

        string path = StoryHead.Beside(_file, Word());
        if (!File.Exists(path))
        {
            return Refuse(_text, FileAllowed);
        }

        if (_story!(path, _errors) is not { } other)
        {
            return null;
        }

        Bring(other.Settings);
        return Device(atMs, station => station.Restart(other.Path), "nothing to start anew from");
    }

    private ScriptStep? ExpectDisplay(bool none, long atMs)
    {
        string text = Word();
        return text.Length == 0
            ? Refuse(_text, "expect [no] display TEXT\nexpect [no] display TEXT")
            : new ExpectDisplayStep(text, none) { Line = _line, Text = _text, AtMs = atMs };
    }

    private DeviceStep Troubled(long atMs, Action<Troubles> act) => Device(
        atMs,
        station =>
        {
            act(station.Troubles);
            return true;
        },
        "");

    private DeviceStep Device(long atMs, Func<Station, bool> act, string otherwise) =>
        new(act, otherwise) { Line = _line, Text = _text, AtMs = atMs };
}
