// Owns: the way of the station's key and broker password from the drive.
// Must never: print, log or put into a note what the file holds.

using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>The file that the county's tool writes with a new station.</summary>
    public static class StationKey
    {
        private const string FileName = "station.key";
        private const string Allowed = "县平台发的密钥文件，有 key 和 password 两行\nthe county's file with the lines key and password";

        /// <summary>Reads the file of the drive; null with notes when anything is wrong.</summary>
        public static KeyText Load(string root, TechnicianNotes notes)
        {
            byte[] bytes = new byte[StartLimits.KeyFileBytesMax];
            int count = EspFiles.Read(root + FileName, bytes);
            if (count == EspFiles.Absent)
            {
                notes.Add(FileName, 0, TlsNames.NoSuchFile, Allowed);
                return null;
            }

            if (count < 0)
            {
                notes.Add(FileName, 0, "读不出的文件\nan unreadable file", "可读的密钥文件\na readable key file");
                return null;
            }

            return KeyText.Parse(FileName, bytes, count, notes);
        }
    }
}
