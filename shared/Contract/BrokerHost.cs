// Owns: what may be named as the host of a broker, for the gateway's settings and for the county that writes them.
// Must never: let through what every check takes and no connection ever reaches.

namespace Gateway.Contract
{
    /// <summary>The host of a broker as it is written in settings: a name or an address, nothing around it.</summary>
    public static class BrokerHost
    {
        public const string AllowedChinese = "主机名或IP地址，如 10.1.2.3 或 ::1，不带[ ]和端口";
        public const string AllowedEnglish = "a host name or an IP address such as 10.1.2.3 or ::1, without [ ] and port";
        public const string Allowed = AllowedChinese + " " + AllowedEnglish;

        /// <summary>Whether it is a name of ASCII letters, digits, '.', '-', '_', or an IPv4 or IPv6 address without brackets.</summary>
        public static bool Ok(string host)
        {
            if (host == null || host.Length == 0)
            {
                return false;
            }

            int colons = 0;
            bool hex = true;
            for (int i = 0; i < host.Length; i++)
            {
                char c = host[i];
                bool digit = c >= '0' && c <= '9';
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!digit && !letter && c != '.' && c != '-' && c != '_' && c != ':')
                {
                    return false;
                }

                if (c == ':')
                {
                    colons++;
                }
                else if (!digit && c != '.' && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F'))
                {
                    hex = false;
                }
            }

            // One colon is a port behind the host; an address of IPv6 has two at least.
            return colons == 0 || (colons >= 2 && hex);
        }
    }
}
