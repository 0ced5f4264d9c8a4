// Owns: what a station is called at its brokers, for the gateway that connects and for the county that lets it in.
// Must never: depend on which of two brokers it is.

namespace Gateway.Contract
{
    /// <summary>Client id of a station, and its user where its settings say no other.</summary>
    public static class BrokerName
    {
        /// <summary>
        /// Behind client id and user of a connection that only tries whether a broker is there: both paths may lead to one broker, and a
        /// name has one connection.
        /// </summary>
        public const string IdleSuffix = "-idle";

        /// <summary>Such as st330701.</summary>
        public static string Of(uint station)
        {
            return "st" + station.ToString();
        }
    }
}
