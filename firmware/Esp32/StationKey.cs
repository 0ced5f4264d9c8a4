// Owns: the way of the station's key and broker password from the drive.
// Must never: print, log or put into a note what the file holds.

using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>The file that the county's tool writes with a new station.</summary>
    public static class StationKey
    {
        private const string FileName = "station.key";

        /// <summary>Reads the file of the drive; null with notes when anything is wrong.</summary>
        public static KeyText Load(string root, TechnicianNotes notes)
        {
            byte[] bytes = new byte[StartLimits.KeyFileBytesMax];
            int count = EspFiles.Read(root + FileName, bytes);
            if (count == EspFiles.Absent)
            {
                notes.Add(FileName, 0, "没有此文件 no such file", "the county's file with the lines key and password");
                return null;
            }

            if (count < 0)
            {
                notes.Add(FileName, 0, "an unreadable file", "a readable key file");
                return null;
            }

            return KeyText.Parse(FileName, bytes, count, notes);
        }
    }
}
