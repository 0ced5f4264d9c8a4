// Owns: carrying out a script line by line between the loop's ticks.
// Must never: wait; a line that is not decided is looked at again after the next tick.

using Gateway.Pc.Run;

namespace Gateway.Pc.Script;

/// <summary>A running script. One thread uses it, the loop's.</summary>
public sealed class ScriptRunner
{
    private readonly IReadOnlyList<ScriptStep> _steps;
    private readonly ScriptScene _scene;
    private int _at;
    private bool _begun;

    /// <param name="county">The county of a story; null for a script without one.</param>
    public ScriptRunner(IReadOnlyList<ScriptStep> steps, Station station, StoryCounty? county = null)
    {
        _steps = steps;
        _scene = new ScriptScene(station, county);
        station.Watch(_scene);
    }

    /// <summary>Lines that did not come out as they should.</summary>
    public int Failures { get; private set; }

    /// <summary>True after quit or the last line.</summary>
    public bool Finished => _scene.Quit || _at == _steps.Count;

    /// <summary>True while the current line waits for the county.</summary>
    public bool Held => !Finished && _begun && _steps[_at].Holds;

    /// <summary>Looks at the current line, and at those after it as far as they are decided at once.</summary>
    public void Step(long nowMs)
    {
        _scene.NowMs = nowMs;
        while (!Finished)
        {
            ScriptStep step = _steps[_at];
            if (!_begun && nowMs < step.AtMs)
            {
                return;
            }

            if (!_begun)
            {
                _begun = true;
                _scene.StepMs = nowMs;
            }

            if (step.Look(_scene) is not { } outcome)
            {
                return;
            }

            _at++;
            _begun = false;
            Failures += outcome.Good ? 0 : 1;
            if (!outcome.Good || step.Judges)
            {
                string found = outcome.Text.Length == 0 ? "" : $": {outcome.Text}";
                _scene.Station.TellScript(outcome.Good, $"第 {step.Line} 行 line {step.Line} {step.Text}{found}");
            }
        }
    }
}
