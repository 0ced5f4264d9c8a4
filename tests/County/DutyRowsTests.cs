// Owns: the duty page's rows in each database: users, sessions, the shift log, and the desk's lists.
// Must never: know which database it has.

namespace Gateway.County.Tests;

public class DutyRowsTests : StoreTests
{
    public DutyRowsTests()
        : base(null)
    {
    }

    private protected DutyRowsTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void User_is_signed_in_at_a_bounded_number_of_places_until_the_session_ends_or_the_user_goes()
    {
        using Rig rig = NewRig();
        Assert.True(rig.Store.AddUser(User("a")));
        Assert.False(rig.Store.AddUser(User("a")));
        Assert.True(rig.Store.AddUser(User("b")));
        rig.Store.BeginSession("of b", "b", 0, CountyLimits.DutySessionMs);
        for (int i = 0; i <= CountyLimits.DutySessionsMax; i++)
        {
            rig.Store.BeginSession($"{i}", "a", i, CountyLimits.DutySessionMs);
        }

        Assert.Null(rig.Store.SignedIn("0", 1));
        Assert.Equal("甲", rig.Store.SignedIn("1", 1)!.Person);
        Assert.Null(rig.Store.SignedIn("1", CountyLimits.DutySessionMs));
        rig.Store.EndSession("1");
        Assert.Null(rig.Store.SignedIn("1", 1));
        Assert.NotNull(rig.Store.SignedIn("2", 1));
        Assert.True(rig.Store.ResetUser("a", "y"));
        Assert.Null(rig.Store.SignedIn("2", 1));
        Assert.Equal("y", rig.Store.User("a")!.PasswordHash);
        Assert.Equal("b", rig.Store.SignedIn("of b", 1)!.Name);
        Assert.True(rig.Store.RemoveUser("b"));
        Assert.Null(rig.Store.SignedIn("of b", 1));
        Assert.False(rig.Store.RemoveUser("b"));
        Assert.False(rig.Store.ResetUser("b", "z"));
        Assert.Equal(["a"], rig.Store.Users().Select(one => one.Name));
    }

    [Fact]
    public void Shift_log_gives_the_newest_of_a_township_first()
    {
        using Rig rig = NewRig();
        for (int i = 1; i <= 4; i++)
        {
            rig.Store.Note(new DutyLogRow(0, i, "a", "甲", "take", i % 2 == 0 ? "1" : "2", $"case {i}", "words"));
        }

        Assert.Equal([4L, 3L, 2L], rig.Store.ShiftLog(null, 3).Select(row => row.Number));
        Assert.Equal(["case 4", "case 2"], rig.Store.ShiftLog("1", 3).Select(row => row.Target));
    }

    [Fact]
    public void Who_asked_for_a_command_is_known_by_its_number_whatever_else_was_noted_since()
    {
        using Rig rig = NewRig();
        rig.Store.Note(new DutyLogRow(0, 1, "a", "甲", "drill", "1", "330701", "演练 #9") { Command = 7 });
        rig.Store.Note(new DutyLogRow(0, 2, "b", "乙", "clock", "2", "330701", "校时") { Command = 8 });
        rig.Store.Note(new DutyLogRow(0, 3, "b", "乙", "clock", "1", "330702", "校时") { Command = 7 });
        for (int i = 0; i < 20; i++)
        {
            rig.Store.Note(new DutyLogRow(0, 4 + i, "c", "丙", "note", "1", "330701", "备注"));
        }

        Assert.Equal([(7u, "甲"), (8u, "乙")], rig.Store.OrderedBy(330701, null, 5).Select(one => (one.Key, one.Value)).Order());
        Assert.Equal([(7u, "甲")], rig.Store.OrderedBy(330701, "1", 5).Select(one => (one.Key, one.Value)));
        Assert.Equal([(8u, "乙")], rig.Store.OrderedBy(330701, null, 1).Select(one => (one.Key, one.Value)));
    }

    [Fact]
    public void Desk_lists_untaken_fires_first_and_counts_by_township()
    {
        FakeGateway gateway = new(330701) { UtcMs = 1_780_000_000_000 };
        using Rig rig = NewRig(gateway);
        long before = rig.Store.CasesChanged();
        StationRegistration at = Assert.Single(rig.Store.Stations());
        CaseDesk.Found(rig.Store, new FoundDanger(at, CaseGrade.Low, "电线", "李", EscalationLevel.County), rig.NowMs - 1_000);
        rig.Send(gateway.Hello());
        rig.Send(gateway.Batch(Contract.Lane.Fire, 0, gateway.Record(
            Contract.Lane.Fire, 1, Contract.EventKind.FireAlarm, r => r.ZoneKind = Contract.ZoneKind.Gas)));
        Assert.Equal([CaseClass.Alarm, CaseClass.Danger], rig.Store.CasesForDesk(FakeGateway.Township, 10).Select(one => one.Class));
        Assert.Equal(CaseClass.Alarm, Assert.Single(rig.Store.CasesForDesk(null, 1)).Class);
        Assert.Empty(rig.Store.CasesForDesk("1", 10));
        Assert.Contains(new CaseCount(FakeGateway.Township, CaseClass.Alarm, CaseState.Open, true, 1), rig.Store.CountCases());
        long after = rig.Store.CasesChanged();
        Assert.True(after > before);
        CaseDesk.Act(
            rig.Store, new CaseRequest { Case = rig.Store.CasesForDesk(null, 1)[0].Id, Kind = CaseActKind.Take, By = "李" }, rig.NowMs);
        Assert.True(rig.Store.CasesChanged() > after);
        Assert.DoesNotContain(rig.Store.CountCases(), one => one is { Class: CaseClass.Alarm, State: CaseState.Open });
    }

    private static DutyUser User(string name) =>
        new() { Name = name, Person = "甲", Role = DutyRole.County, Township = "", PasswordHash = "x" };
}
