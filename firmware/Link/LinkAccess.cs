// Owns: how the brokers are reached and who we are to them.
// Must never: be printed; it holds the password.

namespace Gateway.Link
{
    /// <summary>Filled in by the platform from settings and secrets, then left alone: transports of several attempts read it.</summary>
    public sealed class LinkAccess
    {
        /// <summary>
        /// Primary and secondary broker; null or empty = none. An IP literal is best: on the device a name is looked up for each attempt,
        /// and the look-up stops every thread, the alarm loop's too, for as long as the name server takes.
        /// </summary>
        public readonly string[] Host = new string[2];

        /// <summary>1..65535.</summary>
        public readonly int[] Port = new int[2];

        /// <summary>Not empty, the same for every attempt: the broker then ends what is left of an older connection.</summary>
        public string ClientId;

        /// <summary>User name, or null.</summary>
        public string User;

        /// <summary>Password, or null.</summary>
        public string Password;
    }
}
