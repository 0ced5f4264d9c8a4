// Owns: that stations' names of places reach the county, belong to their time, and steer nothing.
// Must never: take a name for proof of anything.

using System.Text;
using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class PlaceNameTests(PostgresFixture postgres)
{
    private readonly FakeGateway _gateway = new(330701, keySeed: 1)
    {
        Boot = 5, Session = 3, Abilities = HelloAbility.Names, SettingsCrc = 0xA1,
    };

    public static TheoryData<bool> Stores => [false, true];

    [Theory]
    [MemberData(nameof(Stores))]
    public void An_old_event_keeps_its_old_name_and_a_late_table_names_what_came_before(bool server)
    {
        using Rig rig = New(server);
        rig.Send(_gateway.Hello());
        Assert.Equal([MessageType.Held, MessageType.Ask], Types(rig, _gateway.Heartbeat()));
        rig.Send(_gateway.Batch(Lane.Fire, 0, Fire(1)));
        Assert.Equal(["1号（感烟探测器）"], Places(rig));
        Send(rig, 1, last: true, (1, "厨房"));
        Assert.Equal(["1号 厨房（感烟探测器）"], Places(rig));

        _gateway.Boot = 6;
        _gateway.Session = 1;
        _gateway.SettingsCrc = 0xB2;
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 1, Fire(2)));
        Assert.Equal([MessageType.Held, MessageType.Ask], Types(rig, _gateway.Heartbeat()));
        Assert.Equal(["1号 厨房（感烟探测器）", "1号（感烟探测器）"], Places(rig));
        Send(rig, 1, last: true, (1, "仓库"));
        Assert.Equal(["1号 厨房（感烟探测器）", "1号 仓库（感烟探测器）"], Places(rig));

        // Another life of the store has starts of its own.
        _gateway.Epoch++;
        _gateway.Boot = 1;
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, Fire(1)));
        Assert.Equal("1号（感烟探测器）", Places(rig)[^1]);
        rig.Send(_gateway.Heartbeat());
        Assert.Equal("1号 仓库（感烟探测器）", Places(rig)[^1]);
    }

    /// <summary>What a person at a desk reads first; and after a change of names each step says what its place was called then.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void A_case_and_its_steps_say_the_names_of_their_time(bool server)
    {
        using Rig rig = New(server);
        rig.Send(_gateway.Hello());
        Send(rig, 1, last: true, (1, "厨房"), (2, "东门"));
        rig.Send(_gateway.Batch(Lane.Fire, 0, Fire(1)));
        _gateway.Boot = 6;
        _gateway.Session = 1;
        _gateway.SettingsCrc = 0xB2;
        rig.Send(_gateway.Hello());
        Send(rig, 1, last: true, (1, "仓库"), (2, "西门"));
        rig.Send(_gateway.Batch(Lane.Fire, 1, _gateway.Record(Lane.Fire, 2, EventKind.FireAlarm, r =>
        {
            r.Zone = 2;
            r.ZoneKind = ZoneKind.Smoke;
        })));
        Case one = Assert.Single(rig.Store.Cases(new CaseQuery()));
        Assert.Equal("火警 1号 厨房（感烟探测器） 等2处", CaseText.Title(one));
        Assert.Equal(["登记 1号 厨房", "又报一处 2号 西门"], rig.Store.Steps(one.Id).Select(CaseText.Words));
        using IStoreTransaction rows = rig.Store.Begin();
        Case kept = rows.Cases!.Case(one.Id)!;
        Assert.Equal("火警 1号（感烟探测器） 等2处", CaseText.Title(kept));
        rows.Name([kept]);
        Assert.Equal(CaseText.Title(one), CaseText.Title(kept));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_lost_part_is_asked_for_again_and_a_whole_table_is_not(bool server)
    {
        using Rig rig = New(server);
        rig.Send(_gateway.Hello());
        Assert.Equal([MessageType.Held, MessageType.Ask], Types(rig, _gateway.Heartbeat()));
        Send(rig, 2, last: true, (2, "大门"));
        Assert.Equal([MessageType.Held], Types(rig, _gateway.Heartbeat()));
        rig.NowMs += CountyLimits.NamesAskMs;
        Assert.Equal([MessageType.Held, MessageType.Ask], Types(rig, _gateway.Heartbeat()));
        Send(rig, 1, last: false, (1, "厨房"));
        rig.NowMs += CountyLimits.NamesAskMs;
        Assert.Equal([MessageType.Held], Types(rig, _gateway.Heartbeat()));
    }

    [Fact]
    public void A_gateway_that_cannot_is_not_asked()
    {
        using Rig rig = new(_gateway);
        _gateway.Abilities = HelloAbility.None;
        rig.Send(_gateway.Hello());
        Assert.Equal([MessageType.Held], Types(rig, _gateway.Heartbeat()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_county_that_starts_again_asks_in_the_session_that_goes_on(bool server)
    {
        using Rig rig = New(server);
        rig.Send(_gateway.Hello());
        Assert.Equal([MessageType.Held, MessageType.Ask], Types(rig, _gateway.Heartbeat()));
        rig.Restart();
        Assert.Equal([MessageType.Held, MessageType.Ask], Types(rig, _gateway.Heartbeat()));
        Send(rig, 1, last: true, (1, "厨房"));
        rig.Restart();
        Assert.Equal([MessageType.Held], Types(rig, _gateway.Heartbeat()));
    }

    [Fact]
    public void A_quiet_heartbeat_costs_no_statement_for_names()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Heartbeat());
        Send(rig, 1, last: true, (1, "厨房"));
        rig.Send(_gateway.Heartbeat());
        IReadOnlyDictionary<uint, int> before = Work(rig);
        _gateway.SettingsCrc = 0;
        Assert.Equal(Work(rig)[_gateway.Station], before[_gateway.Station]);
    }

    [Fact]
    public void A_stations_page_says_its_zones_by_name_once_they_are_known()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Heartbeat());
        StationState state = rig.State(_gateway)!;
        state.ZonesFault = 0b101;
        Assert.Null(rig.Store.PlacesOf(state));
        Assert.Equal("1、3号", Assert.Single(Duty.StationLook.Zones(state, null), one => one.Head.Zh == "故障部位").Text.Zh);
        Send(rig, 1, last: true, (1, "厨房"), (3, "大门"));
        (string zh, string en) = Assert.Single(
            Duty.StationLook.Zones(state, rig.Store.PlacesOf(state)), one => one.Head.Zh == "故障部位").Text;
        Assert.Equal(("1号 厨房、3号 大门", "zone 1 厨房, zone 3 大门"), (zh, en));
    }

    [Fact]
    public void An_output_is_said_by_its_use_and_its_name()
    {
        byte[] places = new byte[64];
        byte[] name = Encoding.UTF8.GetBytes("村口广播");
        PlaceEntry place = new() { Sort = PlaceSort.Output, Number = 3, Kind = (int)OutputUse.Relay1, NameBytes = name.Length };
        int at = place.EncodeHead(places, 0);
        name.CopyTo(places, at);
        StationPlaces of = new([new NamesRow(1, 2, 1, Last: true, places[..(at + name.Length)])]);
        Assert.Equal("继电器1 村口广播", Catalogue.Chinese.Output(3, of.Chinese));
        Assert.Equal("输出4", Catalogue.Chinese.Output(4, of.Chinese));
    }

    [Theory]
    [InlineData("\u202e房厨", "\ufffd房厨")]
    [InlineData("a\u001b[2J\nb", "a\ufffd[2J\ufffdb")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    public void A_name_that_would_steer_a_screen_is_shown_with_marks(string name, string shown)
    {
        Assert.Equal(shown, StationPlaces.Shown(Encoding.UTF8.GetBytes(name)));
        Assert.Equal("\ufffd\ufffd", StationPlaces.Shown([0xff, 0xfe]));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_station_leaves_no_more_tables_and_changes_than_the_bounds(bool server)
    {
        using Rig rig = New(server);
        rig.Send(_gateway.Hello());
        for (int i = 0; i < CountyLimits.SettingsChangesMax + 9; i++)
        {
            rig.NowMs += 1_000;
            _gateway.SettingsCrc = 1000u + (uint)i;
            Send(rig, 1, last: true, (1, $"name {i}"));
        }

        using IStoreTransaction rows = rig.Store.Begin();
        int kept = Enumerable.Range(0, CountyLimits.SettingsChangesMax + 9)
            .Count(i => rows.Names(_gateway.Station, 1000u + (uint)i).Count > 0);
        Assert.Equal(CountyLimits.NameTablesMax, kept);
    }

    private Rig New(bool server) => server ? new Rig(postgres, _gateway) : new Rig(_gateway);

    private EventRecord Fire(uint sequence) => _gateway.Record(Lane.Fire, sequence, EventKind.FireAlarm, r =>
    {
        r.Zone = 1;
        r.ZoneKind = ZoneKind.Smoke;
    });

    private void Send(Rig rig, int part, bool last, params (int Zone, string Name)[] zones) =>
        rig.Send(_gateway.Names(part, last, [.. zones.Select(zone => (zone.Zone, Encoding.UTF8.GetBytes(zone.Name)))]));

    private IReadOnlyDictionary<uint, int> Work(Rig rig)
    {
        rig.Send(_gateway.Heartbeat());
        return rig.Desk.Worked;
    }

    private MessageType[] Types(Rig rig, Sent sent) => [.. rig.Send(sent).Select(answer => (MessageType)answer.Payload[3])];

    /// <summary>Each fire's place as lists show it.</summary>
    private string[] Places(Rig rig) =>
    [
        .. rig.Events(_gateway).OrderBy(e => e.Record.Epoch).ThenBy(e => e.Record.Sequence)
            .Select(e => Catalogue.Chinese.Place(e.Record.Zone, e.Record.ZoneKind, e.Places?.Chinese ?? PlaceNames.None)),
    ];
}
