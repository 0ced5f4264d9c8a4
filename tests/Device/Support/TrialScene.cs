// Owns: a gateway whose settings come from its flash and change, with the restarts that this takes.
// Must never: judge settings; it says which broker has a county behind it.

using System.Text;
using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>The county answers behind the broker "good" alone. Restarts that the gateway wants happen at once.</summary>
    public sealed class TrialScene
    {
        /// <summary>How long the county is awaited in these tests.</summary>
        public const int LimitMs = 3000;

        public const int PieceBytes = 100;

        private readonly FlashPort _flash;
        private readonly Ports _ports = new Ports();
        private readonly BoardShape _shape;
        private uint _number;

        public TrialScene(FlashPort flash)
            : this(flash, SceneBoard.Shape())
        {
        }

        /// <param name="flash">What is stored.</param>
        /// <param name="shape">The board that a text means where it names none.</param>
        public TrialScene(FlashPort flash, BoardShape shape)
        {
            _flash = flash;
            _shape = shape;
            Board = new SceneBoard();
            County = new SceneCounty();
            _ports.Board = Board;
            _ports.Shape = shape;
            _ports.Flash = flash;
            _ports.Link = County;
            _ports.Key = new NoMac();
            _ports.Firmware = "scene";
            for (int i = 0; i < Limits.InputsMax; i++)
            {
                Board.Set(i, i < SceneBoard.Analog ? 5000 : 1);
            }
        }

        public SceneBoard Board { get; }

        public SceneCounty County { get; }

        public MainLoop Loop { get; private set; }

        public SettingsTrial Trial { get; private set; }

        /// <summary>Milliseconds since the last start.</summary>
        public long NowMs { get; private set; }

        /// <summary>Starts so far.</summary>
        public int Starts { get; private set; }

        /// <summary>A settings text with call points of these numbers on the inputs of these numbers.</summary>
        public static byte[] Text(string host, string zones)
        {
            return Text(host, zones, " unsupervised=yes");
        }

        /// <summary>The same, as it was written before plain contacts had to be said.</summary>
        public static byte[] TextFromBefore(string host, string zones)
        {
            return Text(host, zones, "");
        }

        private static byte[] Text(string host, string zones, string word)
        {
            string text = "station id=1 county=c township=t village=v name=站\nuplink host=" + host
                + " heartbeatS=600 drainPerS=100\nbutton reset input=d34\n";
            string[] numbers = zones.Split(' ');
            for (int i = 0; i < numbers.Length; i++)
            {
                text += "zone " + numbers[i] + " kind=callpoint wiring=no" + word
                    + " input=d" + numbers[i] + " name=z" + numbers[i] + "\n";
            }

            return Encoding.UTF8.GetBytes(text);
        }

        /// <summary>A start as the platforms do it: what is in memory is gone.</summary>
        /// <param name="wish">The technician's text, or null.</param>
        public SettingsErrors Start(byte[] wish)
        {
            SettingsErrors errors = new SettingsErrors();
            Trial = new SettingsTrial(_flash, _shape);
            Trial.LimitMs = LimitMs;
            if (wish != null && SettingsParser.Parse(wish, wish.Length, _shape, errors) == null)
            {
                Trial.NoteRefused(errors);
            }
            else if (wish != null)
            {
                Trial.Take(wish, wish.Length);
            }

            Begin(errors);
            return errors;
        }

        /// <summary>A start with a text in flash that the release before has put there.</summary>
        public void StartUpdated(byte[] stored)
        {
            Trial = new SettingsTrial(_flash, _shape);
            Trial.LimitMs = LimitMs;
            Trial.Take(stored, stored.Length);
            Begin(new SettingsErrors());
        }

        private void Begin(SettingsErrors errors)
        {
            Settings settings = Trial.Choose(errors);
            County.Close();
            County.Answers = settings != null && settings.Host[0] == "good";
            NowMs = 0;
            Starts++;
            _ports.Trial = Trial;
            Loop = new MainLoop(_ports, settings, 7, 0);
        }

        public void Pass(int ms)
        {
            for (int i = 0; i < ms; i += Limits.TickMs)
            {
                NowMs += Limits.TickMs;
                Loop.Tick(NowMs);
                if (Loop.RestartWanted)
                {
                    Start(null);
                }
            }
        }

        /// <summary>Presses a call point and lets it go.</summary>
        public void Press(int zone)
        {
            int input = SceneBoard.Analog + zone - 1;
            Board.Set(input, 0);
            Pass(200);
            Board.Set(input, 1);
            Pass(200);
        }

        public void Reset()
        {
            Press(34);
        }

        /// <summary>Sends a command and lets it be answered.</summary>
        public void Ask(CommandCode code, int a, int b, uint c, byte[] text)
        {
            County.Text = text;
            County.Ask(++_number, code, a, b, (int)c);
            Pass(200);
        }

        public void Piece(byte[] whole, int at, int count)
        {
            byte[] piece = new byte[count];
            System.Array.Copy(whole, at, piece, 0, count);
            Ask(CommandCode.SettingsPiece, at, whole.Length, Crc32.Of(whole, 0, whole.Length), piece);
        }

        public void Pieces(byte[] text)
        {
            for (int at = 0; at < text.Length; at += PieceBytes)
            {
                Piece(text, at, text.Length - at < PieceBytes ? text.Length - at : PieceBytes);
            }
        }

        public void Commit(byte[] text)
        {
            Ask(CommandCode.SettingsCommit, 0, text.Length, Crc32.Of(text, 0, text.Length), new byte[0]);
            Pass(200);
        }

        /// <summary>Value of the newest event of a kind in its lane, which is left in the record; -1 without one.</summary>
        public int Newest(EventKind kind, EventRecord into)
        {
            byte[] records = new byte[EventRecord.Size];
            EventRecord record = new EventRecord();
            Lane lane = EventKinds.LaneOf(kind);
            LaneLog log = Loop.Log.At(lane);
            int value = -1;
            for (uint after = 0; after < log.Durable; after++)
            {
                bool read = Loop.Log.Read(lane, after, 1, records, 0) == 1
                    && record.Decode(records, 0, records.Length) == DecodeResult.Ok;
                if (read && record.Kind == kind)
                {
                    into.Decode(records, 0, records.Length);
                    value = record.Value;
                }
            }

            return value;
        }

        /// <summary>What the last command came to; -1 without an answer.</summary>
        public int Outcome()
        {
            EventRecord record = new EventRecord();
            int value = Newest(EventKind.CommandDone, record);
            return (uint)record.A == _number ? value : -1;
        }

        /// <summary>True when the stored text in force is this one, byte for byte, and it is what runs.</summary>
        public bool InForce(byte[] text)
        {
            byte[] stored = new byte[Limits.SettingsBytesMax];
            int count = Trial.Export(stored);
            bool same = count == text.Length && Loop.Settings.TextCrc == Crc32.Of(text, 0, count);
            for (int i = 0; same && i < count; i++)
            {
                same = stored[i] == text[i];
            }

            return same;
        }
    }
}
