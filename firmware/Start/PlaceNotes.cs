// Owns: how a wrong file is told to a technician.
// Must never: be given a secret.

using Gateway.Core;

namespace Gateway.Start
{
    /// <summary>Takes what is wrong, each with its place. Device and PC show it in their own way.</summary>
    public abstract class PlaceNotes
    {
        /// <summary>A whole line for a person.</summary>
        public abstract void Add(string line);

        /// <param name="file">As the technician knows it.</param>
        /// <param name="line">From 1; 0 when the whole file is meant.</param>
        /// <param name="found">What is there: as written, or our words in two languages, see <see cref="SettingsWords"/>.</param>
        /// <param name="allowed">What may be there, likewise.</param>
        public void Add(string file, int line, string found, string allowed)
        {
            Add(Text(file, line, found, allowed));
        }

        /// <summary>What is wrong with a settings text.</summary>
        public void Add(SettingsErrors errors, string file)
        {
            for (int i = 0; i < errors.Count; i++)
            {
                Add(errors.Text(i, file));
            }

            int more = errors.Total - errors.Count;
            if (more > 0)
            {
                Add(file + ": 另有" + more.ToString() + "处未列出 and " + more.ToString() + " more");
            }
        }

        /// <summary>One error in the form of the settings' errors.</summary>
        public static string Text(string file, int line, string found, string allowed)
        {
            return file + (line == 0 ? "" : ":" + line.ToString()) + ": " + SettingsWords.Sentence(line, 0, found, allowed);
        }
    }
}
