// Owns: a gateway in a test with its board, flash and county, and the passing of time.
// Must never: reach into the panel; it turns wires and keys, and gives commands as the county would.

using System.Text;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>
    /// Settings of a scene are lines parted by " | ". A line that begins with a kind of zone is short for a zone with a normally open
    /// contact: "smoke 2 delayS=5" is "zone 2 kind=smoke wiring=no input=d2 name=z2 delayS=5"; with wiring=line, current or voltage it is
    /// on a2.
    /// </summary>
    public sealed class Scene
    {
        private const long Monday = 1795392000000;
        private const int ChinaMs = 8 * 60 * 60 * 1000;

        private readonly MemoryFlash _flash = new MemoryFlash();
        private readonly Ports _ports = new Ports();
        private Settings _settings;

        public readonly SceneDisplay Display = new SceneDisplay();

        public Scene(string settings)
            : this(settings, null, null)
        {
        }

        /// <param name="plan">How the flash is shared out; null = as its size asks.</param>
        /// <param name="trial">The store of settings; null = none.</param>
        public Scene(string settings, LogPlan plan, SettingsTrial trial)
        {
            _ports.Plan = plan;
            _ports.Trial = trial;
            SettingsErrors errors = new SettingsErrors();
            _settings = Read(settings, errors);
            if (_settings == null)
            {
                throw new System.Exception(errors.Text(0, "scene"));
            }

            Board = new SceneBoard();
            County = new SceneCounty();
            _ports.Display = Display;
            _ports.Board = Board;
            _ports.Shape = SceneBoard.Shape();
            _ports.Flash = _flash;
            _ports.Link = County;
            _ports.Key = new NoMac();
            _ports.Firmware = "scene";
            for (int i = 0; i < Limits.InputsMax; i++)
            {
                Board.Set(i, i < SceneBoard.Analog ? 5000 : 1);
            }

            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                Board.Set(_settings.ZoneInput[i], SceneWires.Level(_settings.ZoneWiring[i], "off"));
            }

            Start();
        }

        public SceneBoard Board { get; }

        public SceneCounty County { get; }

        public MainLoop Loop { get; private set; }

        public Settings Settings
        {
            get { return _settings; }
        }

        public MemoryFlash Flash
        {
            get { return _flash; }
        }

        /// <summary>Milliseconds since the last start.</summary>
        public long NowMs { get; private set; }

        /// <summary>What the last command said, see <see cref="CommandOutcome"/>.</summary>
        public int Result { get; set; }

        /// <summary>Reads settings in the short form.</summary>
        public static Settings Read(string settings, SettingsErrors errors)
        {
            byte[] text = Encoding.UTF8.GetBytes(Text(settings));
            return SettingsParser.Parse(text, text.Length, SceneBoard.Shape(), errors);
        }

        /// <summary>The settings text that the short form stands for; its first lines are the station, the uplink and the keys.</summary>
        public static string Text(string settings)
        {
            string text =
                "station id=1 county=c township=t village=v name=s\nuplink host=127.0.0.1 heartbeatS=600 drainPerS=100\n";
            string[] names = Buttons.Names();
            for (int i = 0; i < (int)Button.Mute; i++)
            {
                text += "button " + names[i] + " input=d" + (SceneBoard.FirstKey + i).ToString() + "\n";
            }

            string[] lines = settings.Split('|');
            for (int i = 0; i < lines.Length; i++)
            {
                text += Line(lines[i].Trim()) + "\n";
            }

            return text;
        }

        /// <summary>Starts the gateway, at first or after the power was cut: what is not in flash is gone.</summary>
        public void Start()
        {
            NowMs = 0;
            Loop = new MainLoop(_ports, _settings, 7, 0);
        }

        /// <summary>Starts it with other settings, as an orderly restart does.</summary>
        public void Change(string settings)
        {
            _settings = Read(settings, new SettingsErrors());
            Start();
        }

        /// <summary>The same on a board whose flash is shared out otherwise.</summary>
        public void Change(string settings, LogPlan plan)
        {
            _ports.Plan = plan;
            Change(settings);
        }

        /// <summary>
        /// Lets time pass: tick by tick at its beginning and end, and over a long quiet stretch in larger steps, but never past what is
        /// due.
        /// </summary>
        public void Pass(long ms, bool everyTick)
        {
            long end = NowMs + ms;
            long fineUntil = NowMs + 600;
            long stride = ms > 24 * 3600 * 1000L ? 60000 : ms > 3600 * 1000 ? 20000 : 1000;
            while (NowMs < end)
            {
                long next = NowMs + Limits.TickMs;
                if (!everyTick && NowMs >= fineUntil && next < end - 600)
                {
                    long far = NowMs + stride;
                    far = far > end - 600 ? end - 600 : far;
                    long due = Loop.Panel.DueMs;
                    next = due > next && due < far ? due : due <= next ? next : far;
                }

                NowMs = next < end ? next : end;
                Loop.Tick(NowMs);
            }
        }

        /// <summary>Sets the clock to a local time of a week that begins on a Monday.</summary>
        public void SetClock(int weekday, int minute)
        {
            Loop.Clock.Set(Monday + (weekday - 1) * 86400000L + minute * 60000L - ChinaMs, NowMs);
            Loop.Panel.Wake();
        }

        private static string Line(string line)
        {
            int space = line.IndexOf(' ');
            string word = space < 0 ? line : line.Substring(0, space);
            if (ZoneKinds.Parse(word) == ZoneKind.None || line.IndexOf("zones=") >= 0)
            {
                return line;
            }

            string rest = line.Substring(space + 1);
            int end = rest.IndexOf(' ');
            string number = end < 0 ? rest : rest.Substring(0, end);
            string keys = end < 0 ? "" : rest.Substring(end);
            bool analog = keys.IndexOf("wiring=line") >= 0 || keys.IndexOf("wiring=current") >= 0 || keys.IndexOf("wiring=voltage") >= 0;
            bool contact = keys.IndexOf("wiring=") < 0 || keys.IndexOf("wiring=n") >= 0;
            bool alarm = ZoneMeanings.OfKind(ZoneKinds.Parse(word)) == ZoneMeaning.Fire;
            return "zone " + number + " kind=" + word
                + (keys.IndexOf("wiring=") >= 0 ? "" : " wiring=no")
                + (contact && alarm && keys.IndexOf("unsupervised=") < 0 ? " unsupervised=yes" : "")
                + (keys.IndexOf("input=") >= 0 ? "" : " input=" + (analog ? "a" : "d") + number)
                + (keys.IndexOf("name=") >= 0 ? "" : " name=z" + number)
                + keys;
        }
    }
}
