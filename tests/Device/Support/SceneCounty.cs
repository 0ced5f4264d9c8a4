// Owns: a broker and a county in one for tests of the panel: it answers at once, or not at all.
// Must never: prove anything about signatures or delivery; it signs with zeros and stores nothing.

using Gateway.Contract;
using Gateway.Core;

namespace Gateway.Tests.Device
{
    /// <summary>A signature that costs nothing.</summary>
    public sealed class NoMac : Mac
    {
        public override void Sign(byte[] message, int count, byte[] mac, int macAt)
        {
            System.Array.Clear(mac, macAt, SignatureBytes);
        }
    }

    /// <summary>Says "held" to every batch while <see cref="Answers"/> is set.</summary>
    public sealed class SceneCounty : LinkPort
    {
        private readonly MessageHeader _up = new MessageHeader();
        private readonly MessageHeader _down = new MessageHeader();
        private readonly NoMac _mac = new NoMac();
        private readonly uint[] _held = new uint[Lanes.Count];
        private uint _counter;
        private bool _open;
        private bool _welcome;
        private bool _answer;
        private bool _asked;

        /// <summary>Cleared, the broker is there but nobody answers.</summary>
        public bool Answers = true;

        public override LinkState State()
        {
            return _open ? LinkState.Open : LinkState.Idle;
        }

        public override void Open(int path, string will)
        {
            _open = true;
            _counter = 0;
        }

        public override void Close()
        {
            _open = false;
            _welcome = false;
            _answer = false;
        }

        public override bool Send(LinkLeaf leaf, byte[] message, int count)
        {
            if (!Answers || _up.DecodeUp(message, count) != DecodeResult.Ok)
            {
                return true;
            }

            if ((int)leaf < Lanes.Count)
            {
                int last = Batch.RecordsAt + (Batch.CountOf(message) - 1) * EventRecord.Size;
                _held[(int)leaf] = EventRecord.SequenceOf(message, last);
            }

            if (leaf == LinkLeaf.Names)
            {
                NamesPart part = new NamesPart();
                Places += part.Decode(message, count) == DecodeResult.Ok ? part.Count : 0;
            }

            _welcome |= leaf == LinkLeaf.Hello;
            _answer |= leaf != LinkLeaf.Hello;
            return true;
        }

        /// <summary>What the county's clock says in its messages, ms since 1970 UTC; 0 when it knows no time.</summary>
        public long UtcMs;

        /// <summary>What it says instead in the next <see cref="OtherAnswers"/> answers.</summary>
        public long OtherUtcMs;

        public int OtherAnswers;

        /// <summary>The command that <see cref="Ask"/> sends.</summary>
        public readonly Command Command = new Command();

        /// <summary>Forgets what it held, as one restored from an old copy, and says so with its next answer.</summary>
        public void Rewind()
        {
            System.Array.Clear(_held, 0, Lanes.Count);
            _answer = true;
        }

        /// <summary>What the next answers say that is held, in place of the truth, for a lane.</summary>
        public void Claim(Lane lane, uint held)
        {
            _held[(int)lane] = held;
            _answer = true;
        }

        /// <summary>Seconds that the command is good for; 0 makes it one that has to be refused.</summary>
        public int CommandLifeS = 60;

        /// <summary>The command's text.</summary>
        public byte[] Text = new byte[0];

        /// <summary>Sends <see cref="Command"/> with the next message down.</summary>
        public void Ask(uint number, CommandCode code, int a, int b, int c)
        {
            Command.Number = number;
            Command.Code = code;
            Command.A = a;
            Command.B = b;
            Command.C = c;
            _asked = true;
        }

        /// <summary>Asked for with the next message down: the table of names of the settings with this checksum; 0 = none.</summary>
        public uint NamesOf;

        /// <summary>Places of tables of names that came.</summary>
        public int Places { get; private set; }

        /// <summary>Sent once, before all else; null = nothing. Reason 0 makes one that can't be read.</summary>
        public Refuse Refusal;

        public override int Receive(byte[] into)
        {
            if (Refusal != null && _open && !_welcome)
            {
                Refuse refusal = Refusal;
                Refusal = null;
                _down.AnswerTo(_up, MessageType.Refuse, 0, UtcMs);
                _down.Encode(into);
                return MessageHeader.Seal(_mac, into, refusal.Encode(into));
            }

            if (_asked && _open && !_welcome)
            {
                _asked = false;
                _down.AnswerTo(_up, MessageType.Command, ++_counter, UtcMs);
                _down.LifeS = CommandLifeS;
                _down.Encode(into);
                System.Array.Copy(Text, 0, into, Command.TextAt, Text.Length);
                Command.TextBytes = Text.Length;
                return MessageHeader.Seal(_mac, into, Command.Encode(into));
            }

            if (NamesOf != 0 && _open && !_welcome)
            {
                _down.AnswerTo(_up, MessageType.Ask, ++_counter, UtcMs);
                _down.Encode(into);
                int asked = AskNames.Encode(into, NamesOf);
                NamesOf = 0;
                return MessageHeader.Seal(_mac, into, asked);
            }

            if (!_welcome && !_answer)
            {
                return 0;
            }

            bool other = OtherAnswers > 0 && !_welcome;
            OtherAnswers -= other ? 1 : 0;
            _down.AnswerTo(_up, _welcome ? MessageType.Welcome : MessageType.Held, ++_counter, other ? OtherUtcMs : UtcMs);
            _down.Encode(into);
            int count = _welcome ? Welcome.Encode(into, ContractLimits.VersionMax, _held) : HeldThrough.Encode(into, _held);
            _answer &= _welcome;
            _welcome = false;
            return MessageHeader.Seal(_mac, into, count);
        }
    }
}
