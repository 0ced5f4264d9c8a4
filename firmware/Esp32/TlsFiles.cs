// Owns: the certificates on the drive with which the brokers are known, and this station to them.
// Must never: let a station speak in clear because a file of it can't be read.

using System.Text;
using Gateway.Core;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>
    /// Files in PEM: <c>ca.pem</c>, the authority of the brokers; with it TLS is used. <c>client.pem</c> and <c>client.key</c>, where the
    /// broker asks for a certificate. Validity is checked by the device's clock, which a time server sets when there is an address.
    /// </summary>
    public sealed class TlsFiles
    {
        private const string Begin = "-----BEGIN ";
        private const string Allowed = "至多 4096 字节的 PEM 文本\na text in PEM of at most 4096 bytes";

        /// <summary>Null = without TLS.</summary>
        public string Ca { get; private set; }

        /// <summary>Null = none.</summary>
        public string Client { get; private set; }

        public string ClientKey { get; private set; }

        /// <summary>Reads the files that are there; null with notes when one of them is wrong or missing.</summary>
        public static TlsFiles Load(string root, TechnicianNotes notes)
        {
            int before = notes.Count;
            TlsFiles files = new TlsFiles();
            files.Ca = Read(root, TlsNames.Ca, notes);
            files.Client = Read(root, TlsNames.Client, notes);
            files.ClientKey = Read(root, TlsNames.ClientKey, notes);
            string missing = TlsNames.Missing(files.Ca != null, files.Client != null, files.ClientKey != null);
            if (missing != null)
            {
                notes.Add(missing, 0, TlsNames.NoSuchFile, TlsNames.Allowed(missing));
            }

            return notes.Count == before ? files : null;
        }

        /// <summary>
        /// Whether TLS may be used on this board. A handshake that stalls is ended by the external watchdog alone, so a board without one
        /// needs a word in the settings that this is known. Never: in clear instead.
        /// </summary>
        public bool MayUse(Board board, Settings settings, TechnicianNotes notes)
        {
            if (Ca == null || board.Watchdog >= 0 || settings.TlsWithoutWatchdog)
            {
                return true;
            }

            notes.Add(
                TlsNames.Ca,
                0,
                "板 " + board.Shape.Name + " 没有外部看门狗\nboard " + board.Shape.Name + " has no external watchdog",
                "VPN 内不用 TLS（删去 ca.pem），或配置写 uplink tlsWithoutWatchdog=yes\n"
                    + "no ca.pem, inside a VPN, or uplink tlsWithoutWatchdog=yes in the settings");
            return false;
        }

        private static string Read(string root, string name, TechnicianNotes notes)
        {
            byte[] bytes = new byte[StartLimits.KeyFileBytesMax];
            int count = EspFiles.Read(root + name, bytes);
            if (count == EspFiles.Absent)
            {
                return null;
            }

            if (count < 0 || count > bytes.Length)
            {
                string size = count.ToString();
                notes.Add(name, 0, count < 0 ? "读不出的文件\nan unreadable file" : size + " 字节\n" + size + " bytes", Allowed);
                return null;
            }

            string text = Encoding.UTF8.GetString(bytes, 0, count);
            if (!text.StartsWith(Begin))
            {
                notes.Add(name, 1, "开头不是 " + Begin + "\na text that does not begin with " + Begin, Allowed);
                return null;
            }

            return text;
        }
    }
}
