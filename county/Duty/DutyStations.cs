// Owns: stations and other makers' boxes as one list.
// Must never: carry a key beyond this room.

using Gateway.County.Sql;

namespace Gateway.County.Duty;

internal static class DutyStations
{
    /// <summary>In the place of the name of one that is no longer registered.</summary>
    public const string Gone = "（已注销）";

    public static IReadOnlyList<StationRegistration> All(SqlStore rows) =>
        [.. rows.Stations().Concat(rows.Peers().Select(peer => peer.AsStation)).OrderBy(one => one.Station)];
}
