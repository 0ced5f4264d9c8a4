// Owns: what a platform may say of a case, what it may not, and that nothing that it says ends anything here.
// Must never: let a request in that a real one could not send.

using System.Text;
using System.Text.Json;
using Gateway.Contract;
using Gateway.County.Duty;
using Gateway.County.HandOver;
using Gateway.County.Server;
using Gateway.County.Sql;

namespace Gateway.County.Tests.HandOver;

public class FeedbackTests : StoreTests, IDisposable
{
    private const string Fire = "330701-77-0-1";
    private const string Token = "a-token-of-the-integrator";
    private readonly FakeGateway _gateway = new(330701) { UtcMs = 1_780_000_000_000 };
    private readonly WebhookSecret _secret = WebhookSecret.Parse(WebhookSecret.Create())!;
    private readonly List<string> _told = [];
    private readonly Rig _rig;
    private readonly SqlStore _store;
    private readonly HandOverDoor _door;
    private int _messages;

    public FeedbackTests()
        : this(null)
    {
    }

    private protected FeedbackTests(PostgresFixture? postgres)
        : base(postgres)
    {
        _rig = NewRig(_gateway);
        _store = SqlStore.Open(_rig.Address);
        _door = new HandOverDoor(new DoorSettings([_secret], Token), _store, (_, line) => _told.Add(line), TimeProvider.System);
        _rig.Send(_gateway.Hello());
        _rig.Send(_gateway.Batch(Lane.Fire, 0, _gateway.Record(Lane.Fire, 1, EventKind.FireAlarm, r => r.Zone = 3)));
    }


    [Fact]
    public async Task States_rise_by_their_rank_and_each_message_is_a_step()
    {
        foreach ((string state, string holds) in ((string, string)[])[
            ("accepted", "accepted"), ("handling", "handling"), ("assigned", "handling"), ("done", "done"), ("accepted", "done")])
        {
            Assert.Equal(holds, State(await Say(Fire, $$$"""{"state":"{{{state}}}","words":"出警","by":{"organisation":"金塘所"}}""")));
        }

        CaseStep[] steps = [.. _rig.Store.Steps(Fire).Where(step => step.Kind == CaseStepKind.Platform)];
        Assert.Equal(["accepted 出警", "handling 出警", "assigned 出警", "done 出警", "accepted 出警"], steps.Select(step => step.Words));
        Assert.All(steps, step => Assert.Equal("金塘所", step.Who));
        Assert.Equal("上级平台：受理 出警", new HandOverWords().Step(steps[0]));
        Assert.Equal("The platform above: accepted 出警", CaseEnglish.Words(steps[0]));
    }

    [Fact]
    public async Task Return_counts_when_it_is_the_latest_and_what_came_before_it_does_not_undo_it()
    {
        Assert.Equal("done", State(await Say(Fire, """{"state":"done","at":"2026-05-28T12:00:00+08:00"}""")));
        Assert.Equal("done", State(await Say(Fire, """{"state":"returned","at":"2026-05-28 11:00:00"}""")));
        Assert.Equal("returned", State(await Say(Fire, """{"state":"returned","at":"2026-05-28 13:00:00"}""")));
        Assert.Equal("returned", State(await Say(Fire, """{"state":"struck-off","at":"2026-05-28T04:30:00Z"}""")));
        Assert.Equal("accepted", State(await Say(Fire, """{"state":"accepted","at":"2026-05-28T14:00:00.5+08:00"}""")));
    }

    [Theory]
    [InlineData("0001-01-02 00:00:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59+08:00")]
    public async Task Moment_before_all_counts_as_one_and_stops_nothing(string at)
    {
        Assert.Equal("handling", State(await Say(Fire, $$"""{"state":"handling","at":"{{at}}"}""")));
        Assert.Equal("returned", State(await Say(Fire, """{"state":"returned"}""")));
    }

