// Owns: when events happened that were written before the clock was known, and how the county's clock is taken over.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>The county's clock stands still in a scene, so a second of tolerance covers every way of a message.</summary>
    [TestClass]
    public class EventTimeTests
    {
        private const long LeapDayMs = 1835366400000;
        private const long SecondMs = 1000;

        [TestMethod]
        public void Events_before_the_first_clock_are_completed_from_uptime()
        {
            Scene scene = Alone();
            SceneSteps.Play(scene, "on1");
            scene.Pass(60 * SecondMs, true);
            Assert.AreEqual((int)UtcQuality.Unknown, (int)First(scene).UtcQuality);
            Assert.AreEqual(0L, scene.Loop.Log.UtcOf(First(scene)));
            Connect(scene, LeapDayMs);
            EventRecord alarm = First(scene);
            long told = LeapDayMs - scene.Loop.Clock.UtcMs(0) - alarm.UptimeMs;
            Assert.AreEqual((int)UtcQuality.BackFilled, (int)alarm.UtcQuality);
            Assert.IsTrue(told > 55 * SecondMs && told < 95 * SecondMs, told.ToString());
            Assert.AreEqual(LeapDayMs - told, alarm.UtcMs);
            Assert.AreEqual(alarm.UtcMs, scene.Loop.Log.UtcOf(alarm));
        }

        [TestMethod]
        public void Events_of_a_start_that_never_knew_the_time_are_left_to_the_county()
        {
            Scene scene = Alone();
            SceneSteps.Play(scene, "on1");
            scene.Pass(2000, true);
            scene.Start();
            scene.Pass(2000, true);
            Connect(scene, LeapDayMs);
            Assert.AreEqual((int)UtcQuality.Unknown, (int)First(scene).UtcQuality);
            Assert.AreEqual(0L, scene.Loop.Log.UtcOf(First(scene)));
        }

        [DataRow("one answer from the future", 1, 3600, 3600)]
        [DataRow("two that are an hour behind", 2, -3600, 0)]
        [DataRow("three that are an hour behind", 3, -3600, -3600)]
        [DataRow("three that are 4 s behind", 3, -4, 0)]
        [DataRow("three that are 4 s ahead", 3, 4, 0)]
        public void A_clock_is_set_ahead_by_one_answer_and_back_by_three_that_agree(string name, int answers, int offS, int expectedS)
        {
            Scene scene = new Scene("callpoint 1");
            scene.County.UtcMs = LeapDayMs;
            scene.Pass(3000, true);
            scene.County.UtcMs = 0;
            Answer(scene, answers, offS);
            long off = scene.Loop.Clock.UtcMs(scene.NowMs) - LeapDayMs - expectedS * SecondMs;
            Assert.IsTrue(off >= 0 && off < 60 * SecondMs, name);
        }

        [TestMethod]
        public void Answers_that_were_held_up_do_not_add_up_over_one_in_time()
        {
            Scene scene = new Scene("callpoint 1");
            scene.County.UtcMs = LeapDayMs;
            scene.Pass(3000, true);
            scene.County.UtcMs = 0;
            Answer(scene, 2, -20);
            Answer(scene, 1, 0);
            Answer(scene, 2, -20);
            Assert.IsTrue(scene.Loop.Clock.UtcMs(scene.NowMs) >= LeapDayMs + 3 * SecondMs);
        }

        private static Scene Alone()
        {
            Scene scene = new Scene("callpoint 1");
            scene.County.Answers = false;
            scene.Pass(2000, true);
            return scene;
        }

        private static void Connect(Scene scene, long utcMs)
        {
            scene.County.UtcMs = utcMs;
            scene.County.Answers = true;
            for (int i = 0; i < 1000 && scene.Loop.Clock.Quality == UtcQuality.Unknown; i++)
            {
                scene.Pass(100, true);
            }
        }

        /// <summary>So many answers whose time differs by so much from the gateway's clock; those between them tell none.</summary>
        private static void Answer(Scene scene, int count, int offS)
        {
            for (int i = 0; i < count; i++)
            {
                scene.County.OtherUtcMs = scene.Loop.Clock.UtcMs(scene.NowMs) + offS * SecondMs;
                scene.County.OtherAnswers = 1;
                SceneSteps.Play(scene, "on1");
                SceneSteps.Play(scene, "off1");
                SceneSteps.Play(scene, "reset");
                Assert.AreEqual(0, scene.County.OtherAnswers);
            }
        }

        /// <summary>The first record of the fire lane, as it goes to the county.</summary>
        private static EventRecord First(Scene scene)
        {
            byte[] bytes = new byte[EventRecord.Size];
            EventRecord record = new EventRecord();
            Assert.AreEqual(1, scene.Loop.Log.Read(Lane.Fire, 0, 1, bytes, 0));
            Assert.AreEqual((int)DecodeResult.Ok, (int)record.Decode(bytes, 0, bytes.Length));
            return record;
        }
    }
}
