// Owns: looking for what changed, and telling every open page.
// Must never: wait for a page: one that does not take what it is told is dropped, and comes back for all of it.

using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Gateway.County.Duty.Pages;
using Gateway.County.Sql;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Duty;

/// <summary>What an open page is told.</summary>
/// <param name="scope">What it sees.</param>
/// <param name="session">The session that it is opened in.</param>
/// <param name="person">Who is on duty with it; empty = nobody is.</param>
/// <param name="counts">Whether its sound is for somebody on duty.</param>
/// <param name="ordersOnly">Whether it shows no board.</param>
internal sealed class OpenPage(Scope scope, string session, string person, bool counts, bool ordersOnly)
{
    private const long Never = -1;
    private long _soundedAtMs = Never;

    private readonly Channel<SseItem<string>> _channel = Channel.CreateBounded<SseItem<string>>(
        new BoundedChannelOptions(CountyLimits.DutyWaitingMax) { SingleReader = true });

    public Scope Scope => scope;

    public string Person => person;

    /// <summary>By which the page reports on itself.</summary>
    public string Name { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CountyLimits.DutyTokenBytes / 2));

    /// <summary>The session that it was opened in; no other one speaks for it.</summary>
    public string Session => session;

    /// <summary>Whether somebody on duty, or a wall, hears it now.</summary>
    public bool IsHeard => counts && Interlocked.Read(ref _soundedAtMs) is var at && at != Never
        && Environment.TickCount64 - at < CountyLimits.DutySoundMs;

    /// <summary>Its audio runs.</summary>
    public void Sounded() => Interlocked.Exchange(ref _soundedAtMs, Environment.TickCount64);

    /// <summary>Whether it shows no board: it is told what became of orders, and of nothing else.</summary>
    public bool OrdersOnly => ordersOnly;

    /// <summary>Whether it was told everything once, so that changes are enough.</summary>
    public bool Begun { get; set; }

    public ChannelReader<SseItem<string>> Told => _channel.Reader;

    /// <summary>False when it does not keep up: then its stream ends.</summary>
    public bool Tell(string kind, string json)
    {
        bool taken = _channel.Writer.TryWrite(new SseItem<string>(json, kind)
        {
            ReconnectionInterval = TimeSpan.FromMilliseconds(CountyLimits.DutyRetryMs),
        });
        if (!taken)
        {
            End();
        }

        return taken;
    }

    public void End() => _channel.Writer.TryComplete();
}

