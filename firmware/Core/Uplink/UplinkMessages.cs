// Owns: making the gateway's messages and checking the county's: heads, counters, signatures.
// Must never: accept a message of another session, or with a counter that was seen.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>One head for all; the caller lends a buffer for each message, and sends it before the next is made.</summary>
    public sealed class UplinkMessages
    {
        private readonly MessageHeader _head = new MessageHeader();
        private readonly byte[] _scratch = new byte[Mac.SignatureBytes];
        private readonly Mac _mac;
        private readonly EventLog _log;
        private readonly Panel _panel;
        private readonly string _firmware;
        private uint _session;
        private uint _counter;
        private uint _lastDown;

        public UplinkMessages(Mac mac, EventLog log, Panel panel, string firmware)
        {
            _mac = mac;
            _log = log;
            _panel = panel;
            _firmware = firmware;
        }

        /// <summary>Type of the message accepted last.</summary>
        public MessageType AcceptedType { get; private set; }

        /// <summary>The county's clock in the message accepted last, 0 when it does not know it.</summary>
        public long AcceptedUtcMs { get; private set; }

        /// <summary>Whether the message accepted last has an age limit.</summary>
        public bool AcceptedLimited { get; private set; }

        /// <summary>Messages that were refused here, and sessions that were refused there, since the start.</summary>
        public uint Refused { get; private set; }

        /// <summary>The county may ask for the table of names.</summary>
        public bool TellsNames { get; set; }

        public void NewSession(uint session)
        {
            _session = session;
            _counter = 0;
            _lastDown = 0;
        }

        /// <summary>A message, or its body, was refused.</summary>
        public void CountRefused()
        {
            Refused++;
        }

        /// <summary>Hello into the buffer; its bytes.</summary>
        public int Hello(byte[] buffer, long nowMs)
        {
            Hello hello = new Hello();
            hello.VersionMin = ContractLimits.VersionMin;
            hello.VersionMax = ContractLimits.VersionMax;
            hello.Firmware = _firmware;
            hello.Abilities = TellsNames ? HelloAbility.Names : HelloAbility.None;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                LaneLog log = _log.At(lane);
                hello.Oldest[(int)lane] = _log.Moved.ToCounty(lane, log.Oldest - 1) + 1;
                hello.Last[(int)lane] = log.Last;
                hello.Held[(int)lane] = _log.Moved.ToCounty(lane, log.Held);
            }

            return Seal(buffer, MessageType.Hello, hello.Encode(buffer), nowMs);
        }

        /// <summary>A batch whose records already lie in the buffer; its bytes.</summary>
        public int Batch(byte[] buffer, Lane lane, int records, uint after, long nowMs)
        {
            Contract.Batch.EncodeHead(buffer, lane, records, _log.Moved.Behind(lane, after));
            return Seal(buffer, MessageType.Batch, Contract.Batch.RecordsAt + records * EventRecord.Size, nowMs);
        }

        /// <summary>A part of the names whose body already lies in the buffer; its bytes.</summary>
        public int Names(byte[] buffer, int count, long nowMs)
        {
            return Seal(buffer, MessageType.Names, count, nowMs);
        }

        /// <summary>Heartbeat into the buffer; its bytes.</summary>
        /// <param name="buffer">Gets the message.</param>
        /// <param name="beat">Has the session's counts; the rest is filled in.</param>
        /// <param name="nowMs">Monotonic.</param>
        public int Heartbeat(byte[] buffer, Heartbeat beat, long nowMs)
        {
            PanelState state = _panel.State;
            Settings settings = state.Settings;
            beat.Conditions = _panel.ConditionSummary;
            for (PanelPart part = state.Parts; part != null; part = part.Next)
            {
                part.Tell(beat);
            }

            beat.ZonesFire = (uint)settings.NumberBits(state.Latched);
            beat.ZonesFault = (uint)settings.NumberBits(_panel.Faults);
            beat.ZonesDisabled = (uint)settings.NumberBits(state.Disabled);
            beat.ZonesTest = (uint)settings.NumberBits(state.Tested);
            beat.ZonesSupervisory = (uint)settings.NumberBits(_panel.Supervisory);
            beat.Refused = Refused;
            beat.SettingsCrc = settings.TextCrc;
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                beat.Last[(int)lane] = _log.At(lane).Last;
                beat.Held[(int)lane] = _log.Moved.ToCounty(lane, _log.At(lane).Held);
            }

            return Seal(buffer, MessageType.Heartbeat, beat.Encode(buffer), nowMs);
        }

        /// <summary>The message that the broker is to publish when the connection dies.</summary>
        public string Will(byte[] buffer, long nowMs)
        {
            Seal(buffer, MessageType.Offline, MessageHeader.Size, nowMs);
            return Offline.ToText(buffer);
        }

        /// <summary>Checks a message from the county; only after Ok may its body be read.</summary>
        public DecodeResult Accept(byte[] message, int count, long nowMs)
        {
            DecodeResult result = _head.DecodeDown(message, count);
            AcceptedType = _head.Type;
            AcceptedUtcMs = _head.UtcQuality == UtcQuality.Synchronised ? _head.UtcMs : 0;
            AcceptedLimited = _head.LifeS != 0;
            if (result == DecodeResult.Ok && !MessageHeader.Verify(_mac, message, count, _scratch))
            {
                result = DecodeResult.WrongSignature;
            }

            if (result == DecodeResult.Ok)
            {
                PanelState state = _panel.State;
                long utcMs = state.Clock.SetUtcMs(nowMs);
                result = SessionRule.Down(_head, state.Settings.Station, _log.Epoch, _log.Boot, _session, _lastDown, utcMs);
            }

            if (result == DecodeResult.Ok && _head.Counter != 0)
            {
                _lastDown = _head.Counter;
            }

            return result;
        }

        private int Seal(byte[] buffer, MessageType type, int count, long nowMs)
        {
            MessageHeader head = _head;
            WallClock clock = _panel.State.Clock;
            head.Version = ContractLimits.VersionMax;
            head.Type = type;
            head.Station = _panel.State.Settings.Station;
            head.Epoch = _log.Epoch;
            head.Boot = _log.Boot;
            head.Session = _session;
            head.Counter = MessageTypes.Uncounted(type) ? 0 : ++_counter;
            head.UtcMs = clock.UtcMs(nowMs);
            head.UptimeMs = nowMs;
            head.LifeS = 0;
            head.UtcQuality = clock.Quality;
            head.Encode(buffer);
            return MessageHeader.Seal(_mac, buffer, count);
        }
    }
}
