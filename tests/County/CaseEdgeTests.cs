// Owns: what people and clocks do to cases that nobody plans for: wrong levels, two at once, clocks set back, other stores, hostile texts.
// Must never: wait: the county's clock is moved.

using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Sql;
using Microsoft.Data.Sqlite;

namespace Gateway.County.Tests;

[SupportedOSPlatform("linux")]
public sealed class CaseEdgeTests : ProgramRig
{
    private const uint Station = 330701;
    private const long DayMs = 86_400_000;
    private readonly FakeGateway _gateway = new(Station) { UtcMs = 1_780_000_000_000 };

    [Fact]
    public void Alarm_that_went_up_is_judged_by_a_person_of_its_level()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, _gateway.Record(Lane.Fire, 1, EventKind.FireAlarm)));
        rig.NowMs += 61_000;
        rig.Desk.Tick(rig.Now);
        CaseRequest judged = new()
        {
            Case = "330701-77-0-1", Kind = CaseActKind.Judge, By = "村", Level = EscalationLevel.Village, Judgement = CaseJudgement.Real,
        };
        Assert.Contains("归乡镇办理", Refusal(rig, judged), StringComparison.Ordinal);
        Assert.Equal(CaseJudgement.None, rig.Store.Case("330701-77-0-1")!.Judgement);
    }

    [Fact]
    public void Closing_holds_where_the_clock_was_set_back_until_the_box_tells_of_it_again()
    {
        using Rig rig = new(_gateway);
        string id = DangerOfEarlierLife(rig);
        Case closed = CaseDesk.Act(rig.Store, new CaseRequest { Case = id, Kind = CaseActKind.Close, By = "王" }, rig.NowMs - DayMs);
        Assert.Equal(CaseState.Closed, closed.State);
        TellAgain(rig);
        Assert.Equal(CaseState.Open, rig.Store.Case(id)!.State);
    }

    [Fact]
    public void Danger_that_was_there_before_the_other_was_closed_is_no_relapse_of_it()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Condition, 0, Danger(1)));
        string old = Assert.Single(rig.Store.Cases(new CaseQuery())).Id;
        _gateway.Epoch = 78;
        _gateway.UtcMs += DayMs;
        rig.NowMs += DayMs;
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Batch(Lane.Condition, 0, Danger(1)));
        rig.NowMs += DayMs;
        CaseDesk.Act(rig.Store, new CaseRequest { Case = old, Kind = CaseActKind.Close, By = "王" }, rig.NowMs);
        Case second = Assert.Single(rig.Store.Cases(new CaseQuery { OpenOnly = true }));
        Assert.Null(rig.Store.RelapseOf(second));

        // What comes behind the closing is one.
        _gateway.Epoch = 79;
        _gateway.UtcMs += 2 * DayMs;
        rig.NowMs += DayMs;
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Batch(Lane.Condition, 0, Danger(1)));
        Case third = Assert.Single(rig.Store.Cases(new CaseQuery { OpenOnly = true }), one => one.Track.Epoch == 79);
        Assert.Equal(old, rig.Store.RelapseOf(third)?.Id);
    }

    [Fact]
    public void Silence_that_a_person_closed_stays_closed_when_the_station_is_back()
    {
        using Rig rig = new(_gateway);
        string silent = SilenceClosedByPerson(rig);
        Assert.True(rig.Store.AddStation(_gateway.Registration));
        rig.Pass(5);
        rig.Send(_gateway.NextSession());
        Assert.Equal(CaseState.Closed, rig.Store.Case(silent)!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Second_silence_is_a_case_of_its_own_also_behind_one_that_a_person_closed(bool restarts)
    {
        using Rig rig = new(_gateway);
        string first = SilenceClosedByPerson(rig);
        if (restarts)
        {
            // A new process knows no open silence of it, and so notes no end of that one.
            rig.Restart();
        }

        Assert.True(rig.Store.AddStation(_gateway.Registration));
        rig.Pass(5);
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Heartbeat());
        Assert.Equal(CaseState.Closed, rig.Store.Case(first)!.State);
        rig.Pass(620);
        Case second = Assert.Single(rig.Store.Cases(new CaseQuery { OpenOnly = true }));
        Assert.Equal((CaseTrouble.Silent, false), (second.Trouble, second.Id == first));
        Assert.Equal(CaseState.Closed, rig.Store.Case(first)!.State);
        Assert.Equal(0, CaseDesk.Rebuild(rig.Store, rig.Store, Station, rig.NowMs));
    }

    [Fact]
    public void Case_that_was_open_again_tells_its_second_closing_as_a_step_of_its_own()
    {
        using Rig rig = new(_gateway);
        string id = DangerOfEarlierLife(rig);
        CaseDesk.Act(rig.Store, new CaseRequest { Case = id, Kind = CaseActKind.Close, By = "王" }, rig.NowMs);
        CaseStep first = rig.Store.Steps(id)[^1];
        Assert.Equal(CaseStepKind.Closed, first.Kind);
        TellAgain(rig);
        Assert.Equal(CaseState.Open, rig.Store.Case(id)!.State);
        rig.Send(_gateway.Batch(Lane.Condition, 2, _gateway.Record(Lane.Condition, 3, EventKind.CaseClosed, r =>
        {
            r.Zone = 3;
            r.UptimeMs += 3;
        })));

        // Whoever goes by the steps' numbers hears of it.
        CaseStep second = Assert.Single(rig.Store.StepsAfter(first.Number, 100), step => step.Kind == CaseStepKind.Closed);
        Assert.True(second.N > first.N);
        Assert.Single(rig.Store.Steps(id), step => step.Kind == CaseStepKind.Closed);
        Assert.Equal(0, CaseDesk.Rebuild(rig.Store, rig.Store, Station, rig.NowMs));
    }

    [Fact]
    public void Of_many_who_act_on_what_they_saw_one_does()
    {
        Register();
        using SqlStore store = SqlStore.Open(In("county.db"));
        FoundDanger danger = new(new FakeGateway(Station).Registration, CaseGrade.Low, "电线", "李", EscalationLevel.County);
        Case found = CaseDesk.Found(store, danger, 1_780_000_000_000);
        int done = 0, refused = 0;
        Parallel.For(0, 8, i =>
        {
            using SqlStore own = SqlStore.Open(In("county.db"));
            CaseRequest take = new() { Case = found.Id, Kind = CaseActKind.Take, By = $"人{i}", Version = found.Version };
            try
            {
                CaseDesk.Act(own, take, 1_780_000_001_000);
                Interlocked.Increment(ref done);
            }
            catch (CaseRefusedException e) when (e.Message.Contains("已被他人改动", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal((1, 7), (done, refused));
        Assert.Equal([CaseStepKind.Opened, CaseStepKind.Taken], store.Steps(found.Id).Select(step => step.Kind));
    }

    [Fact]
    public async Task Case_that_somebody_changed_is_left_alone_by_who_says_what_was_seen()
    {
        Register();
        Assert.Equal(0, Run("danger", "add", "--station", "330701", "--grade", "low", "--words", "电线", "--by", "李").Code);
        using SqlStore store = SqlStore.Open(In("county.db"));
        Case found = Assert.Single(store.Cases(new CaseQuery()));
        string[] take = ["case", "take", found.Id, "--by=王", $"--seen={found.Version}", $"--db={In("county.db")}"];
        Assert.Equal((0, ""), await Told(take));
        Assert.Contains("已被他人改动", (await Told(take)).Error, StringComparison.Ordinal);

        // Each level has its own owner.
        Assert.Equal((0, ""), await Told("case", "take", found.Id, "--by=张", "--level=village", $"--db={In("county.db")}"));
        string shown = Run("case", found.Id).Output;
        Assert.Contains("受理（村）：张", shown, StringComparison.Ordinal);
        Assert.Contains("受理（县）：王", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_of_a_case_takes_no_text_of_anybody_for_its_own()
    {
        const string Evil = "<script>alert(1)</script>&\"'";
        using (SqlStore store = SqlStore.Open(In("county.db")))
        {
            StationRegistration evil = new()
            {
                Station = Station, County = "330726", Township = "330726101", Village = "330726101003", Name = "<b>站</b>",
                Key = _gateway.Registration.Key,
            };
            Assert.True(store.AddStation(evil));
            store.PutPlaces(
                [
                    new PlaceFile
                    {
                        Station = Station, Address = Evil, Contact = Evil, Telephone = Evil, Gas = Evil, Keys = Evil, Notes = Evil,
                    },
                ],
                1);
            store.PutCalloutPlan([new CalloutParty { Station = Station, Party = Evil }], [Station]);
            CountyDesk desk = new(store, new Recorder(), new CountyOptions());
            Instant now = new(1_780_000_000_000, 0);
            foreach (Sent sent in (Sent[])
                [_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, _gateway.Record(Lane.Fire, 1, EventKind.FireAlarm))])
            {
                desk.Commit([desk.Open(sent.Topic, sent.Payload, now)!], now);
            }

            foreach ((CaseActKind kind, string party, CaseJudgement judgement) in ((CaseActKind, string, CaseJudgement)[])
                [(CaseActKind.Take, "", default), (CaseActKind.Judge, "", CaseJudgement.Real), (CaseActKind.SetOut, Evil, default),
                    (CaseActKind.Joined, Evil, default), (CaseActKind.Judge, "", CaseJudgement.False)])
            {
                CaseDesk.Act(
                    store,
                    new CaseRequest
                    {
                        Case = "330701-77-0-1", Kind = kind, By = Evil, Words = Evil, Cause = Evil, Party = party, Judgement = judgement,
                    },
                    1_780_000_009_000);
            }
        }

        Assert.Equal(0, Run("case", "330701-77-0-1", "--report", "page.html").Code);
        string page = File.ReadAllText(In("page.html"), Encoding.UTF8);
        Assert.Contains("增援", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"'", page, StringComparison.Ordinal);
        Assert.True(page.Split("&lt;script&gt;").Length > 12);
    }

    [Theory]
    [InlineData(SqlCaseStatements.IsOpen)]
    [InlineData(SqlCaseStatements.IsOver)]
    public void Oldest_cases_of_a_station_are_found_without_sorting_all(string which)
    {
        // A station with thousands of cases would stall all others at each new one.
        using (SqlStore.Open(In("county.db")))
        {
            using SqliteConnection connection = new($"Data Source={In("county.db")};Pooling=false");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN DELETE FROM cases WHERE {SqlCaseStatements.Older(which)}";
            command.Parameters.AddWithValue("@p0", 1L);
            command.Parameters.AddWithValue("@p1", 1L);
            using SqliteDataReader row = command.ExecuteReader();
            List<string> plan = [];
            while (row.Read())
            {
                plan.Add(row.GetString(3));
            }

            Assert.Contains(plan, step => step.Contains("by_age", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("station,party\n7,a", "row 2 A 站点: 7; allowed: a station that is registered")]
    [InlineData("station,party\n330701,", "row 2 B 增援力量: an empty cell; allowed: 1..60")]
    [InlineData("station,party\n330701,a\n330701,a", "row 3 B 增援力量: a a second time; allowed: each once a station")]
    [InlineData("station,party,ring\n330701,a,10", "row 2 C 圈: 10; allowed: 1..9")]
    [InlineData("station,party,neighbour\n330701,a,8", "row 2 C 邻站: 8; allowed: a station that is registered")]
    [InlineData("station,party,within\n330701,a,0", "row 2 C 到场秒数: 0; allowed: 1..7200")]
    [InlineData("station,telephone\n330701,1", "allowed: ")]
    public async Task Table_of_plans_with_a_bad_line_is_refused_whole(string table, string says)
    {
        Register();
        File.WriteAllText(In("plans.csv"), table);
        (int code, string error) = await Told("callout", "import", In("plans.csv"), $"--db={In("county.db")}");
        Assert.NotEqual(0, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.Empty(store.CalloutPlan(null));
    }

    [Fact]
    public async Task Plans_are_made_by_verbs_and_carried_out_by_them()
    {
        Register();
        Register(330702);
        string db = $"--db={In("county.db")}";
        File.WriteAllText(In("plans.csv"), "站点,增援力量,圈,电话,到场秒数\r\n330701,镇专职队,1,119,180\r\n330701,县大队,2,,\r\n");
        Assert.Equal((0, ""), await Told("callout", "import", In("plans.csv"), db));
        Assert.Equal((0, ""), await Told("callout", "add", "--station=330701", "--party=义消", "--ring=2", "--neighbour=330702", db));
        Assert.Equal((0, ""), await Told("callout", "remove", "--station=330701", "--party=县大队", db));
        Assert.Contains("is not in the plan", (await Told("callout", "remove", "--station=330701", "--party=县大队", db)).Error,
            StringComparison.Ordinal);
        File.WriteAllText(
            In("places.csv"), "station,longitude,latitude,datum\n330701,119.60,29.10,CGCS2000\n330702,119.61,29.10,CGCS2000\n");
        Assert.Equal((0, ""), await Told("place", "import", In("places.csv"), db));
        Assert.Equal((0, ""), await Told("callout", "rings", "--km=0.5,2", db));
        using SqlStore store = SqlStore.Open(In("county.db"));
        Assert.Equal(
            ["1 镇专职队 180 0", "2 330702号站 330702 300 330702", "2 义消 300 330702"],
            store.CalloutPlan(Station).Select(one => $"{one.Ring} {one.Party} {one.WithinS} {one.Neighbour}"));
        Assert.Equal((0, ""), await Told("callout", "rings", "--km=0.5", db));
        Assert.Equal(2, store.CalloutPlan(Station).Count);
    }

    [Fact]
    public async Task Lists_are_narrowed_by_level_and_a_case_goes_with_its_place()
    {
        Register();
        string db = $"--db={In("county.db")}";
        File.WriteAllText(In("places.csv"), "station,address,telephone,sleeping\n330701,金塘村1号,0579,12\n");
        Assert.Equal((0, ""), await Told("place", "import", In("places.csv"), db));
        Assert.Equal(0, Run("danger", "add", "--station", "330701", "--grade", "low", "--words", "电线", "--by", "李").Code);
        Assert.Equal(0, Run("danger", "add", "--station", "330701", "--grade", "major", "--words", "通道", "--by", "李").Code);
        string county = Run("cases", "--level", "county").Output;
        Assert.Contains("通道", county, StringComparison.Ordinal);
        Assert.DoesNotContain("电线", county, StringComparison.Ordinal);
        using SqlStore store = SqlStore.Open(In("county.db"));
        using JsonDocument one = JsonDocument.Parse(Run("case", store.Cases(new CaseQuery())[0].Id, "--json").Output);
        JsonElement place = one.RootElement[0].GetProperty("place");
        Assert.Equal(("金塘村1号", 12), (place.GetProperty("address").GetString(), place.GetProperty("sleeping").GetInt32()));
        Assert.False(place.TryGetProperty("telephone", out _));
    }

    private static string Refusal(Rig rig, CaseRequest request) =>
        Assert.Throws<CaseRefusedException>(() => CaseDesk.Act(rig.Store, request, rig.NowMs)).Message;

    /// <summary>Gives the case of a danger that the box told of before it began anew.</summary>
    private string DangerOfEarlierLife(Rig rig)
    {
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Condition, 0, Danger(1)));
        string id = Assert.Single(rig.Store.Cases(new CaseQuery())).Id;
        _gateway.Epoch = 78;
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Heartbeat());
        return id;
    }

    /// <summary>The earlier life is back and tells of its danger again.</summary>
    private void TellAgain(Rig rig)
    {
        _gateway.Epoch = 77;
        rig.Send(_gateway.NextSession());
        rig.Send(_gateway.Batch(Lane.Condition, 1, Danger(2)));
    }

    /// <summary>Gives the case of a silence that a person closed while the station, still silent, was not registered.</summary>
    private string SilenceClosedByPerson(Rig rig)
    {
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Heartbeat());
        rig.Pass(620);
        string id = Assert.Single(rig.Store.Cases(new CaseQuery())).Id;
        Assert.True(rig.Store.RemoveStation(Station));
        rig.Pass(5);
        CaseDesk.Act(rig.Store, new CaseRequest { Case = id, Kind = CaseActKind.Close, By = "王" }, rig.NowMs);
        return id;
    }

    private EventRecord Danger(uint sequence) => _gateway.Record(Lane.Condition, sequence, EventKind.CaseOpened, r =>
    {
        r.Zone = 3;
        r.UptimeMs += sequence;
    });
}
