// Owns: what a signed-in person reads of stations, history and dangers, and enters, within the scope of that person.
// Must never: give or enter anything of a station of a township that the scope does not see.

using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Duty;

/// <summary>A station in the list.</summary>
/// <param name="At">Its registration.</param>
/// <param name="State">What it last said; null = nothing.</param>
/// <param name="Code">Its code.</param>
/// <param name="Open">Open dangers and risks.</param>
/// <param name="Box">How its box fares.</param>
/// <param name="Look">A word of <see cref="BoardLook"/>: an open alarm is seen before the box says so by itself.</param>
/// <param name="Words">What that look says.</param>
public sealed record StationLine(
    StationRegistration At, StationState? State, PlaceCode Code, int Open, (string Zh, string En) Box, string Look,
    (string Zh, string En) Words);

/// <summary>A station on its own page.</summary>
/// <param name="Line">As in the list.</param>
/// <param name="Place">The file of its place, or null.</param>
/// <param name="Cases">Its open cases.</param>
/// <param name="Events">Its newest events, the newest first.</param>
/// <param name="Commands">Its newest commands, the newest first.</param>
/// <param name="MayOrder">Whether the person may ask something of it.</param>
/// <param name="Problem">Why what was asked was not; empty = it was.</param>
public sealed record StationModel(
    StationLine Line, PlaceFile? Place, IReadOnlyList<Case> Cases, IReadOnlyList<StoredEvent> Events,
    IReadOnlyList<StationCommand> Commands, bool MayOrder, string Problem)
{
    /// <summary>The names of its places; null where they are not known.</summary>
    public StationPlaces? Places { get; init; }

    /// <summary>What is asked before something is sent; null = nothing.</summary>
    public OrderQuestion? Question { get; init; }

    /// <summary>Who asked for the newest commands, by their numbers.</summary>
    public required IReadOnlyDictionary<uint, string> By { get; init; }

    /// <summary>Whether the person may send it a settings text.</summary>
    public bool MayConfigure { get; init; }
}

internal sealed partial class DutyView
{
    public IReadOnlyList<StationLine> StationLines() =>
        store.With(rows => Lines(rows, DutyStations.All(rows).Where(one => Scope.Sees(one.Township)), null));

    /// <summary>Null when there is none that the person sees.</summary>
    public StationModel? Station(uint station)
    {
        StationLine? line = store.With(rows => Seen(rows, station) is { } at ? Lines(rows, [at], station)[0] : null);
        return line is null ? null : new StationModel(
            line,
            store.With(rows => rows.Place(station)),
            [
                .. store.With(rows => rows.Cases(new CaseQuery { OpenOnly = true, Station = station }))
                    .Where(one => Scope.Sees(one.Township)),
            ],
            Newest(new EventQuery { Station = station }, CountyLimits.DutyEventsShown),
            [
                .. store.With(rows => rows.Commands(station)).Reverse()
                    .Where(one => one.Code != (int)CommandCode.SettingsPiece || !(one.Open || one.StateName == "done"))
                    .Take(CountyLimits.DutyEventsShown),
            ],
            DutyRoutes.May(user, DutyRight.Order),
            "")
        {
            By = store.With(rows => OrderedBy(rows, station)),
            Places = line.State is { } state ? store.With(rows => rows.PlacesOf(state)) : null,
            MayConfigure = MayConfigure,
        };
    }

    /// <summary>The newest events of a query, the newest first; fires that came under the name of another record are among them.</summary>
    public IReadOnlyList<StoredEvent> Newest(EventQuery query, int max) =>
    [
        .. store.With(rows => rows.ConflictingFires(Within(query, null)).Concat(rows.Events(Within(query, max))).ToList())
            .Where(one => Scope.Sees(one.Township)).OrderByDescending(one => one.TimeMs).Take(max),
    ];

    /// <summary>All events of a query, the oldest first, by a connection of its own.</summary>
    public IEnumerable<StoredEvent> All(EventQuery query)
    {
        using SqlStore rows = store.Open();
        foreach (StoredEvent one in rows.ConflictingFires(Within(query, null)).Concat(rows.Events(Within(query, null)))
            .Where(one => Scope.Sees(one.Township)))
        {
            yield return one;
        }
    }