    [Fact]
    public async Task Many_at_once_are_taken_once_each_and_the_highest_state_holds()
    {
        string[] states = ["accepted", "assigned", "handling", "done"];
        DoorRequest[] requests =
        [
            .. Enumerable.Range(0, 10).SelectMany(i => Enumerable.Repeat(Signed(Fire, $$"""{"state":"{{states[i % 4]}}"}"""), 2)),
        ];
        DoorAnswer[] answers = await Task.WhenAll(requests.Select(one => Task.Run(() => _door.Answer(one, Stop), Stop)));
        Assert.All(answers, one => Assert.Contains(one.Status, (int[])[200, 503]));
        foreach (DoorRequest late in requests.Where((_, i) => answers[i].Status == 503))
        {
            Assert.Equal(200, (await _door.Answer(late, Stop)).Status);
        }

        Assert.Equal(10, _rig.Store.Steps(Fire).Count(step => step.Kind == CaseStepKind.Platform));
        using IStoreTransaction rows = _rig.Store.Begin();
        Assert.Equal("done", rows.HandOver!.PlatformCase(Fire)!.State);
    }

    [Fact]
    public async Task Program_that_says_something_without_end_fills_no_table_and_its_last_word_holds()
    {
        for (int i = 0; i < HandOverLimits.FeedbackStepsMax + 10; i++)
        {
            Assert.Equal("accepted", State(await Say(Fire, """{"state":"accepted"}""")));
        }

        int lines = _told.Count;
        DoorRequest last = Signed(Fire, """{"state":"done","number":"SJ1"}""");
        Assert.Equal("done", State(await _door.Answer(last, Stop)));
        Assert.Equal("done", State(await _door.Answer(last, Stop)));
        Assert.Equal(lines + 1, _told.Count);
        Assert.Equal(HandOverLimits.FeedbackStepsMax, _rig.Store.Steps(Fire).Count(step => step.Kind == CaseStepKind.Platform));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Fire)]
    public async Task Case_that_turned_out_to_be_none_takes_what_is_said_of_it_without_a_step(string mergedInto)
    {
        Case none = _rig.Store.Case(Fire)!;
        (none.State, none.ClosedMs, none.MergedInto) = (CaseState.Merged, _rig.NowMs, mergedInto);
        using (IStoreTransaction rows = _rig.Store.Begin())
        {
            rows.Cases!.Put(none);
            rows.Commit();
        }

        DoorAnswer answer = await Say(Fire, """{"state":"done"}""");
        Assert.Equal((200, "done", "merged"), (answer.Status, State(answer), Text(answer, "caseState")));
        Assert.DoesNotContain(_rig.Store.Steps(Fire), step => step.Kind == CaseStepKind.Platform);
    }

    [Fact]
    public async Task Nothing_from_outside_silences_resets_or_closes_an_alarm()
    {
        Case before = _rig.Store.Case(Fire)!;
        foreach (string state in (string[])["accepted", "assigned", "handling", "done", "struck-off", "returned"])
        {
            Assert.Equal(200, (await Say(Fire, $$"""{"state":"{{state}}"}""")).Status);
        }

        Case after = _rig.Store.Case(Fire)!;
        Assert.Equal(
            (before.State, before.ClosedMs, before.EndedMs, before.Judgement, before.Level),
            (after.State, after.ClosedMs, after.EndedMs, after.Judgement, after.Level));
        Assert.Contains(_told, line => line.Contains("本级未销号", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_that_comes_again_is_taken_once()
    {
        string body = """{"state":"accepted","number":"SJ20260528001"}""";
        DoorRequest request = Signed(Fire, body);
        Assert.Equal(200, (await _door.Answer(request, Stop)).Status);
        Assert.Equal("accepted", State(await _door.Answer(request, Stop)));
        Assert.Single(_rig.Store.Steps(Fire), step => step.Kind == CaseStepKind.Platform);
        await Say(Fire, """{"state":"assigned","number":"another"}""");
        using IStoreTransaction rows = _rig.Store.Begin();
        Assert.Equal("SJ20260528001", rows.HandOver!.PlatformCase(Fire)!.Number);
    }

    [Theory]
    [InlineData(404, "330701-77-0-2", """{"state":"accepted"}""", "allowed: a case")]
    [InlineData(422, "330701-77-0-1", """{"state":"finished"}""", "accepted, assigned, handling, done, struck-off, returned")]
    [InlineData(422, "330701-77-0-1", "{}", "state: ''")]
    [InlineData(422, "330701-77-0-1", "[]", "allowed: an object")]
    [InlineData(422, "330701-77-0-1", "", "no JSON")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","words":7}""", "words:")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","silence":true}""", "no such field")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","at":"28.5.2026"}""", "at:")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","at":"0001-01-01 00:00:00"}""", "at:")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","at":"9999-12-31 23:59:59"}""", "no more than a day ahead")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","state":"done"}""", "each once")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","words":"\ud800"}""", "no JSON")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","number":"\u202E1"}""", "number:")]
    [InlineData(
        422, "330701-77-0-1",
        """{"state":"accepted","by":{"person":"0123456789012345678901234567890123456789012345678901234567890"}}""", "person:")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","flags":["urgent"]}""", "overdue, supervised")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","attachments":["file:///etc/passwd"]}""", "attachments:")]
    [InlineData(422, "330701-77-0-1", """{"state":"accepted","by":{"a":{"b":{"c":{"d":1}}}}}""", "no JSON")]
    public async Task What_cannot_be_is_refused_with_what_is_allowed(int status, string of, string body, string says)
    {
        DoorAnswer answer = await Say(of, body);
        Assert.Equal(status, answer.Status);
        Assert.Contains(says, Text(answer, "error"), StringComparison.Ordinal);
        Assert.DoesNotContain(_rig.Store.Steps(Fire), step => step.Kind == CaseStepKind.Platform);
    }

    [Fact]
    public async Task Forged_old_and_endless_messages_are_refused()
    {
        DoorRequest good = Signed(Fire, """{"state":"accepted"}""");
        Assert.Equal(401, (await _door.Answer(good with { Body = Encoding.UTF8.GetBytes("""{"state":"done"}""") }, Stop)).Status);
        Assert.Equal(401, (await _door.Answer(good with { Header = _ => "" }, Stop)).Status);
        Assert.Equal(401, (await _door.Answer(Signed(Fire, """{"state":"done"}""", agoS: 360), Stop)).Status);
        Assert.Equal(401, (await _door.Answer(
            Signed(Fire, """{"state":"done"}""", WebhookSecret.Parse(WebhookSecret.Create())), Stop)).Status);
        Assert.Equal(413, (await _door.Answer(good with { Body = null }, Stop)).Status);
        Assert.Equal(405, (await _door.Answer(good with { Method = "GET" }, Stop)).Status);
        Assert.Equal(404, (await _door.Answer(good with { Path = "/handover/v1/cases//status" }, Stop)).Status);
        Assert.DoesNotContain(_rig.Store.Steps(Fire), step => step.Kind == CaseStepKind.Platform);
    }

    [Fact]
    public async Task Integrator_behind_a_firewall_fetches_in_order_and_says_what_it_has()
    {
        using (IStoreTransaction rows = _rig.Store.Begin())
        {
            rows.HandOver!.Put(new HandOverTarget { Name = HandOverSettings.Platform });
            for (int n = 1; n <= 3; n++)
            {
                rows.HandOver!.Add(new HandOverRow
                {
                    Target = HandOverSettings.Platform, Number = 1_000 + n, MessageId = $"{Fire}-{n}", Case = Fire, Type = "t",
                    Priority = 3 - n, Body = HandOverMessage.Ping($"{Fire}-{n}", "330726", 1_000 + n, 1),
                });
            }

            rows.Commit();
        }

        Assert.Equal(401, (await Get("", token: "another")).Status);
        Assert.Equal(422, (await Get("limit=0")).Status);
        Assert.Equal([$"{Fire}-1", $"{Fire}-2"], Ids(await Get("limit=2")));
        Assert.Equal([$"{Fire}-3"], Ids(await Get("after=1002")));
        Assert.Empty(Ids(await Get("after=1003&wait=1")));
        DoorAnswer ack = await _door.Answer(
            new DoorRequest("POST", "/handover/v1/events/ack", _ => null, Bearer(Token), "{\"through\":1002}"u8.ToArray()), Stop);
        Assert.Equal(200, ack.Status);
        Assert.Equal(2, _rig.Store.HandOverTargets().Single().Delivered);
        Assert.NotEqual(0, _rig.Store.HandOverTargets().Single().DeliveredMs);
        Assert.Equal(
            $"{Fire}-3", Assert.Single(_rig.Store.HandOverRows(HandOverSettings.Platform, HandOverState.Waiting, 10)).MessageId);
    }

    public void Dispose()
    {
        _door.Dispose();
        _store.Dispose();
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Func<string, string> Bearer(string token) => name => name == "Authorization" ? $"Bearer {token}" : "";

    private static string State(DoorAnswer answer) => Text(answer, "state");

    private static string Text(DoorAnswer answer, string name)
    {
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty(name).GetString()!;
    }

    private static string[] Ids(DoorAnswer answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return [.. json.RootElement.EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
    }

    private Task<DoorAnswer> Get(string query, string token = Token)
    {
        Dictionary<string, string> parts = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(part => part.Split('=')[0], part => part.Split('=')[1], StringComparer.Ordinal);
        return _door.Answer(
            new DoorRequest("GET", "/handover/v1/events", parts.GetValueOrDefault, Bearer(token), Array.Empty<byte>()), Stop);
    }

    [Fact]
    public async Task Danger_that_people_found_is_registered_once_by_a_signed_form()
    {
        const string Form = """{"station":330701,"grade":"major","words":"堵塞消防通道","by":"李"}""";
        DoorRequest signed = Signed("", Form) with { Path = "/handover/v1/dangers" };
        DoorAnswer first = await _door.Answer(signed, Stop);
        DoorAnswer again = await _door.Answer(signed, Stop);
        Assert.Equal((200, 200), (first.Status, again.Status));
        Assert.Equal(first.Body.ToArray(), again.Body.ToArray());
        Case danger = Assert.Single(_rig.Store.Cases(new CaseQuery { Class = CaseClass.Danger }));
        Assert.Contains(danger.Id, Encoding.UTF8.GetString(first.Body.Span), StringComparison.Ordinal);

        // The name of the message stands for a reference, however long it may be.
        DoorRequest named = Signed("", Form, id: new string('m', HandOverLimits.MessageIdMax)) with { Path = "/handover/v1/dangers" };
        Assert.Equal(200, (await _door.Answer(named, Stop)).Status);
        Assert.Equal(200, (await _door.Answer(named, Stop)).Status);
        Assert.Equal(2, _rig.Store.Cases(new CaseQuery { Class = CaseClass.Danger }).Count);
        DoorAnswer wrong = await _door.Answer(Signed("", """{"station":7}""") with { Path = "/handover/v1/dangers" }, Stop);
        Assert.Equal(422, wrong.Status);
        WebhookSecret foreign = WebhookSecret.Parse(WebhookSecret.Create())!;
        Assert.Equal(401, (await _door.Answer(Signed("", Form, foreign) with { Path = "/handover/v1/dangers" }, Stop)).Status);
        Assert.Equal(405, (await _door.Answer(signed with { Method = "GET" }, Stop)).Status);
    }

    private Task<DoorAnswer> Say(string of, string body) => _door.Answer(Signed(of, body), Stop);

    private DoorRequest Signed(string of, string body, WebhookSecret? by = null, int agoS = 0, string? id = null)
    {
        id ??= $"said-{++_messages}";
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        long atS = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - agoS;
        Dictionary<string, string> headers = new(StringComparer.Ordinal)
        {
            [WebhookSecret.IdHeader] = id,
            [WebhookSecret.TimestampHeader] = $"{atS}",
            [WebhookSecret.SignatureHeader] = (by ?? _secret).Sign(id, atS, bytes),
        };
        return new DoorRequest(
            "POST", $"/handover/v1/cases/{of}/status", _ => null, name => headers.GetValueOrDefault(name, ""), bytes);
    }
}

public sealed class FeedbackTestsOnPostgres(PostgresFixture postgres) : FeedbackTests(postgres);
