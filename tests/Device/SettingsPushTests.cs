// Owns: settings that the county sends in pieces: what is taken, what is refused, and with which answer.
// Must never: hold state in an object; the device calls these methods without one.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>The answers are events of the routine lane.</summary>
    [TestClass]
    public class SettingsPushTests
    {
        [TestMethod]
        public void Good_text_is_checked_applied_by_a_restart_and_kept()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2 3");
            scene.Pieces(text);
            Assert.AreEqual((int)CommandOutcome.Done, scene.Outcome());
            Assert.AreEqual(1, scene.Starts);
            scene.Commit(text);
            scene.Pass(2000);
            Assert.AreEqual((int)CommandOutcome.Done, scene.Outcome());
            Assert.AreEqual(2, scene.Starts);
            Assert.IsTrue(scene.InForce(text));
            EventRecord record = new EventRecord();
            Assert.AreEqual(0, scene.Newest(EventKind.SettingsLoaded, record));
            Assert.AreEqual((int)Origin.County, record.B);
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.NothingToDo, scene.Outcome());
        }

        [TestMethod]
        public void Text_that_does_not_reach_the_county_is_given_up()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("wrong", "1");
            scene.Pieces(text);
            scene.Commit(text);
            scene.Pass(TrialScene.LimitMs + 2000);
            Assert.IsTrue(scene.InForce(First()));
            EventRecord record = new EventRecord();
            Assert.AreEqual(1, scene.Newest(EventKind.SettingsRolledBack, record));
            Assert.AreEqual(Crc32.Of(text, 0, text.Length), (uint)record.A);
            Assert.AreEqual((int)Origin.County, record.B);
        }

        [TestMethod]
        public void Text_with_an_error_is_refused_with_its_place_and_changes_nothing()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2 44");
            scene.Pieces(text);
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.WrongSettings, scene.Outcome());
            EventRecord record = new EventRecord();
            Assert.AreEqual(1, scene.Newest(EventKind.SettingsRefused, record));
            Assert.AreEqual(6, record.A);
            Assert.AreEqual(6, record.B);
            Assert.AreEqual((int)Origin.County | ((int)SettingsReason.NotAllowed << 8), record.C);
            scene.Pass(TrialScene.LimitMs);
            Assert.AreEqual(1, scene.Starts);
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.Incomplete, scene.Outcome());
        }

        [TestMethod]
        public void Settings_of_another_station_are_refused()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1");
            text[11] = (byte)'2';
            scene.Pieces(text);
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.WrongSettings, scene.Outcome());
            EventRecord record = new EventRecord();
            scene.Newest(EventKind.SettingsRefused, record);
            Assert.AreEqual((int)Origin.County | ((int)SettingsReason.OtherStation << 8), record.C);
        }

        [DataRow("a piece before the text", -1, 10, 5, 4)]
        [DataRow("a piece behind the text", 10, 10, 1, 4)]
        [DataRow("a piece longer than the rest", 0, 10, 11, 4)]
        [DataRow("an empty piece", 0, 10, 0, 4)]
        [DataRow("a text of nothing", 0, 0, 1, 4)]
        [DataRow("a text beyond the bound of a small flash", 0, 8173, 5, 4)]
        [DataRow("a text at that bound", 0, 8172, 5, 0)]
        [DataRow("a first piece that is missing", 5, 10, 5, 9)]
        public void Piece_outside_its_text_is_refused(string name, int offset, int whole, int count, int outcome)
        {
            TrialScene scene = Proven();
            scene.Ask(CommandCode.SettingsPiece, offset, whole, 77, new byte[count]);
            Assert.AreEqual(outcome, scene.Outcome(), name);
        }

        [TestMethod]
        public void Repeated_pieces_are_harmless_and_missing_ones_are_noticed()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2");
            int rest = text.Length - 80;
            scene.Piece(text, 0, 40);
            scene.Piece(text, 80, rest);
            Assert.AreEqual((int)CommandOutcome.Incomplete, scene.Outcome());
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.Incomplete, scene.Outcome());
            scene.Piece(text, 40, 40);
            scene.Piece(text, 0, 40);
            Assert.AreEqual((int)CommandOutcome.Done, scene.Outcome());
            scene.Piece(text, 20, 60);
            Assert.AreEqual((int)CommandOutcome.Done, scene.Outcome());
            scene.Piece(text, 60, text.Length - 60);
            scene.Piece(text, 40, 40);
            scene.Commit(text);
            scene.Pass(2000);
            Assert.IsTrue(scene.InForce(text));
        }

        [TestMethod]
        public void Pieces_are_whole_whatever_the_journal_writes_meanwhile()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2");
            for (int at = 0; at < text.Length; at += 2)
            {
                scene.Piece(text, at, text.Length - at < 2 ? 1 : 2);
            }

            scene.Commit(text);
            scene.Pass(2000);
            Assert.IsTrue(scene.InForce(text));
        }

        [TestMethod]
        public void Newer_text_takes_the_place_of_one_that_was_not_committed()
        {
            TrialScene scene = Proven();
            byte[] older = TrialScene.Text("good", "1 2");
            byte[] newer = TrialScene.Text("good", "1 3");
            scene.Pieces(older);
            scene.Piece(newer, 100, 10);
            Assert.AreEqual((int)CommandOutcome.Incomplete, scene.Outcome());
            scene.Pieces(newer);
            scene.Commit(older);
            Assert.AreEqual((int)CommandOutcome.Incomplete, scene.Outcome());
            scene.Commit(newer);
            scene.Pass(2000);
            Assert.IsTrue(scene.InForce(newer));
        }

        [TestMethod]
        public void Bytes_that_are_not_those_of_the_checksum_are_refused_and_forgotten()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2");
            byte[] other = TrialScene.Text("good", "1 3");
            uint crc = Crc32.Of(text, 0, text.Length);
            scene.Ask(CommandCode.SettingsPiece, 0, text.Length, crc, other);
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.Incomplete, scene.Outcome());
            scene.Pieces(text);
            scene.Commit(text);
            scene.Pass(2000);
            Assert.IsTrue(scene.InForce(text));
        }

        [TestMethod]
        public void No_settings_are_put_in_force_while_a_fire_is_latched()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2");
            scene.Pieces(text);
            scene.Press(1);
            scene.Commit(text);
            Assert.AreEqual((int)CommandOutcome.FireIsLatched, scene.Outcome());
            Assert.AreEqual(1, scene.Starts);
            scene.Reset();
            scene.Commit(text);
            scene.Pass(2000);
            Assert.IsTrue(scene.InForce(text));
        }

        [TestMethod]
        public void Fire_between_the_commit_and_the_restart_is_not_interrupted()
        {
            TrialScene scene = Proven();
            byte[] text = TrialScene.Text("good", "1 2");
            scene.Pieces(text);
            scene.Board.Set(SceneBoard.Analog, 0);
            scene.Ask(CommandCode.SettingsCommit, 0, text.Length, Crc32.Of(text, 0, text.Length), new byte[0]);
            scene.Pass(10000);
            Assert.IsTrue(scene.Loop.Panel.Latched != 0);
            Assert.AreEqual(1, scene.Starts);
        }

        [TestMethod]
        public void Station_without_a_store_of_settings_refuses_them()
        {
            Scene scene = new Scene("callpoint 1");
            scene.Pass(2000, true);
            scene.County.Text = new byte[5];
            scene.County.Ask(7, CommandCode.SettingsPiece, 0, 5, 1);
            scene.Pass(400, true);
            byte[] records = new byte[EventRecord.Size];
            EventRecord record = new EventRecord();
            uint last = scene.Loop.Log.At(Lane.Routine).Durable;
            scene.Loop.Log.Read(Lane.Routine, last - 1, 1, records, 0);
            record.Decode(records, 0, records.Length);
            Assert.AreEqual((int)CommandOutcome.NotAllowed, record.Value);
        }

        private static byte[] First()
        {
            return TrialScene.Text("good", "1");
        }

        private static TrialScene Proven()
        {
            return SettingsTrialTests.Proven(First());
        }
    }
}
