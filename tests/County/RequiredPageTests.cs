// Owns: what becomes of a fire where a duty page is required and none that sounds may see it; and what counts as one.
// Must never: wait for the rule's times: the county's clock is moved.

using System.Net.ServerSentEvents;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Duty;

namespace Gateway.County.Tests;

public sealed class RequiredPageTests
{
    private const int GraceS = CountyLimits.DutyPageGraceMs / 1_000;
    private const int WaitS = CountyLimits.DutyPageWaitMs / 1_000;

    [Fact]
    public void Fire_that_no_page_sounds_for_goes_up_once_and_anew_after_a_page_was_there()
    {
        (Rig made, Pages pages, FakeGateway gateway) = Begun();
        using Rig rig = made;
        rig.Pass(GraceS);
        Fire(rig, gateway);
        rig.Pass(WaitS - 2);
        Assert.Equal(EscalationLevel.Village, Level(rig));
        rig.Pass(5);
        Assert.Equal(EscalationLevel.Township, Level(rig));
        rig.Pass(600);
        Assert.Equal(EscalationLevel.Township, Level(rig));
        Assert.Equal([(gateway.Station, EscalationLevel.Township)], pages.Told);
        Case one = Assert.Single(rig.Store.Cases(new CaseQuery { OpenOnly = true, Class = CaseClass.Alarm }));
        Assert.Equal(EscalationLevel.Township, one.Level);

        pages.Open.Add(FakeGateway.Township);
        rig.Pass(5);
        pages.Open.Clear();
        rig.Pass(WaitS + 5);
        Assert.Equal(EscalationLevel.County, Level(rig));
        rig.Pass(600);
        Assert.Equal(2, pages.Told.Count);
    }

    [Fact]
    public void Page_of_another_township_does_not_count_and_one_that_sees_it_does()
    {
        (Rig made, Pages pages, FakeGateway gateway) = Begun();
        using Rig rig = made;
        rig.Pass(GraceS);
        pages.Open.Add("330726999");
        Fire(rig, gateway);
        rig.Pass(WaitS - 5);
        pages.Open.Add(FakeGateway.Township);
        rig.Pass(600);
        Assert.Equal(EscalationLevel.Village, Level(rig));
        pages.Open.Remove(FakeGateway.Township);
        rig.Pass(WaitS - 2);
        Assert.Equal(EscalationLevel.Village, Level(rig));
        rig.Pass(5);
        Assert.Equal(EscalationLevel.Township, Level(rig));
    }

    [Fact]
    public void Fire_does_not_go_up_before_pages_can_be_back_after_a_start()
    {
        (Rig made, Pages pages, FakeGateway gateway) = Begun();
        using Rig rig = made;
        Fire(rig, gateway);
        rig.Pass(GraceS - 5);
        Assert.Equal(EscalationLevel.Village, Level(rig));
        Assert.Empty(pages.Told);
        rig.Pass(10);
        Assert.Equal(EscalationLevel.Township, Level(rig));
        rig.Restart(Options(pages));
        rig.Pass(GraceS - 5);
        Assert.Equal(EscalationLevel.Township, Level(rig));
    }

    [Fact]
    public void Fire_that_somebody_took_or_answered_waits_for_no_page()
    {
        (Rig made, Pages pages, FakeGateway gateway) = Begun();
        using Rig rig = made;
        rig.Pass(GraceS);
        Fire(rig, gateway);
        Case one = Assert.Single(rig.Store.Cases(new CaseQuery { OpenOnly = true, Class = CaseClass.Alarm }));
        CaseDesk.Act(rig.Store, new CaseRequest { Case = one.Id, Kind = CaseActKind.Take, By = "李" }, rig.NowMs);
        rig.Pass(600);
        Assert.Equal(EscalationLevel.Village, Level(rig));
        rig.Send(gateway.Batch(Lane.Fire, 1, gateway.Record(Lane.Fire, 2, EventKind.Reset)));
        rig.Pass(600);
        Assert.Empty(pages.Told);
    }

    [Fact]
    public void Where_no_page_is_required_nothing_goes_up_for_want_of_one()
    {
        FakeGateway gateway = new(330701);
        using Rig rig = new(gateway);
        rig.Restart(new CountyOptions { TownshipAfterMs = 1_000_000_000, CountyAfterMs = 2_000_000_000 });
        rig.Send(gateway.Hello());
        Fire(rig, gateway);
        rig.Pass(GraceS + WaitS + 60);
        Assert.Equal(EscalationLevel.Village, Level(rig));
    }

    [Fact]
    public async Task Page_counts_while_it_says_that_it_sounds_and_is_open_and_for_its_township_alone()
    {
        await using DutyRig rig = new();
        Browser there = await rig.As("there");
        (HttpResponseMessage stream, string name) = await Opened(there);
        Assert.False(rig.Room.Missed.Sounds(DutyRig.There));
        Assert.Equal(409, (await there.Post("/sounding/x")).Code);
        Assert.Equal(409, (await (await rig.As("there")).Post($"/sounding/{name}")).Code);
        Assert.False(rig.Room.Missed.Sounds(DutyRig.There));
        Assert.Equal(204, (await there.Post($"/sounding/{name}")).Code);
        Assert.True(rig.Room.Missed.Sounds(DutyRig.There));
        Assert.False(rig.Room.Missed.Sounds(DutyRig.Here));
        stream.Dispose();
        await Patience.UntilAsync(() => !rig.Room.Missed.Sounds(DutyRig.There));

        // An engineer's page is not the duty's; a reader's hangs on a wall.
        Browser engineer = await rig.As("engineer");
        (HttpResponseMessage theirs, string engineers) = await Opened(engineer);
        Assert.Equal(204, (await engineer.Post($"/sounding/{engineers}")).Code);
        Assert.False(rig.Room.Missed.Sounds(DutyRig.Here));
        Browser wall = await rig.As("reader");
        (HttpResponseMessage large, string walls) = await Opened(wall);
        Assert.Equal(204, (await wall.Post($"/sounding/{walls}")).Code);
        Assert.True(rig.Room.Missed.Sounds(DutyRig.Here));
        theirs.Dispose();
        large.Dispose();
    }

