// Owns: the MQTT topics: who they belong to and how they are written and read.
// Must never: accept a level with a wildcard, a slash or a control character.

namespace Gateway.Contract
{
    /// <summary>
    /// fgw/1/COUNTY/TOWNSHIP/VILLAGE/STATION/up/LEAF and …/down. Leaves: hello, fire, condition, routine, heartbeat, offline,
    /// names.
    /// A township reads its own with fgw/1/COUNTY/TOWNSHIP/+/+/up/#, its fires alone with …/up/fire.
    /// </summary>
    public sealed class Topics
    {
        public const string Root = "fgw/1/";
        public const string LeafHello = "hello";
        public const string LeafHeartbeat = "heartbeat";
        public const string LeafOffline = "offline";
        public const string LeafNames = "names";

        /// <summary>What a county subscribes to: every station's way up.</summary>
        public const string AllUp = "fgw/1/+/+/+/+/up/#";

        private const int Levels = 8;

        private readonly string _base;
        private readonly string[] _up = new string[Lanes.Count];

        /// <param name="county">Level of the county, checked with <see cref="LevelOk"/> before.</param>
        /// <param name="township">Level of the township.</param>
        /// <param name="village">Level of the village.</param>
        /// <param name="station">Number of the station.</param>
        public Topics(string county, string township, string village, uint station)
        {
            _base = Root + county + "/" + township + "/" + village + "/" + station.ToString();
            for (Lane lane = Lane.Fire; (int)lane < Lanes.Count; lane++)
            {
                _up[(int)lane] = _base + "/up/" + Lanes.Name(lane);
            }

            Down = _base + "/down";
            Hello = _base + "/up/" + LeafHello;
            Heartbeat = _base + "/up/" + LeafHeartbeat;
            Offline = _base + "/up/" + LeafOffline;
            Names = _base + "/up/" + LeafNames;
        }

        public string Down { get; }

        public string Hello { get; }

        public string Heartbeat { get; }

        public string Offline { get; }

        public string Names { get; }

        /// <summary>Where batches of a lane go.</summary>
        public string Up(Lane lane)
        {
            return _up[(int)lane];
        }

        /// <summary>
        /// The leaf on which a message up must come: a lane's name for a batch of that lane. "" for a type that does not go up. A receiver
        /// refuses a message that came on another leaf, so that a reader of up/fire sees every fire and nothing else.
        /// </summary>
        public static string LeafOf(MessageType messageType, Lane lane)
        {
            switch (messageType)
            {
                case MessageType.Hello:
                    return LeafHello;
                case MessageType.Batch:
                    return Lanes.Name(lane);
                case MessageType.Heartbeat:
                    return LeafHeartbeat;
                case MessageType.Offline:
                    return LeafOffline;
                case MessageType.Names:
                    return LeafNames;
                default:
                    return "";
            }
        }

        /// <summary>True for 1 to 24 of the characters A-Z a-z 0-9 - _</summary>
        public static bool LevelOk(string level)
        {
            if (level == null || level.Length == 0 || level.Length > ContractLimits.TopicLevelMax)
            {
                return false;
            }

            for (int i = 0; i < level.Length; i++)
            {
                char c = level[i];
                bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
                if (!good)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Reads the topic of a message up. The answer goes to the Down of a new <see cref="Topics"/> of the same levels.
        /// </summary>
        /// <param name="topic">As received.</param>
        /// <param name="levels">Four entries: county, township, village, leaf.</param>
        /// <param name="station">The station's number.</param>
        public static DecodeResult ParseUp(string topic, string[] levels, out uint station)
        {
            station = 0;
            if (topic == null || topic.Length > Root.Length + 6 * (ContractLimits.TopicLevelMax + 1))
            {
                return DecodeResult.WrongTopic;
            }

            string[] parts = topic.Split('/');
            if (parts.Length != Levels || parts[0] != "fgw" || parts[1] != "1" || parts[6] != "up")
            {
                return DecodeResult.WrongTopic;
            }

            if (!LevelOk(parts[2]) || !LevelOk(parts[3]) || !LevelOk(parts[4]) || !LevelOk(parts[7]) || !StationOf(parts[5], out station))
            {
                return DecodeResult.WrongTopic;
            }

            levels[0] = parts[2];
            levels[1] = parts[3];
            levels[2] = parts[4];
            levels[3] = parts[7];
            return DecodeResult.Ok;
        }

        /// <summary>A station's number in decimal, 1..4294967295, without sign or leading zero.</summary>
        public static bool StationOf(string text, out uint station)
        {
            station = 0;
            if (text == null || text.Length == 0 || text.Length > 10 || text[0] == '0')
            {
                return false;
            }

            ulong value = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c < '0' || c > '9')
                {
                    return false;
                }

                value = value * 10 + (ulong)(c - '0');
            }

            if (value > uint.MaxValue)
            {
                return false;
            }

            station = (uint)value;
            return true;
        }
    }
}
