// Owns: what becomes of new settings: kept when the county answers, else given up by themselves.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Each trial begins from settings under which the county has answered.</summary>
    [TestClass]
    public class SettingsTrialTests
    {
        [TestMethod]
        public void First_settings_have_nothing_to_go_back_to_and_stay()
        {
            TrialScene scene = new TrialScene(new MemoryFlash());
            byte[] text = TrialScene.Text("wrong", "1");
            scene.Start(text);
            scene.Pass(3 * TrialScene.LimitMs);
            Assert.AreEqual(1, scene.Starts);
            Assert.IsTrue(scene.InForce(text));
            Assert.AreEqual(-1, scene.Newest(EventKind.SettingsTried, new EventRecord()));
        }

        [TestMethod]
        public void Settings_are_good_once_the_county_has_answered()
        {
            byte[] text = TrialScene.Text("good", "1");
            TrialScene scene = Proven(text);
            EventRecord record = new EventRecord();
            Assert.AreEqual(0, scene.Newest(EventKind.SettingsLoaded, record));
            Assert.AreEqual(Crc32.Of(text, 0, text.Length), (uint)record.A);
            Assert.AreEqual((int)Origin.Technician, record.B);
        }

        [TestMethod]
        public void New_settings_under_which_the_county_answers_are_kept()
        {
            TrialScene scene = Proven(TrialScene.Text("good", "1"));
            byte[] text = TrialScene.Text("good", "1 2");
            scene.Start(text);
            scene.Pass(1000);
            scene.Start(null);
            scene.Pass(3 * TrialScene.LimitMs);
            Assert.AreEqual(3, scene.Starts);
            Assert.IsTrue(scene.InForce(text));
            EventRecord record = new EventRecord();
            Assert.AreEqual(TrialScene.LimitMs / 1000, scene.Newest(EventKind.SettingsTried, record));
            Assert.AreEqual(Crc32.Of(text, 0, text.Length), (uint)record.A);
            Assert.AreEqual(1, record.C);
            Assert.AreEqual(0, scene.Newest(EventKind.SettingsLoaded, record));
            Assert.AreEqual(Crc32.Of(text, 0, text.Length), (uint)record.A);
        }

        [TestMethod]
        public void Settings_that_do_not_reach_the_county_are_given_up_and_reported()
        {
            byte[] good = TrialScene.Text("good", "1");
            TrialScene scene = Proven(good);
            byte[] wrong = TrialScene.Text("wrong", "1");
            scene.Start(wrong);
            Assert.IsTrue(scene.InForce(wrong));
            scene.Pass(TrialScene.LimitMs + 1000);
            Assert.AreEqual(3, scene.Starts);
            Assert.IsTrue(scene.InForce(good));
            EventRecord record = new EventRecord();
            Assert.AreEqual(1, scene.Newest(EventKind.SettingsRolledBack, record));
            Assert.AreEqual(Crc32.Of(wrong, 0, wrong.Length), (uint)record.A);
            Assert.AreEqual((int)Origin.Technician, record.B);
            scene.Pass(1000);
            LaneLog routine = scene.Loop.Log.At(Lane.Routine);
            Assert.AreEqual(routine.Last, routine.Held);

            scene.Start(null);
            scene.Pass(2 * TrialScene.LimitMs);
            Assert.AreEqual(4, scene.Starts);
            Assert.AreEqual(0u, scene.Trial.GivenUpCrc);
        }

        [TestMethod]
        public void Trial_that_ends_in_power_cuts_has_failed_after_the_third()
        {
            byte[] good = TrialScene.Text("good", "1");
            TrialScene scene = Proven(good);
            byte[] wrong = TrialScene.Text("wrong", "1");
            scene.Start(wrong);
            for (int i = 1; i < Limits.SettingsStartsMax; i++)
            {
                scene.Pass(TrialScene.LimitMs / 2);
                scene.Start(null);
                Assert.IsTrue(scene.InForce(wrong));
            }

            scene.Pass(TrialScene.LimitMs / 2);
            scene.Start(null);
            Assert.IsTrue(scene.InForce(good));
            scene.Pass(1000);
            Assert.AreEqual(Limits.SettingsStartsMax, scene.Newest(EventKind.SettingsRolledBack, new EventRecord()));
        }

        [TestMethod]
        public void Fire_latched_in_a_zone_that_the_old_settings_do_not_have_outlives_the_way_back()
        {
            TrialScene scene = Proven(TrialScene.Text("good", "1"));
            scene.Start(TrialScene.Text("wrong", "9 1"));
            scene.Pass(500);
            scene.Press(9);
            Assert.IsTrue(scene.Board.IsOn((int)OutputRole.Siren));
            scene.Pass(TrialScene.LimitMs + 1000);
            Assert.AreEqual(3, scene.Starts);
            MainLoop loop = scene.Loop;
            Assert.AreEqual(1 << 8, loop.Settings.NumberBits(loop.Panel.Latched));
            Assert.AreEqual(9, (int)loop.Settings.ZoneNumber[loop.Panel.FirstZone]);
            Assert.IsTrue(scene.Board.IsOn((int)OutputRole.Siren));

            scene.Start(null);
            scene.Pass(500);
            Assert.IsTrue(scene.Board.IsOn((int)OutputRole.Siren));
            scene.Reset();
            Assert.AreEqual(ZoneSet.None, scene.Loop.Panel.Latched);
            Assert.IsFalse(scene.Board.IsOn((int)OutputRole.Siren));
        }

        [TestMethod]
        public void Technicians_wrong_text_changes_nothing_and_the_county_hears_its_line()
        {
            byte[] good = TrialScene.Text("good", "1");
            TrialScene scene = Proven(good);
            scene.Start(TrialScene.Text("good", "1 99"));
            scene.Pass(500);
            Assert.IsTrue(scene.InForce(good));
            EventRecord record = new EventRecord();
            Assert.AreEqual(1, scene.Newest(EventKind.SettingsRefused, record));
            Assert.AreEqual(5, record.A);
            Assert.AreEqual(6, record.B);
            Assert.AreEqual((int)Origin.Technician | ((int)SettingsReason.NotAllowed << 8), record.C);
        }

        [TestMethod]
        public void Text_from_before_plain_contacts_had_to_be_said_stays_in_force_and_says_so()
        {
            byte[] before = TrialScene.TextFromBefore("good", "1 3");
            TrialScene scene = new TrialScene(new MemoryFlash());
            scene.StartUpdated(before);
            scene.Pass(1000);
            Assert.IsTrue(scene.InForce(before));
            EventRecord record = new EventRecord();
            Assert.AreEqual(0, scene.Newest(EventKind.UnsupervisedFires, record));
            Assert.AreEqual(5, record.A);
            Assert.AreEqual(Crc32.Of(before, 0, before.Length), (uint)record.B);
            scene.Press(1);
            Assert.AreEqual(Bits.Zone(0), scene.Loop.Panel.Latched);
        }

        [TestMethod]
        public void New_text_that_does_not_say_a_plain_contact_is_refused_and_the_box_goes_on()
        {
            byte[] before = TrialScene.TextFromBefore("good", "1");
            TrialScene scene = new TrialScene(new MemoryFlash());
            scene.StartUpdated(before);
            scene.Pass(1000);
            Assert.AreEqual(2, scene.Start(TrialScene.TextFromBefore("good", "1 2")).Total);
            scene.Pass(1000);
            Assert.IsTrue(scene.InForce(before));
            byte[] text = TrialScene.Text("good", "1 2");
            scene.Start(text);
            scene.Pass(1000);
            Assert.IsTrue(scene.InForce(text));
            Assert.IsFalse(scene.Loop.Settings.Unsaid != 0);
        }

        [TestMethod]
        public void Another_station_is_not_on_trial_since_its_box_was_moved()
        {
            TrialScene scene = Proven(TrialScene.Text("good", "1"));
            byte[] other = TrialScene.Text("wrong", "1");
            other[11] = (byte)'2';
            scene.Start(other);
            scene.Pass(3 * TrialScene.LimitMs);
            Assert.AreEqual(2, scene.Starts);
            Assert.IsTrue(scene.InForce(other));
        }

        [TestMethod]
        public void Flash_that_takes_no_mark_keeps_the_good_settings()
        {
            MemoryFlash flash = new MemoryFlash();
            TrialScene scene = new TrialScene(flash);
            byte[] good = TrialScene.Text("good", "1");
            scene.Start(good);
            scene.Pass(1000);
            SettingsTrial trial = new SettingsTrial(flash, SceneBoard.Shape());
            byte[] wrong = TrialScene.Text("wrong", "1");
            Assert.IsTrue(trial.Take(wrong, wrong.Length));
            flash.Refuses = true;
            scene.Start(null);
            Assert.IsTrue(scene.InForce(good));
        }

        internal static TrialScene Proven(byte[] text)
        {
            TrialScene scene = new TrialScene(new MemoryFlash());
            scene.Start(text);
            scene.Pass(1000);
            return scene;
        }
    }
}