    [Fact]
    public async Task Missing_page_is_on_the_live_list_and_in_the_shift_log()
    {
        await using DutyRig rig = new();
        List<string> lines = [];
        rig.Room.Missed.Tell = lines.Add;
        rig.Room.Missed.Missed(
            rig.Rig.Store.Stations()[0],
            new Escalation
            {
                Alarm = new EventKey(330701, 1, Lane.Fire, 1), Zone = 3, StartedMs = 0, LevelMs = 0, Level = EscalationLevel.Township,
            });
        await Patience.UntilAsync(() => rig.Rig.Store.ShiftLog(DutyRig.Here, 10).Any(row => row.Act == "no-page"));
        Assert.Contains("330701 甲村<b>站  报警无响铃的值班页 30 秒，现归乡镇", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains("无值班页，已升级", (await (await rig.As("here")).Get("/shift")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("无值班页，已升级", (await (await rig.As("there")).Get("/shift")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Townships_without_a_page_are_told_beforehand_once_until_all_are_heard_again()
    {
        Pages pages = new();
        List<string> lines = [];
        MissedPages missed = new(pages.Sounds) { Tell = lines.Add };
        string[] all = [DutyRig.Here, DutyRig.There];
        Look(0);
        Look(GraceS - 1);
        Assert.Empty(lines);
        Look(GraceS);
        Assert.Contains($"30秒后升级 no duty page sounds, a fire would go up: {DutyRig.Here} {DutyRig.There}", Assert.Single(lines),
            StringComparison.Ordinal);
        pages.Open.Add(DutyRig.Here);
        Look(GraceS + 100);
        Assert.Single(lines);
        pages.Open.Add(DutyRig.There);
        Look(GraceS + 102);
        Assert.Contains("sounds for every township again", lines[^1], StringComparison.Ordinal);

        // A browser that is loaded anew is back before the wait is over.
        pages.Open.Clear();
        Look(GraceS + 200);
        Look(GraceS + 200 + WaitS - 1);
        pages.Open.UnionWith(all);
        Look(GraceS + 200 + WaitS);
        Assert.Equal(2, lines.Count);

        void Look(int atS) => missed.Look(all, atS * 1_000L);
    }

    [Fact]
    public async Task Silent_page_says_what_becomes_of_a_fire_where_a_page_is_required()
    {
        await using DutyRig rig = new();
        Browser county = await rig.As("county");
        Assert.DoesNotContain("本县要求有声的值班页", (await county.Get("/")).Text, StringComparison.Ordinal);
        rig.Room.Missed.Tell = _ => { };
        Assert.Contains("本县要求有声的值班页", (await county.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains("本县要求有声的值班页", (await county.Get("/wall")).Text, StringComparison.Ordinal);
    }

    private static (Rig Rig, Pages Pages, FakeGateway Gateway) Begun()
    {
        FakeGateway gateway = new(330701);
        Rig rig = new(gateway);
        Pages pages = new();
        rig.Restart(Options(pages));
        rig.Send(gateway.Hello());
        return (rig, pages, gateway);
    }

    /// <summary>Nothing else lets a fire go up.</summary>
    private static CountyOptions Options(Pages pages) =>
        new() { TownshipAfterMs = 1_000_000_000, CountyAfterMs = 2_000_000_000, Pages = pages };

    private static void Fire(Rig rig, FakeGateway gateway) => rig.Send(gateway.Batch(
        Lane.Fire, 0, gateway.Record(Lane.Fire, 1, EventKind.FireAlarm, record => record.Zone = 3)));

    private static EscalationLevel Level(Rig rig) => Assert.Single(rig.Store.Escalations(openOnly: true)).Level;

    private static async Task<(HttpResponseMessage Answer, string Name)> Opened(Browser browser)
    {
        HttpResponseMessage answer = await browser.Ask(HttpMethod.Get, "/stream", head: true);
        CancellationToken stop = TestContext.Current.CancellationToken;
        await foreach (SseItem<string> one in SseParser.Create(await answer.Content.ReadAsStreamAsync(stop)).EnumerateAsync(stop))
        {
            Assert.Equal("page", one.EventType);
            return (answer, JsonDocument.Parse(one.Data).RootElement.GetProperty("name").GetString()!);
        }

        throw new InvalidOperationException("the stream said nothing");
    }

    private sealed class Pages : IDutyPages
    {
        public HashSet<string> Open { get; } = [];

        public List<(uint Station, EscalationLevel Level)> Told { get; } = [];

        public bool Sounds(string township) => Open.Contains(township);

        public void Missed(StationRegistration station, Escalation open) => Told.Add((station.Station, open.Level));
    }
}