    /// <summary>Open dangers and risks, what was due first at the front.</summary>
    public IReadOnlyList<Case> Dangers() => store.With(rows => Dangers(rows));

    /// <summary>When the place of each station is to be inspected.</summary>
    public IReadOnlyList<StationInspection> Inspections() => store.With(rows => StationCodes.All(
        DutyStations.All(rows).Where(one => Scope.Sees(one.Township)), Dangers(rows), rows.States(), rows.Inspections(),
        DutyStore.NowMs()));

    /// <summary>Enters a danger that somebody found.</summary>
    /// <exception cref="CaseRefusedException">It cannot be.</exception>
    public Case Found(uint station, CaseGrade grade, string words)
    {
        return store.With(rows =>
        {
            StationRegistration at = (MayAct ? Seen(rows, station) : null)
                ?? throw new CaseRefusedException("station: not there; allowed: a station of the list") { Why = CaseRefusal.Unknown };
            if (grade == CaseGrade.None)
            {
                throw new CaseRefusedException($"grade: missing; allowed: {string.Join(", ", CaseNames.Grades)}");
            }

            long nowMs = DutyStore.NowMs();
            Case found = CaseDesk.Found(rows, new FoundDanger(at, grade, words, user.Person, Level), nowMs);
            rows.Note(new DutyLogRow(0, nowMs, user.Name, user.Person, "danger", at.Township, found.Id, words));
            return found;
        });
    }

    /// <summary>The newest rows of the shift log.</summary>
    public IReadOnlyList<DutyLogRow> ShiftLog() =>
        [.. store.With(rows => rows.ShiftLog(Scope.Township, CountyLimits.DutyHistoryRows)).Where(row => Scope.Sees(row.Township))];

    /// <param name="rows">Where they are.</param>
    /// <param name="stations">Those that the person sees.</param>
    /// <param name="only">The only one of them; null = they are many.</param>
    private IReadOnlyList<StationLine> Lines(SqlStore rows, IEnumerable<StationRegistration> stations, uint? only)
    {
        long nowMs = DutyStore.NowMs();
        Dictionary<uint, StationState> states = rows.States().ToDictionary(state => state.Station);
        ILookup<uint, Case> open = Dangers(rows, only).ToLookup(one => one.Station);
        ILookup<uint, Case> alarms = rows.Cases(
                new CaseQuery { OpenOnly = true, Class = CaseClass.Alarm, Township = Scope.Township, Station = only })
            .OrderBy(alarm => BoardLook.Rank(alarm), StringComparer.Ordinal).ToLookup(one => one.Station);
        IReadOnlyDictionary<uint, BoxReport> boxes = BoxReport.From(
            rows.Events(BoxReport.Query(DateTimeOffset.UtcNow, Scope.Township, only)));
        return
        [
            .. stations.Select(one =>
            {
                StationState? state = states.GetValueOrDefault(one.Station);
                Case? alarm = alarms[one.Station].FirstOrDefault();
                string look = BoardLook.Of(state, alarm is null ? null : BoardLook.Of(alarm));
                return new StationLine(
                    one, state, StationCodes.Of(open[one.Station], state?.StationCode ?? 0, nowMs), open[one.Station].Count(),
                    (BoxText.Short(boxes.GetValueOrDefault(one.Station)), BoxText.English(boxes.GetValueOrDefault(one.Station))),
                    look, BoardLook.Words(look, alarm, state, rows.PlacesOf));
            }),
        ];
    }

    private StationRegistration? Seen(SqlStore rows, uint station) =>
        rows.Registered(station) is { } at && Scope.Sees(at.Township) ? at : null;

    private IReadOnlyList<Case> Dangers(SqlStore rows, uint? station = null) =>
    [
        .. ((CaseClass[])[CaseClass.Danger, CaseClass.Risk])
            .SelectMany(of => rows.Cases(
                new CaseQuery { OpenOnly = true, Class = of, Township = Scope.Township, Station = station }))
            .Where(one => Scope.Sees(one.Township)).OrderBy(one => one.DueMs).ThenBy(one => one.Id, StringComparer.Ordinal),
    ];

    private EventQuery Within(EventQuery query, int? max) => query with { Township = Scope.Township ?? query.Township, NewestMax = max };
}
