// Owns: what the county tells while a demonstration runs, as lines in a file.
// Must never: write into the terminal, which is the gateway's.

using Gateway.County;
using Gateway.County.Server;

namespace Gateway.Demo;

internal sealed class DemoLog(TextWriter log) : ICountyObserver
{
    public void Stored(StationRegistration station, StoredEvent stored) =>
        Line($"{EventText.Time(stored)}  {station}  {EventText.Words(stored.Record)}");

    public void PresenceChanged(StationRegistration station, PresenceChange change) => Line($"{station}  {change}");

    public void CommandChanged(StationRegistration station, StationCommand command) => Line($"{station}  命令 command {command.Number}");

    public void Escalated(StationRegistration station, Escalation escalation) => Line($"{station}  升级 level {(int)escalation.Level}");

    public void GapFound(StationRegistration station, Gap gap) => Line($"{station}  序号缺口 gap {gap.First}-{gap.Last}");

    public void Refused(RefusalCount refusal, StationRegistration? claimed) => Line($"拒收 refused {refusal.Count} × {(int)refusal.Reason}");

    public void InTrouble(string text) => Line(text);

    private void Line(string text)
    {
        lock (log)
        {
            log.WriteLine(text);
            log.Flush();
        }
    }
}