/// <summary>One loop for all pages. It asks the database, so that an act of a command line is seen as any other.</summary>
internal sealed class DutyWatch(DutyStore store, DutyRenderer renderer, MissedPages missed, ILogger log)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly Lock _gate = new();
    private readonly List<OpenPage> _pages = [];
    private readonly OrderWatch _orders = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ConcurrentDictionary<(string Id, int Version, string Name, bool Raised), string> _html = [];
    private readonly ConcurrentDictionary<(string Id, int Version), bool> _raised = [];
    private readonly Dictionary<Scope, Board> _boards = [];
    private long _changed = -1;
    private bool _troubled;

    /// <summary>Looks at once.</summary>
    public void Look() => _wake.Release();

    /// <summary>Tells every page that may know what becomes of it.</summary>
    public void Follow(StationCommand asked, string by)
    {
        _orders.Follow(asked, by);
        Look();
    }

    /// <summary>Null when too many pages are open.</summary>
    public OpenPage? Open(OpenPage page)
    {
        lock (_gate)
        {
            if (_pages.Count >= CountyLimits.DutyPagesMax)
            {
                return null;
            }

            _pages.Add(page);
        }

        Look();
        return page;
    }

    public void Close(OpenPage page)
    {
        lock (_gate)
        {
            _pages.Remove(page);
        }

        page.End();
    }

    /// <summary>An open page by its name and session, or null.</summary>
    public OpenPage? Find(string name, string session) =>
        Array.Find(Pages(), page => page.Name == name && page.Session == session);

    /// <summary>Whether a page that is heard sees the township.</summary>
    public bool Sounds(string township) => Array.Exists(Pages(), page => page.IsHeard && page.Scope.Sees(township));

    /// <summary>As it is now.</summary>
    public Task<Board> BoardOf(Scope scope) => BoardOf(scope, store.With(Glance.Of));

    public async Task Run(CancellationToken stop)
    {
        long wholeAtMs = 0;
        long beatAtMs = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(CountyLimits.DutyLookMs, stop);
                long runMs = Environment.TickCount64;
                bool whole = runMs >= wholeAtMs;
                wholeAtMs = whole ? runMs + CountyLimits.DutyWholeLookMs : wholeAtMs;
                missed.Write(store);
                if (whole && missed.Required)
                {
                    missed.Look(store.With(rows => DutyStations.All(rows).Select(one => one.Township).Distinct().ToArray()), runMs);
                }

                await Tell(whole);
                TellOrders(whole);
                Trouble(null);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e) when (e is DbException or StoreException or InvalidOperationException)
            {
                Trouble(e.Message);
            }

            if (Environment.TickCount64 >= beatAtMs)
            {
                beatAtMs = Environment.TickCount64 + CountyLimits.DutyBeatMs;
                string beat = JsonSerializer.Serialize(new { atMs = DutyStore.NowMs(), works = !_troubled }, s_json);
                Array.ForEach(Pages(), page => page.Tell("beat", beat));
            }
        }

        Array.ForEach(Pages(), page => page.End());
    }

    private OpenPage[] Pages()
    {
        lock (_gate)
        {
            return [.. _pages];
        }
    }

    private void Trouble(string? text)
    {
        if (text is not null && !_troubled)
        {
            log.LogWarning("值班页 duty page: {Problem}", text);
        }

        _troubled = text is not null;
    }

    private void TellOrders(bool whole)
    {
        OpenPage[] pages = Pages();
        if (pages.Length == 0)
        {
            return;
        }

        foreach ((string township, OrderNews news) in store.With(rows => _orders.Look(rows, whole)))
        {
            string told = JsonSerializer.Serialize(news, s_json);
            Array.ForEach(Array.FindAll(pages, page => page.Scope.Sees(township)), page => page.Tell("order", told));
        }
    }

    private async Task Tell(bool whole)
    {
        OpenPage[] pages = Array.FindAll(Pages(), page => !page.OrdersOnly);
        foreach (Scope gone in _boards.Keys.Except(pages.Select(page => page.Scope)).ToList())
        {
            _boards.Remove(gone);
        }

        if (pages.Length == 0)
        {
            return;
        }

        long changed = store.With(rows => rows.CasesChanged());
        if (!whole && changed == _changed && pages.All(page => page.Begun))
        {
            return;
        }

        Glance glance = store.With(Glance.Of);
        foreach (IGrouping<Scope, OpenPage> same in pages.GroupBy(page => page.Scope))
        {
            Board now = await BoardOf(same.Key, glance);
            string? all = null;
            string? change = _boards.TryGetValue(same.Key, out Board? before) && Change.Between(before, now) is { } one
                ? JsonSerializer.Serialize(one, s_json) : null;
            _boards[same.Key] = now;
            foreach (OpenPage page in same)
            {
                if (!page.Begun)
                {
                    page.Begun = page.Tell("all", all ??= JsonSerializer.Serialize(Change.All(now), s_json));
                }
                else if (change is not null)
                {
                    page.Tell("change", change);
                }
            }
        }

        _changed = changed;
    }

    private async Task<Board> BoardOf(Scope scope, Glance glance)
    {
        Case[] cases = [.. store.With(rows => rows.CasesForDesk(scope.Township, CountyLimits.DutyCasesShown))
            .Where(one => scope.Sees(one.Township))];
        List<BoardRow> rows = [];
        foreach (Case one in cases)
        {
            bool raised = scope.Township is null && IsRaised(one);
            string look = raised ? "raised" : BoardLook.Of(one);
            rows.Add(new BoardRow(
                one.Id, BoardLook.Rank(one, raised), look is "fire" or "raised" ? "fire" : "",
                await RowOf(one, look, glance.NameOf(one.Station))));
        }

        BoardCounts counts = BoardLook.Count(glance.Counts, scope);
        return new Board(
            rows, counts.Beyond(rows.Count), counts, BoardLook.Cells(glance.Stations, glance.States, cases, scope, PlacesOf), Shift(scope));
    }

    /// <summary>People with an open page who are on duty for all of the county, or for this township.</summary>
    private string Shift(Scope scope)
    {
        string[] people =
        [
            .. Pages().Where(page => page.Person.Length > 0 && (page.Scope.Township is null || scope.Sees(page.Scope.Township)))
                .Select(page => page.Person).Distinct().Order(StringComparer.Ordinal),
        ];
        return people.Length == 0 ? "–" : FirstOf(people, '、');
    }

    /// <summary>As many as a line has room for, and how many more there are.</summary>
    internal static string FirstOf(string[] words, char between) =>
        string.Join(between, words.Take(CountyLimits.DutyShiftShown))
        + (words.Length > CountyLimits.DutyShiftShown ? $" +{words.Length - CountyLimits.DutyShiftShown}" : "");

    private StationPlaces? PlacesOf(StationState state) => store.With(rows => rows.PlacesOf(state));

    private bool IsRaised(Case one)
    {
        if (one.Class != CaseClass.Alarm || one.State != CaseState.Taken)
        {
            return false;
        }

        Forget(_raised);
        return _raised.GetOrAdd(
            (one.Id, one.Version),
            _ => BoardLook.IsRaised(one, store.With(rows => rows.Steps(one.Id)).OrderBy(step => step.AtMs).ThenBy(step => step.N)));
    }

    /// <summary>What was kept of before is not looked for one by one: what is still shown is soon there again.</summary>
    private static void Forget<TKey, TValue>(ConcurrentDictionary<TKey, TValue> kept)
        where TKey : notnull
    {
        if (kept.Count > CountyLimits.DutyRowsKept)
        {
            kept.Clear();
        }
    }

    private async Task<string> RowOf(Case one, string look, string name)
    {
        (string, int, string, bool) key = (one.Id, one.Version, name, look == "raised");
        if (_html.TryGetValue(key, out string? known))
        {
            return known;
        }

        Forget(_html);
        return _html[key] = await renderer.Of<CaseRow>(
            (nameof(CaseRow.Case), one), (nameof(CaseRow.Station), name), (nameof(CaseRow.Look), look));
    }

    /// <summary>What all scopes share.</summary>
    private sealed record Glance(
        IReadOnlyList<CaseCount> Counts, IReadOnlyList<StationRegistration> Stations, IReadOnlyDictionary<uint, StationState> States)
    {
        private readonly Dictionary<uint, string> _names = Stations.ToDictionary(one => one.Station, one => one.Name);

        public static Glance Of(SqlStore rows) =>
            new(rows.CountCases(), DutyStations.All(rows), rows.States().ToDictionary(state => state.Station));

        public string NameOf(uint station) => _names.GetValueOrDefault(station, DutyStations.Gone);
    }
}

