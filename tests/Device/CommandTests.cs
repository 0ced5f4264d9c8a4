// Owns: what the gateway does with the county's commands: once, in time, and answered.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>The answer is an event of the routine lane that repeats number and code.</summary>
    [TestClass]
    public class CommandTests
    {
        private const string Zones = "callpoint 1 | smoke 2";

        [DataRow("duty check", 1, 5, 0, 0, 0)]
        [DataRow("duty check of no time", 1, 0, 0, 0, 4)]
        [DataRow("duty check beyond ten minutes", 1, 11, 0, 0, 4)]
        [DataRow("drill", 2, 20, 0, 0, 0)]
        [DataRow("end of no drill", 2, 0, 0, 0, 1)]
        [DataRow("hot work at zone 2", 3, 2, 30, 0, 0)]
        [DataRow("hot work at a zone that is none", 3, 4, 30, 0, 3)]
        [DataRow("shield of zone 2", 4, 2, 60, 0, 0)]
        [DataRow("shield of a zone that is none", 4, 9, 60, 0, 3)]
        [DataRow("shield without an end", 4, 2, 10081, 0, 4)]
        [DataRow("test of zone 2", 5, 2, 30, 0, 0)]
        [DataRow("clock of a county that knows none", 6, 0, 0, 0, 4)]
        [DataRow("read a lane that is none", 7, 3, 1, 2, 4)]
        [DataRow("read what is not there", 7, 0, 1, 2, 1)]
        [DataRow("self-test", 8, 0, 0, 0, 0)]
        [DataRow("silence where the settings do not allow it", 9, 0, 0, 0, 6)]
        [DataRow("a code that nobody knows", 99, 0, 0, 0, 7)]
        public void A_command_is_answered_with_its_result(string name, int code, int a, int b, int c, int result)
        {
            Scene scene = Online(Zones);
            scene.County.Ask(7, (CommandCode)code, a, b, c);
            scene.Pass(400, true);
            EventRecord answer = Answer(scene);
            Assert.AreEqual((int)EventKind.CommandDone, (int)answer.Kind, name);
            Assert.AreEqual(7, answer.A, name);
            Assert.AreEqual(code, answer.B, name);
            Assert.AreEqual(result, answer.Value, name);
        }

        [TestMethod]
        public void A_number_is_taken_once_also_over_a_restart()
        {
            Scene scene = Online(Zones);
            scene.County.Ask(7, CommandCode.Drill, 20, 0, 0);
            scene.Pass(400, true);
            Assert.IsTrue(PartOf.Drill(scene.Loop.Panel.State).On);
            scene.Loop.Panel.Commands.Run(CommandCode.Drill, 0, 0, scene.NowMs);
            scene.Pass(400, true);
            scene.County.Close();
            scene.Start();
            scene.Pass(3000, true);
            scene.County.Ask(7, CommandCode.Drill, 20, 0, 0);
            scene.Pass(400, true);
            Assert.IsFalse(PartOf.Drill(scene.Loop.Panel.State).On);
            EventRecord answer = Answer(scene);
            Assert.AreEqual((int)EventKind.CommandRefused, (int)answer.Kind);
            Assert.AreEqual((int)DecodeResult.Replayed, answer.Value);
        }

        [TestMethod]
        public void A_command_without_an_age_limit_is_refused()
        {
            Scene scene = Online(Zones);
            scene.County.CommandLifeS = 0;
            scene.County.Ask(7, CommandCode.Drill, 20, 0, 0);
            scene.Pass(400, true);
            Assert.IsFalse(PartOf.Drill(scene.Loop.Panel.State).On);
            Assert.AreEqual((int)EventKind.CommandRefused, (int)Answer(scene).Kind);
        }

        [DataRow("no", 0)]
        [DataRow("yes", 1)]
        public void A_fire_is_silenced_from_afar_only_where_the_settings_allow_it(string allowed, int silenced)
        {
            Scene scene = Online(Zones + " | remote silence=" + allowed);
            SceneSteps.Play(scene, "on1");
            scene.County.Ask(7, CommandCode.Silence, 0, 0, 0);
            scene.Pass(400, true);
            Assert.AreEqual(silenced == 1, scene.Loop.Panel.Silenced);
            Assert.IsTrue(scene.Loop.Panel.Latched != 0);
        }

        private static Scene Online(string settings)
        {
            Scene scene = new Scene(settings);
            scene.Pass(2000, true);
            return scene;
        }

        /// <summary>The newest answer in the routine lane.</summary>
        private static EventRecord Answer(Scene scene)
        {
            byte[] records = new byte[EventRecord.Size];
            EventRecord record = new EventRecord();
            EventRecord answer = new EventRecord();
            LaneLog log = scene.Loop.Log.At(Lane.Routine);
            for (uint after = 0; after < log.Durable; after++)
            {
                bool read = scene.Loop.Log.Read(Lane.Routine, after, 1, records, 0) == 1
                    && record.Decode(records, 0, records.Length) == DecodeResult.Ok;
                if (read && (record.Kind == EventKind.CommandDone || record.Kind == EventKind.CommandRefused))
                {
                    answer.Decode(records, 0, records.Length);
                }
            }

            return answer;
        }
    }
}
