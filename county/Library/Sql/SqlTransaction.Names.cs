// Owns: the rows of names of places in a writing transaction.
// Must never: decide which table an event has but by its own start.

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction
{
    public void Put(NamesRow part, long nowMs) => sql.Names.Put.Run(
        transaction, part.Station, part.SettingsCrc, part.Part, part.Last ? 1 : 0, part.Places, nowMs);

    public IReadOnlyList<NamesRow> Names(uint station, uint settingsCrc) => sql.Names.Parts(transaction, station, settingsCrc);

    public void ForgetNames(uint station, int keep) => sql.Names.Forget.Run(transaction, station, keep);

    public uint SettingsAt(BootKey boot) => sql.Names.At(transaction, boot);

    public void PutSettings(BootKey boot, uint settingsCrc, long nowMs) =>
        sql.Names.PutSettings.Run(transaction, boot.Station, boot.Epoch, boot.Boot, settingsCrc, nowMs);

    public void ForgetSettings(uint station, int keep) => sql.Names.ForgetSettings.Run(transaction, station, keep);

    public void Name(IReadOnlyList<StoredEvent> events) => sql.Names.Name(dialect, transaction, events);

    public void Name(IReadOnlyList<Case> cases) => sql.Names.Name(dialect, transaction, cases);

    public void Name(IReadOnlyList<CaseStep> steps) => sql.Names.Name(dialect, transaction, steps);
}
