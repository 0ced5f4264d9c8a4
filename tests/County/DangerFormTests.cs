// Owns: how another program registers a danger that people found: what is taken, what is refused, and that a repeat is the same danger.
// Must never: let a form in that is refused elsewhere.

using System.Text;
using System.Text.Json;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public class DangerFormTests : StoreTests
{
    private const string Good = """{"station":330701,"grade":"major","words":"堵塞<通道>","by":"李","level":"township","reference":"W-17"}""";
    private readonly FakeGateway _gateway = new(330701);

    public DangerFormTests()
        : base(null)
    {
    }

    private protected DangerFormTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Form_is_a_danger_and_the_same_reference_again_is_the_same_one()
    {
        using Rig rig = NewRig(_gateway);
        Case one = Enter(rig, Good);
        Assert.Equal(
            (CaseClass.Danger, CaseTrouble.Found, CaseGrade.Major, EscalationLevel.County, "堵塞<通道>"),
            (one.Class, one.Trouble, one.Grade, one.Level, one.Text));
        CaseStep opened = Assert.Single(rig.Store.Steps(one.Id));
        Assert.Equal(("李", (int)EscalationLevel.Township), (opened.Who, opened.Level));
        Assert.Equal(one.Id, Enter(rig, Good).Id);
        Assert.Contains("which says otherwise", Refusal(rig, Good.Replace("<通道>", "楼梯", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.NotEqual(one.Id, Enter(rig, Good.Replace("W-17", "W-18", StringComparison.Ordinal)).Id);
        Assert.Equal(2, rig.Store.Cases(new CaseQuery()).Count);
        using JsonDocument answer = JsonDocument.Parse(DangerForm.Answer(one));
        Assert.Equal(
            (one.Id, "open", "major", "county"),
            (answer.RootElement.GetProperty("case").GetString(), answer.RootElement.GetProperty("state").GetString(),
                answer.RootElement.GetProperty("grade").GetString(), answer.RootElement.GetProperty("level").GetString()));
        Assert.Equal(0, CaseDesk.Rebuild(rig.Store, rig.Store, 330701, rig.NowMs));
    }

    [Fact]
    public void Form_without_a_reference_takes_that_of_its_message_and_level_village()
    {
        using Rig rig = NewRig(_gateway);
        const string Bare = """{"station":330701,"grade":"low","words":"电线","by":"李"}""";
        Case one = Enter(rig, Bare, "msg-1");
        Assert.Equal((int)EscalationLevel.Village, Assert.Single(rig.Store.Steps(one.Id)).Level);
        Assert.Equal(one.Id, Enter(rig, Bare, "msg-1").Id);
        Assert.NotEqual(one.Id, Enter(rig, Bare, "msg-2").Id);
        Assert.NotEqual(Enter(rig, Bare).Id, Enter(rig, Bare).Id);
    }

    [Theory]
    [InlineData("", "form: no JSON; allowed: one object")]
    [InlineData("[]", "form: Array; allowed: one object")]
    [InlineData("""{"station":330702,"grade":"low","words":"a","by":"b"}""", "station: 330702; allowed: the number of a registered")]
    [InlineData("""{"station":"330701","grade":"low","words":"a","by":"b"}""", "station: \"330701\"; allowed")]
    [InlineData("""{"grade":"low","words":"a","by":"b"}""", "station: missing; allowed")]
    [InlineData("""{"station":-1,"grade":"low","words":"a","by":"b"}""", "station: -1; allowed")]
    [InlineData("""{"station":330701,"grade":"huge","words":"a","by":"b"}""", "grade: \"huge\"; allowed: low, general, larger, major")]
    [InlineData("""{"station":330701,"words":"a","by":"b"}""", "grade: missing; allowed")]
    [InlineData("""{"station":330701,"grade":"low","words":"","by":"b"}""", "words: \"\"; allowed")]
    [InlineData("""{"station":330701,"grade":"low","words":"a"}""", "by: missing; allowed")]
    [InlineData("""{"station":330701,"grade":"low","words":"a","by":"b","level":"city"}""", "level: \"city\"; allowed: village")]
    [InlineData("""{"station":330701,"grade":"low","words":"a","by":"b","level":null}""", "level: null; allowed: village")]
    [InlineData("""{"station":330701,"grade":"low","words":"a","by":"b","reference":7}""", "reference: 7; allowed: a text")]
    [InlineData("""{"station":330701,"grade":"low","words":"a","by":"b","by":"c"}""", "by; allowed: each once")]
    [InlineData("""{"station":330701,"grade":"low","words":"a","by":"b","due":"x"}""", "due; allowed: each once: station, grade")]
    [InlineData("""{"station":330701,"grade":"low","words":"a\u0007","by":"b"}""", "words: 'a\uFFFD'; allowed: ")]
    [InlineData("""{"station":330701,"grade":"low","words":"\ud800","by":"b"}""", "form: no JSON; allowed")]
    [InlineData("""{"station":330701,"grade":"low","words":[[1]],"by":"b"}""", "form: no JSON; allowed")]
    public void Form_that_cannot_be_is_refused_with_what_is_allowed(string form, string says)
    {
        using Rig rig = NewRig(_gateway);
        Assert.Contains(says, Refusal(rig, form), StringComparison.Ordinal);
        Assert.Empty(rig.Store.Cases(new CaseQuery()));
    }

    [Fact]
    public void Form_that_is_too_long_is_refused()
    {
        using Rig rig = NewRig(_gateway);
        Assert.Contains("allowed: at most", Refusal(rig, new string(' ', CountyLimits.DangerFormBytesMax) + Good),
            StringComparison.Ordinal);
        string words = new('电', CountyLimits.CaseWordsMax + 1);
        Assert.Contains(
            "words: ", Refusal(rig, $$"""{"station":330701,"grade":"low","words":"{{words}}","by":"b"}"""), StringComparison.Ordinal);
        FoundDanger danger = new(_gateway.Registration, (CaseGrade)9, "a", "b", EscalationLevel.County);
        Assert.Throws<CaseRefusedException>(() => CaseDesk.Found(rig.Store, danger, rig.NowMs));
        danger = danger with { Grade = CaseGrade.Low, Level = (EscalationLevel)0 };
        Assert.Throws<CaseRefusedException>(() => CaseDesk.Found(rig.Store, danger, rig.NowMs));
    }

    private static Case Enter(Rig rig, string form, string reference = "") => CaseDesk.Found(
        rig.Store, DangerForm.Read(Encoding.UTF8.GetBytes(form), number => rig.Store.Registered(number), reference), rig.NowMs);

    private static string Refusal(Rig rig, string form) => Assert.Throws<CaseRefusedException>(() => Enter(rig, form)).Message;
}

public sealed class DangerFormTestsOnPostgres(PostgresFixture postgres) : DangerFormTests(postgres);
