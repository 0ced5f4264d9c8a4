// Owns: the time server's client.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace nanoFramework.Networking
{
    public class Sntp
    {
        public extern Sntp();
        public static extern void Start();
        public static extern void Stop();
        public static extern void UpdateNow();
        public static extern bool IsStarted { get; }
        public static extern string Server1 { get; set; }
        public static extern string Server2 { get; set; }
    }
}
