// Owns: names of numbers on the device, whose runtime has no names of enum values.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    [TestClass]
    public class ContractTestsNames
    {
        [DataRow((int)EventKind.FireAlarm, "fire-alarm", (int)Lane.Fire)]
        [DataRow((int)EventKind.Fault, "fault", (int)Lane.Condition)]
        [DataRow((int)EventKind.Started, "started", (int)Lane.Routine)]
        [DataRow((int)EventKind.Loss, "loss", (int)Lane.None)]
        [DataRow(4711, "kind-4711", (int)Lane.None)]
        public void A_kind_has_its_names_and_its_lane(int kind, string code, int lane)
        {
            Assert.AreEqual(code, EventKinds.Code((EventKind)kind));
            Assert.AreEqual(lane, (int)EventKinds.LaneOf((EventKind)kind));
        }

        [TestMethod]
        public void A_word_of_the_settings_is_read_back()
        {
            for (ZoneKind kind = ZoneKind.CallPoint; (int)kind <= ZoneKinds.Last; kind++)
            {
                Assert.AreEqual((int)kind, (int)ZoneKinds.Parse(ZoneKinds.Code(kind)));
            }

            for (Severity severity = Severity.None; (int)severity <= Severities.Last; severity++)
            {
                Assert.AreEqual((int)severity, (int)Severities.Parse(Severities.Code(severity)));
            }

            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                Assert.AreEqual((int)lane, (int)Lanes.Parse(Lanes.Name(lane)));
            }

            Assert.AreEqual((int)ZoneKind.None, (int)ZoneKinds.Parse("none"));
            Assert.AreEqual((int)Severity.Unknown, (int)Severities.Parse("worst"));
            Assert.AreEqual((int)Lane.None, (int)Lanes.Parse("?"));
        }

        [TestMethod]
        public void A_command_and_its_result_have_words()
        {
            Assert.AreEqual("duty-check", CommandCodes.Name(CommandCode.DutyCheck));
            Assert.AreEqual("call-out", CommandCodes.Name((CommandCode)CommandCodes.Last));
            Assert.AreEqual("command-13", CommandCodes.Name((CommandCode)13));
            Assert.AreEqual("done", CommandOutcomes.Name((int)CommandOutcome.Done));
            Assert.AreEqual("wrong-settings", CommandOutcomes.Name(CommandOutcomes.Last));
            Assert.AreEqual("other-board", SettingsReasons.Name(SettingsReasons.Last));
            Assert.AreEqual("reason-10", SettingsReasons.Name(10));
            Assert.AreEqual("outcome-11", CommandOutcomes.Name(11));
        }

        [DataRow(0, "ok")]
        [DataRow((int)DecodeResult.WrongCrc, "wrong-crc")]
        [DataRow((int)DecodeResult.Conflict, "conflict")]
        [DataRow(DecodeResults.Count, "unknown-18")]
        [DataRow(-1, "unknown--1")]
        public void A_reason_has_its_name(int reason, string name)
        {
            Assert.AreEqual(name, DecodeResults.Name(reason));
        }
    }
}
