// Owns: the names of the certificates' files, and which of them need one another.
// Must never: let a station speak in clear because a file of it is missing.

namespace Gateway.Start
{
    /// <summary>
    /// Files in PEM: <c>ca.pem</c>, the authority of the brokers; <c>client.pem</c> and <c>client.key</c> where the broker asks for a
    /// certificate.
    /// </summary>
    public static class TlsNames
    {
        public const string Ca = "ca.pem";
        public const string Client = "client.pem";
        public const string ClientKey = "client.key";

        /// <summary>What is said of a file that is missing, in two languages.</summary>
        public const string NoSuchFile = "没有此文件\nno such file";

        /// <summary>The file that is missing beside those that are there; null = none is.</summary>
        public static string Missing(bool hasCa, bool hasClient, bool hasClientKey)
        {
            if (hasClient != hasClientKey)
            {
                return hasClient ? ClientKey : Client;
            }

            return hasClient && !hasCa ? Ca : null;
        }

        /// <summary>What is allowed where that file is missing.</summary>
        public static string Allowed(string missing)
        {
            return missing == Ca
                ? "签发服务器证书的机构的证书（PEM）\nthe certificate of the brokers' authority in PEM"
                : "client.pem 和 client.key 一起\nclient.pem together with client.key";
        }
    }
}
