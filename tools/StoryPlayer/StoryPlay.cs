// Owns: playing one story from its file to its outcome.
// Must never: know what should come out; the story's file says it.

using System.Text;
using Gateway.Core;
using Gateway.Pc;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Gateway.Pc.Script;
using Gateway.Start;

namespace Gateway.Stories;

/// <summary>How a story came out.</summary>
public enum StoryOutcome
{
    Held = 0,
    NotHeld = 1,
    WrongInput = 2,
}

/// <summary>Plays stories on a stage; one stage is good for one story.</summary>
/// <param name="stage">Broker, database, station.</param>
/// <param name="output">Lines of the play; errors of files come here too.</param>
public sealed class StoryPlay(StoryStage stage, TextWriter output)
{
    /// <summary>Lines of a story beside those that the stage brings.</summary>
    private static readonly string[] StageLines = ["station ", "uplink "];

    /// <summary>Texts of settings that were composed, of which several may have the same name.</summary>
    private int _texts;

    /// <summary>True shows lines also on a terminal.</summary>
    public bool Plain { get; init; }

    /// <summary>The screen in English; lines have both languages.</summary>
    public bool English { get; init; }

    /// <summary>Seconds of the story in a second at most, where it has a clock of its own; 0 = as fast as the computer can.</summary>
    public int Speed { get; init; }

    /// <param name="file">The story.</param>
    /// <param name="settings">For stories that bring none.</param>
    public StoryOutcome Play(string file, string settings)
    {
        var errors = new List<string>();
        StoryOutcome outcome = Read(file, settings, errors) is { } story ? Play(story, errors) : StoryOutcome.WrongInput;
        Report(errors);
        return outcome;
    }

    private sealed record Story(StoryHead Head, IReadOnlyList<ScriptStep> Steps, StorySettings First, Pc.StationKey Key);

    private Story? Read(string file, string settings, List<string> errors)
    {
        const string Allowed = "可读的情景\na readable story";
        byte[]? text = BoundedFile.Read(file, ScriptLimits.FileBytesMax, Allowed, errors);
        StoryHead? head = text is null ? null : StoryHead.Read(file, text, errors);
        if (head is null)
        {
            return null;
        }

        StorySettings? first = Compose(head.SettingsFile ?? settings, errors);
        Pc.StationKey? key = Pc.StationKey.Read(stage.KeyFile, errors);
        if (first is null || key is null)
        {
            return null;
        }

        IReadOnlyList<ScriptStep>? steps = ScriptParser.Parse(file, text!, first.Settings, errors, Compose);
        if (steps is { Count: 0 })
        {
            errors.Add(PlaceNotes.Text(file, 0, "没有一步\nno step", "至少一步，如 press 1\nat least one step, such as press 1"));
        }

        return steps is null or { Count: 0 } ? null : new Story(head, steps, first, key);
    }

    /// <summary>The county gives the station and uplink lines, the story the rest.</summary>
    private StorySettings? Compose(string settings, ICollection<string> errors)
    {
        byte[]? bytes = SettingsFile.Read(settings, errors);
        if (bytes is null)
        {
            return null;
        }

        if (bytes.Length > Limits.SettingsBytesMax)
        {
            SettingsFile.Check(settings, bytes, errors);
            return null;
        }

        var text = new StringBuilder(File.ReadAllText(stage.StationFile));
        using var lines = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            if (!Array.Exists(StageLines, start => line.StartsWith(start, StringComparison.Ordinal)))
            {
                text.Append(line).Append('\n');
            }
        }

        string composed = Path.Combine(stage.Folder, $"{++_texts}-{Path.GetFileName(settings)}");
        Directory.CreateDirectory(stage.Folder);
        File.WriteAllText(composed, text.ToString());
        return SettingsFile.Check(composed, errors) is { } good ? new StorySettings(composed, good) : null;
    }

    private StoryOutcome Play(Story story, List<string> errors)
    {
        StoryClock? clock = ClockOf(story);
        using var county = new HostedCounty(stage, story.First.Settings.Station, clock ?? TimeProvider.System);
        if (!county.WaitConnected())
        {
            errors.AddRange(county.Disturbances);
            return StoryOutcome.WrongInput;
        }

        bool held = PlayBefore(county, story, clock);
        if (!held)
        {
            output.WriteLine("县平台收到的记录，可抄进情景 what the county holds, as a story would say it:");
            county.Held().ToList().ForEach(held => output.WriteLine($"held {HeldLine.TextOf(held)}"));
        }

        errors.AddRange(county.Disturbances.Select(what => $"县平台 county: {what}"));
        return held && county.Disturbances.Count == 0 ? StoryOutcome.Held : StoryOutcome.NotHeld;
    }

    private bool PlayBefore(StoryCounty county, Story story, StoryClock? clock)
    {
        string state = Path.Combine(stage.Folder, "state");
        using var folder = new StateFolder(state, reset: false);
        var flash = new PcFlash(state);
        SettingsInForce inForce = SettingsFile.TakeOver(story.First.Path, flash);
        Report(inForce.Errors);
        var uptime = new MonotonicClock(clock ?? TimeProvider.System);
        using var start = new StationStart(flash, story.Key, uptime, Limits.SettingsTrialMs, Report);
        var station = new Station(start.With(inForce));
        var script = new ScriptRunner(story.Steps, station, county);
        Pace? pace = clock is null ? null : new StoryPace(clock, station, Speed);
        return StationShow.Run(station, script, Plain, output, pace, English);
    }

    private void Report(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            output.WriteLine(line);
        }
    }

    private static StoryClock? ClockOf(Story story)
    {
        if (story.Head.Begins is not { } begins)
        {
            return null;
        }

        var offset = TimeSpan.FromMinutes(story.First.Settings.UtcOffsetMin);
        return new StoryClock(new DateTimeOffset(begins, offset).ToUnixTimeMilliseconds());
    }
}
