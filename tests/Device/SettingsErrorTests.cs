// Owns: what is wrong with a settings text: the line and column that are named, and the reason that the county is told.
// Must never: hold state in an object; the device calls these methods without one.

using System.Text;
using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>A good text of four lines stands above each wrong one: the station, the uplink, smoke zone 1, call point zone 2.</summary>
    [TestClass]
    public class SettingsErrorTests
    {
        private const string Station = "station id=1 county=c township=t village=v name=n\n";
        private const string Uplink = "uplink host=h\n";
        private const string Zones =
            "zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=a\nzone 2 kind=callpoint wiring=line input=a2 name=b\n";
        private const int Line = 5;

        [DataRow("zone 3 name=\"x", 13)]
        [DataRow("zone 3 na\"me=x", 10)]
        [DataRow("zone 3 name=\"x\"y", 13)]
        [DataRow("clocks =5", 8)]
        [DataRow("id=5", 1)]
        [DataRow("clocks \u0001", 8)]
        public void Line_of_a_wrong_form_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.Form);
        }

        [DataRow("dance", 1)]
        [DataRow("Zone 3 kind=smoke", 1)]
        [DataRow("cases afterMin=5 colour=red", 18)]
        [DataRow("cases afterMin=5 now", 18)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c low=5 unsupervised=yes", 45)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c 火=5 unsupervised=yes", 45)]
        public void Word_that_there_is_not_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.UnknownWord);
        }

        [DataRow("zone", 1)]
        [DataRow("zone 3 wiring=no input=d3 name=c", 1)]
        [DataRow("zone 3 kind=smoke input=d3 name=c", 1)]
        [DataRow("zone 3 kind=smoke wiring=no name=c unsupervised=yes", 1)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 unsupervised=yes", 1)]
        [DataRow("zone 3 kind=callpoint wiring=nc input=d3 name=c", 1)]
        [DataRow("zone 3 kind=gas wiring=no input=d3 name=c unsupervised=no", 1)]
        [DataRow("zone 3 kind=heat wiring=current input=a3 name=c low=5", 1)]
        [DataRow("zone 3 kind=heat wiring=current input=a3 name=c range=0..100", 1)]
        [DataRow("group 1 need=1", 1)]
        [DataRow("button", 1)]
        [DataRow("button reset", 1)]
        [DataRow("output siren active=low", 1)]
        [DataRow("delay t2S=5", 1)]
        [DataRow("patrol 1 from=20:00 to=21:00", 1)]
        [DataRow("rule", 1)]
        [DataRow("rule 1", 6)]
        [DataRow("rule 1 if", 8)]
        [DataRow("rule 1 if fire:any", 11)]
        [DataRow("rule 1 if fire:any then", 1)]
        public void What_has_to_be_there_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.Missing);
        }

        [DataRow("zone x kind=smoke wiring=no input=d3 name=c unsupervised=yes", 6)]
        [DataRow("zone 0 kind=smoke wiring=no input=d3 name=c unsupervised=yes", 6)]
        [DataRow("zone 33 kind=smoke wiring=no input=d3 name=c unsupervised=yes", 6)]
        [DataRow("zone 3 kind=smok wiring=no input=d3 name=c", 8)]
        [DataRow("zone 3 kind=smoke wiring=na input=d3 name=c", 19)]
        [DataRow("zone 3 kind=smoke wiring=no input=a3 name=c unsupervised=yes", 29)]
        [DataRow("zone 3 kind=smoke wiring=line input=d3 name=c", 31)]
        [DataRow("zone 3 kind=smoke wiring=no input=d99 name=c unsupervised=yes", 29)]
        [DataRow("zone 3 kind=smoke wiring=no input=d1 name=c unsupervised=yes", 29)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=\"\" unsupervised=yes", 38)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=一二三四五六七八九十一二三四五六七 unsupervised=yes", 38)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=火 delayS=601 unsupervised=yes", 45)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c verifyS=91 unsupervised=yes", 45)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c delayS=5 verifyS=5 unsupervised=yes", 1)]
        [DataRow("zone 3 kind=callpoint wiring=no input=d3 name=c delayS=5 unsupervised=yes", 1)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c chatter=1 unsupervised=yes", 45)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c debounce=2/4 unsupervised=yes", 45)]
        [DataRow("zone 3 kind=smoke wiring=no input=d3 name=c debounce=5/9 unsupervised=yes", 45)]
        [DataRow("zone 3 kind=smoke wiring=line input=a3 name=c bands=9/8/7", 47)]
        [DataRow("zone 3 kind=callpoint wiring=current input=a3 name=c range=0..9 low=1", 23)]
        [DataRow("zone 3 kind=heat wiring=current input=a3 name=c range=9..9 low=1", 49)]
        [DataRow("zone 3 kind=heat wiring=current input=a3 name=c range=0..100 high=101", 62)]
        [DataRow("zone 3 kind=heat wiring=current input=a3 name=c range=0..100 low=50 high=50", 1)]
        public void Zone_with_a_value_that_is_not_allowed_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.NotAllowed);
        }

        [DataRow("zone 3 kind=smoke wiring=line input=a3 name=c unsupervised=yes", 47)]
        [DataRow("zone 3 kind=valve wiring=no input=d3 name=c unsupervised=yes", 45)]
        [DataRow("group 100 zones=1", 7)]
        [DataRow("group 1 zones=1,1", 9)]
        [DataRow("group 1 zones=1,9", 9)]
        [DataRow("group 1 zones=1,2 need=2", 9)]
        [DataRow("group 1 zones=1 need=2", 17)]
        [DataRow("output nose pin=1", 8)]
        [DataRow("output siren pin=99", 14)]
        [DataRow("output siren pin=1 active=up", 20)]
        [DataRow("button nose input=d5", 8)]
        [DataRow("button reset input=a5", 14)]
        [DataRow("delay t1S=0", 7)]
        [DataRow("delay t1S=400 t2S=400", 1)]
        [DataRow("delay t1S=5 from=24:00", 13)]
        [DataRow("delay t1S=5 from=8:00", 13)]
        [DataRow("delay t1S=5 days=5-1", 13)]
        [DataRow("delay t1S=5 from=08:00 to=08:00", 24)]
        [DataRow("clocks answerS=ninety", 8)]
        [DataRow("clocks answerS=99999999999", 8)]
        [DataRow("clocks answerS=-1", 8)]
        [DataRow("clocks from=here", 8)]
        [DataRow("patrol 2 zones=1 from=20:00 to=21:00", 1)]
        [DataRow("patrol 1 zones=1 from=20:00 to=21:00", 10)]
        [DataRow("drill linkage=maybe", 7)]
        [DataRow("drill maxMin=481", 7)]
        [DataRow("hotwork lookMin=0", 9)]
        [DataRow("cases redDays=21", 7)]
        [DataRow("selftest hour=24", 10)]
        [DataRow("remote silence=on", 8)]
        public void Value_that_is_not_allowed_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.NotAllowed);
        }

        [DataRow("rule 256 if fire:any then event", 6)]
        [DataRow("rule 1 when fire:any then event", 8)]
        [DataRow("rule 1 if smoke then event", 11)]
        [DataRow("rule 1 if fire:z9 then event", 11)]
        [DataRow("rule 1 if fire:any:33 then event", 11)]
        [DataRow("rule 1 if fault:any/5s then event", 11)]
        [DataRow("rule 1 if time:8:00-9:00 then event", 11)]
        [DataRow("rule 1 if fire:any or fire:z1 then event", 20)]
        [DataRow("rule 1 if fire:any then lamp-fire:on", 25)]
        [DataRow("rule 1 if fire:any then siren:fire", 25)]
        [DataRow("rule 1 if fire:any then relay1:on relay1:flash", 1)]
        [DataRow("rule 1 if flag:f1 then event", 1)]
        [DataRow("rule 1 if mode:day then event", 1)]
        [DataRow("rule 1 if fire:any:3 then event", 1)]
        public void Rule_that_cannot_be_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.NotAllowed);
        }

        [DataRow("station id=2 county=c township=t village=v name=n", 1)]
        [DataRow("uplink host=i", 1)]
        [DataRow("zone 1 kind=smoke wiring=no input=d3 name=c unsupervised=yes", 1)]
        [DataRow("cases afterMin=5 afterMin=6", 18)]
        public void What_is_there_again_is_named(string line, int column)
        {
            Check(line, column, SettingsReason.Repeated);
        }

        [DataRow("group 1 zones=1", "group 1 zones=1")]
        [DataRow("output siren pin=1", "output siren pin=2")]
        [DataRow("button reset input=d5", "button reset input=d6")]
        [DataRow("rule 1 if fire:any then event", "rule 1 if fire:z1 then event")]
        [DataRow("clocks", "clocks")]
        [DataRow("delay t1S=5", "delay t1S=5")]
        public void Second_line_of_what_may_be_there_once_is_named(string first, string second)
        {
            SettingsErrors errors = Read(Station + Uplink + Zones + first + "\n" + second);
            Assert.AreEqual((int)SettingsReason.Repeated, (int)errors.Reason(0), second);
            Assert.AreEqual(Line + 1, errors.Line(0), second);
            Assert.AreEqual(1, errors.Total, second);
        }

        [TestMethod]
        public void More_than_there_may_be_is_named()
        {
            string groups = Station + Uplink + Zones;
            for (int i = 1; i <= Limits.GroupsMax + 1; i++)
            {
                groups += "group " + i.ToString() + " zones=1\n";
            }

            One(Read(groups), Line + Limits.GroupsMax, 1, SettingsReason.TooMany);
            StringBuilder rules = new StringBuilder();
            rules.Append(Station + Uplink + Zones);
            for (int i = 1; i <= Limits.RulesMax + 1; i++)
            {
                rules.Append("rule " + i.ToString() + " if fire:z1 then message:" + i.ToString() + "\n");
            }

            One(Read(rules.ToString()), Line + Limits.RulesMax, 1, SettingsReason.TooMany);
            string words = "clocks";
            for (int i = 0; i < Limits.LineWordsMax; i++)
            {
                words += " a";
            }

            Check(words, 6 + 2 * Limits.LineWordsMax, SettingsReason.Form);
        }

        [DataRow("no station", Uplink + Zones)]
        [DataRow("no uplink", Station + Zones)]
        [DataRow("no zone", Station + Uplink)]
        public void Text_that_lacks_a_line_is_refused_as_a_whole(string name, string text)
        {
            SettingsErrors errors = Read(text);
            One(errors, 0, 0, SettingsReason.Missing);
            Assert.IsTrue(errors.Text(0, "f").IndexOf(name) > 0, name);
        }

        [DataRow("\n", 0xFF)]
        [DataRow("\r\n", 0xE7)]
        [DataRow("# 说明\n", 0x80)]
        public void Byte_that_is_in_no_text_is_named_by_its_column_in_characters(string above, int wrong)
        {
            byte[] text = Encoding.UTF8.GetBytes(Station + above + "# 火X");
            text[text.Length - 1] = (byte)wrong;
            SettingsErrors errors = new SettingsErrors();
            Assert.IsNull(SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), errors));
            One(errors, 3, 4, SettingsReason.Form);
        }

        [TestMethod]
        public void All_errors_are_counted_and_the_first_ones_named()
        {
            string text = "";
            for (int i = 0; i < Limits.SettingsErrorsMax + 3; i++)
            {
                text += "dance\n";
            }

            SettingsErrors errors = Read(text);
            Assert.AreEqual(Limits.SettingsErrorsMax + 3, errors.Total);
            Assert.AreEqual(Limits.SettingsErrorsMax, errors.Count);
            Assert.AreEqual(Limits.SettingsErrorsMax, errors.Line(Limits.SettingsErrorsMax - 1));
        }

        [TestMethod]
        public void Text_longer_than_the_bound_is_refused_unread()
        {
            SettingsErrors errors = new SettingsErrors();
            byte[] text = new byte[Limits.SettingsBytesMax + 1];
            Assert.IsNull(SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), errors));
            One(errors, 0, 0, SettingsReason.TooMany);
        }

        [DataRow("[::1]")]
        [DataRow("10.1.2.3:8883")]
        [DataRow("mqtt://broker")]
        [DataRow("broker/1")]
        [DataRow("消防")]
        [DataRow("a:b:c:xyz")]
        public void Host_that_no_connection_would_reach_is_named(string host)
        {
            One(Read(Station + "uplink host=" + host + "\n" + Zones), 2, 8, SettingsReason.NotAllowed);
            One(Read(Station + "uplink host=h host2=" + host + "\n" + Zones), 2, 15, SettingsReason.NotAllowed);
        }

        [DataRow("10.1.2.3")]
        [DataRow("::1")]
        [DataRow("fd00::12:AB")]
        [DataRow("::ffff:10.1.2.3")]
        [DataRow("broker-1.county_a.cn")]
        public void Host_that_is_a_name_or_an_address_is_taken(string host)
        {
            Assert.AreEqual(0, Read(Station + "uplink host=" + host + " host2=" + host + "\n" + Zones).Total);
        }

        private static void Check(string line, int column, SettingsReason reason)
        {
            SettingsErrors errors = Read(Station + Uplink + Zones + line);
            string found = line + " -> " + (errors.Count == 0 ? "nothing" : errors.Text(0, "f"));
            Assert.IsTrue(errors.Total > 0, found);
            Assert.AreEqual(Line, errors.Line(0), found);
            Assert.AreEqual(column, errors.Column(0), found);
            Assert.AreEqual(SettingsReasons.Name((int)reason), SettingsReasons.Name((int)errors.Reason(0)), found);
        }

        private static void One(SettingsErrors errors, int line, int column, SettingsReason reason)
        {
            Assert.AreEqual(1, errors.Total);
            Assert.AreEqual(line, errors.Line(0));
            Assert.AreEqual(column, errors.Column(0));
            Assert.AreEqual((int)reason, (int)errors.Reason(0));
        }

        private static SettingsErrors Read(string text)
        {
            SettingsErrors errors = new SettingsErrors();
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Settings settings = SettingsParser.Parse(bytes, bytes.Length, SceneBoard.Shape(), errors);
            Assert.AreEqual(errors.Total > 0, settings == null);
            return errors;
        }
    }
}
