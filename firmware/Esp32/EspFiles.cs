// Owns: reading and writing the few files that people put on the drive or read from it.
// Must never: let an exception out, or read more than it was asked for.

using System;
using System.IO;

namespace Gateway.Esp32
{
    /// <summary>Whole small files on the internal drive.</summary>
    public static class EspFiles
    {
        /// <summary>The internal littlefs.</summary>
        public const string Root = "I:\\";

        /// <summary>The file is absent.</summary>
        public const int Absent = -1;

        /// <summary>The file can't be read.</summary>
        public const int Unreadable = -2;

        /// <summary>Bytes of a file, or one of the reasons above.</summary>
        public static int Length(string path)
        {
            try
            {
                return File.Exists(path) ? (int)new FileInfo(path).Length : Absent;
            }
            catch (Exception)
            {
                return Unreadable;
            }
        }

        /// <summary>Reads a file whole; its bytes, or one of the reasons above.
        /// A file that is longer than the buffer gives its length, unread.</summary>
        public static int Read(string path, byte[] into)
        {
            try
            {
                if (!File.Exists(path))
                {
                    return Absent;
                }

                int length = (int)new FileInfo(path).Length;
                if (length > into.Length)
                {
                    return length;
                }

                using (FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read))
                {
                    int read = 0;
                    while (read < length)
                    {
                        int got = stream.Read(into, read, length - read);
                        if (got <= 0)
                        {
                            return Unreadable;
                        }

                        read += got;
                    }

                    return read;
                }
            }
            catch (Exception)
            {
                return Unreadable;
            }
        }

        /// <summary>
        /// Writes a file anew. A power cut may leave it empty or absent, so nothing that must be kept goes this way. False also when the
        /// bytes are not there afterwards: the driver does not pass on that a drive is full, and the close succeeds without them.
        /// </summary>
        public static bool Write(string path, byte[] bytes)
        {
            try
            {
                using (FileStream stream = new FileStream(path, FileMode.Create, FileAccess.Write))
                {
                    stream.Write(bytes, 0, bytes.Length);
                }

                return new FileInfo(path).Length == bytes.Length;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>True when the file is gone, also when it never was.</summary>
        public static bool Delete(string path)
        {
            try
            {
                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
