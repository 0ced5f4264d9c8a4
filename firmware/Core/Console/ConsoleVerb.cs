// Owns: what the console asks of each of its commands; of a command it knows nothing else.
// Must never: let a command wait: it does so much a step, and goes on in the next.

namespace Gateway.Core
{
    /// <summary>What the commands have in common.</summary>
    public sealed class ConsoleDesk
    {
        public MainLoop Loop;

        /// <summary>Null where settings are given and stay.</summary>
        public SettingsTrial Trial;
        public ConsolePort Port;

        /// <summary>Bytes of the partition, for the report on the log.</summary>
        public int CapacityBytes;

        /// <summary>Null without settings: an empty box has no log, and no PIN.</summary>
        public ConsoleLock Lock;
        public readonly ConsoleText Out = new ConsoleText();

        /// <summary>The first of the commands; each knows the one behind it.</summary>
        public ConsoleVerb Verbs;

        /// <summary>The words of the line.</summary>
        public readonly string[] Words = new string[ConsoleLimits.WordsMax];
        public int Count;

        /// <summary>A word of the line, "" when there are not so many.</summary>
        public string Word(int i)
        {
            return i < Count ? Words[i] : "";
        }

        /// <summary>A whole number of the line; -1 when it is none, or not there.</summary>
        public int Number(int i, int most)
        {
            string word = Word(i);
            long number = word.Length == 0 || word.Length > 9 ? -1 : 0;
            for (int k = 0; number >= 0 && k < word.Length; k++)
            {
                number = word[k] < '0' || word[k] > '9' ? -1 : number * 10 + word[k] - '0';
            }

            return number > most ? -1 : (int)number;
        }

        /// <summary>A checksum of eight hex digits; false when the word is none.</summary>
        public bool Sum(int i, out uint sum)
        {
            string word = Word(i);
            bool good = word.Length == 8;
            sum = 0;
            for (int k = 0; good && k < word.Length; k++)
            {
                char c = word[k];
                int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
                good = digit >= 0;
                sum = (sum << 4) | (uint)(digit & 15);
            }

            return good;
        }

        /// <summary>What a line asks for and there is not; false, so that the command ends.</summary>
        public bool Wrong(string what, string allowed)
        {
            Out.Say("不认识 " + SettingsWords.Cut(what) + "；应为 " + allowed, SettingsWords.Cut(what) + " is not known; allowed: " + allowed);
            return false;
        }
    }

    /// <summary>A command: one class, and one line in the list of verbs.</summary>
    public abstract class ConsoleVerb
    {
        /// <summary>The one behind it in the list; null for the last.</summary>
        public ConsoleVerb Next;

        /// <summary>Its first word.</summary>
        public abstract string Name { get; }

        /// <summary>What may stand behind it, for `help`; "" for nothing.</summary>
        public virtual string Words
        {
            get { return ""; }
        }

        /// <summary>What it does, Chinese and English.</summary>
        public abstract string Meaning(bool english);

        /// <summary>True when an empty box can do it.</summary>
        public virtual bool WithoutSettings
        {
            get { return false; }
        }

        /// <summary>True while what comes is a text and no commands.</summary>
        public virtual bool TakesText
        {
            get { return false; }
        }

        /// <summary>True when it goes on until somebody stops it, so that no further command can be typed meanwhile.</summary>
        public virtual bool Waits
        {
            get { return false; }
        }

        /// <summary>True when these words change something, which takes the PIN.</summary>
        public virtual bool Changes(ConsoleDesk desk)
        {
            return false;
        }

        /// <summary>Begins; true when <see cref="Step"/> is to go on.</summary>
        public abstract bool Begin(ConsoleDesk desk, long nowMs);

        /// <summary>A step, when all that was said before is on its way. False at the end.</summary>
        public virtual bool Step(ConsoleDesk desk, long nowMs)
        {
            return false;
        }

        /// <summary>Takes bytes of a text; 0 bytes in a tick in which none came.</summary>
        public virtual void Take(ConsoleDesk desk, byte[] bytes, int count, long nowMs)
        {
        }

        /// <summary>Ctrl-C, or the cable was pulled.</summary>
        public virtual void Stop(ConsoleDesk desk)
        {
        }
    }
}
