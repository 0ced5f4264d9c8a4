// Owns: which board this box is, over a restart.
// Must never: name a board that no settings in force have named.

using System.Text;
using Gateway.Start;

namespace Gateway.Esp32
{
    /// <summary>
    /// The board's name stands in the settings, whose reading takes a second; outputs must be safe before. board.txt on the drive has the
    /// name alone. A box without it has never run and drives no pin.
    /// </summary>
    public sealed class BoardNote
    {
        private const string FileName = "board.txt";

        private readonly string _path;

        public BoardNote(string root)
        {
            _path = root + FileName;
        }

        /// <summary>The board, or null.</summary>
        public Board Read(Board[] boards)
        {
            byte[] bytes = new byte[EspLimits.BoardNameBytesMax];
            int count = EspFiles.Read(_path, bytes);
            if (count <= 0 || count > bytes.Length)
            {
                return null;
            }

            return BoardList.Named(boards, Encoding.UTF8.GetString(bytes, 0, count).Trim());
        }

        /// <summary>False when the next start will not read this board.</summary>
        /// <param name="boards">Those of this chip.</param>
        public bool Write(Board board, Board[] boards)
        {
            return EspFiles.Write(_path, Encoding.UTF8.GetBytes(board.Shape.Name + "\n")) && Read(boards) == board;
        }
    }
}