/// <summary>What a page is told of a board.</summary>
/// <param name="Rows">Those that are new or look otherwise.</param>
/// <param name="Gone">Names of those that are no longer there.</param>
/// <param name="More">How many more there are.</param>
/// <param name="Counts">Of all.</param>
/// <param name="Cells">Of stations that look otherwise.</param>
/// <param name="Shift">Who is on duty.</param>
internal sealed record Change(
    IReadOnlyList<BoardRow> Rows, IReadOnlyList<string> Gone, int More, BoardCounts Counts, IReadOnlyList<BoardCell> Cells, string Shift)
{
    public static Change All(Board board) => new(board.Rows, [], board.More, board.Counts, board.Cells, board.Shift);

    /// <summary>Null when nothing differs.</summary>
    public static Change? Between(Board before, Board now)
    {
        BoardRow[] rows = [.. now.Rows.Except(before.Rows)];
        string[] gone = [.. before.Rows.Select(row => row.Id).Except(now.Rows.Select(row => row.Id))];
        BoardCell[] cells = [.. now.Cells.Except(before.Cells)];
        return rows.Length + gone.Length + cells.Length == 0
            && (before.More, before.Counts, before.Shift) == (now.More, now.Counts, now.Shift)
            ? null : new Change(rows, gone, now.More, now.Counts, cells, now.Shift);
    }
}
