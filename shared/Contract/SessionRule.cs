// Owns: which messages belong to a session and are new in it, for both sides.
// Must never: be asked before the signature was checked, and never order epochs: they are names, not numbers that rise.

namespace Gateway.Contract
{
    /// <summary>
    /// A session is named by station, epoch, boot and session number. Inside an epoch the pair (boot, session) only rises, and inside a
    /// session each direction has a counter that only rises. Each method gives Ok or the reason for which the message is refused; none
    /// keeps state.
    /// </summary>
    public static class SessionRule
    {
        /// <summary>
        /// For the county: a hello. Give the boot, session and counter last accepted in the hello's epoch; zeros for a new epoch.
        /// </summary>
        public static DecodeResult Hello(MessageHeader hello, uint boot, uint session, uint counter)
        {
            if (hello.Boot == boot && hello.Session == session)
            {
                return hello.Counter <= counter ? DecodeResult.Replayed : DecodeResult.Ok;
            }

            return Later(hello, boot, session) ? DecodeResult.Ok : DecodeResult.WrongSession;
        }

        /// <summary>For the county: any other message up. Give the open session and the last counter accepted in it.</summary>
        public static DecodeResult Up(MessageHeader message, uint epoch, uint boot, uint session, uint counter)
        {
            if (message.Epoch != epoch || message.Boot != boot || message.Session != session)
            {
                return DecodeResult.WrongSession;
            }

            return Counted(message, counter);
        }

        /// <summary>
        /// For the gateway: any message down. Give its own session and the last counter accepted in it, and its clock or 0.
        /// </summary>
        public static DecodeResult Down(
            MessageHeader message, uint station, uint epoch, uint boot, uint session, uint counter, long nowUtcMs)
        {
            if (message.Station != station)
            {
                return DecodeResult.WrongStation;
            }

            DecodeResult result = Up(message, epoch, boot, session, counter);
            if (result != DecodeResult.Ok)
            {
                return result;
            }

            return Expired(message, nowUtcMs) ? DecodeResult.Expired : DecodeResult.Ok;
        }

        /// <summary>
        /// True when the message is of a later session than the one given. Such a message, when it is no hello, tells the county that it
        /// missed or forgot the hello: it refuses, so that the gateway says hello at once. A message of an earlier session gets no answer.
        /// </summary>
        public static bool Later(MessageHeader message, uint boot, uint session)
        {
            return message.Boot > boot || (message.Boot == boot && message.Session > session);
        }

        /// <summary>True when the message has an age limit, both clocks are known and the limit has passed.</summary>
        public static bool Expired(MessageHeader message, long nowUtcMs)
        {
            bool known = message.UtcQuality != UtcQuality.Unknown && nowUtcMs > 0;
            return message.LifeS != 0 && known && nowUtcMs - message.UtcMs > message.LifeS * 1000L;
        }

        private static DecodeResult Counted(MessageHeader message, uint counter)
        {
            bool repeated = !MessageTypes.Uncounted(message.Type) && message.Counter <= counter;
            return repeated ? DecodeResult.Replayed : DecodeResult.Ok;
        }
    }
}
