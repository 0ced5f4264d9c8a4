// Owns: a stand-in for the runtime's time client.
// Must never: ask a server.

using System;

namespace nanoFramework.Networking
{
    /// <summary>Keeps what it was told, of one test's thread.</summary>
    public static class Sntp
    {
        [ThreadStatic]
        private static string s_server1;

        [ThreadStatic]
        private static int s_starts;

        public static string Server1
        {
            get { return s_server1; }
            set { s_server1 = value; }
        }

        public static string Server2 { get; set; }

        /// <summary>How often it was started.</summary>
        public static int Starts
        {
            get { return s_starts; }
        }

        public static void Start()
        {
            s_starts++;
        }

        public static void Stop()
        {
        }
    }
}
