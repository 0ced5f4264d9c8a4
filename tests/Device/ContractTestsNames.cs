// Owns: names of numbers on the device, whose runtime has no names of enum values.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsNames
    {
        [DataRow(EventKind.FireAlarm, "fire-alarm", "火警", Lane.Fire)]
        [DataRow(EventKind.Fault, "fault", "故障", Lane.Condition)]
        [DataRow(EventKind.Started, "started", "启动", Lane.Routine)]
        [DataRow(EventKind.Loss, "loss", "记录遗失", -1)]
        [DataRow(4711, "kind-4711", "事件4711", -1)]
        public void A_kind_has_its_names_and_its_lane(int kind, string code, string chinese, int lane)
        {
            Assert.AreEqual(code, EventKind.Code(kind));
            Assert.AreEqual(chinese, EventKind.Chinese(kind));
            Assert.AreEqual(lane, EventKind.LaneOf(kind));
        }

        [TestMethod]
        public void A_word_of_the_settings_is_read_back()
        {
            for (int kind = 1; kind <= ZoneKind.Last; kind++)
            {
                Assert.AreEqual(kind, ZoneKind.Parse(ZoneKind.Code(kind)));
            }

            for (int severity = 0; severity <= Severity.Last; severity++)
            {
                Assert.AreEqual(severity, Severity.Parse(Severity.Code(severity)));
            }

            for (int lane = 0; lane < Lane.Count; lane++)
            {
                Assert.AreEqual(lane, Lane.Parse(Lane.Name(lane)));
            }

            Assert.AreEqual(-1, ZoneKind.Parse("none"));
            Assert.AreEqual(-1, Severity.Parse("worst"));
            Assert.AreEqual(-1, Lane.Parse("?"));
        }

        [TestMethod]
        public void A_command_and_its_result_have_words()
        {
            Assert.AreEqual("duty-check", CommandCode.Name(CommandCode.DutyCheck));
            Assert.AreEqual("settings-commit", CommandCode.Name(CommandCode.Last));
            Assert.AreEqual("command-12", CommandCode.Name(12));
            Assert.AreEqual("done", CommandOutcome.Name(CommandOutcome.Done));
            Assert.AreEqual("wrong-settings", CommandOutcome.Name(CommandOutcome.Last));
            Assert.AreEqual("other-board", SettingsReason.Name(SettingsReason.Last));
            Assert.AreEqual("reason-10", SettingsReason.Name(10));
            Assert.AreEqual("outcome-11", CommandOutcome.Name(11));
        }

        [DataRow(0, "ok")]
        [DataRow(DecodeResult.WrongCrc, "wrong-crc")]
        [DataRow(DecodeResult.Conflict, "conflict")]
        [DataRow(DecodeResult.Count, "unknown-18")]
        [DataRow(-1, "unknown--1")]
        public void A_reason_has_its_name(int reason, string name)
        {
            Assert.AreEqual(name, DecodeResult.Name(reason));
        }
    }
}
