// Owns: the PIN that stands before whatever changes something, and the waits after wrong ones.
// Must never: let a restart shorten a wait, or a PIN be set from outside of the open box.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>What became of a PIN.</summary>
    public enum PinAnswer : byte
    {
        Right = 0,
        Wrong = 1,

        /// <summary>Too soon after a wrong one.</summary>
        Wait = 2,

        /// <summary>There is none yet.</summary>
        NoneSet = 3,

        /// <summary>Neither unlocked nor is the box open.</summary>
        BoxIsClosed = 4,

        /// <summary>No 4 to 8 digits.</summary>
        NoPin = 5,

        /// <summary>The flash did not take it.</summary>
        NotKept = 6,
    }

    /// <summary>
    /// The journal keeps a sum of the PIN and how many wrong ones came since the last right one. The sum hides nothing from who reads the
    /// flash, and need not: that takes the open box, with which a PIN can be set anyway.
    /// </summary>
    public sealed class ConsoleLock
    {
        private readonly Journal _journal;
        private readonly uint _station;
        private long _againMs;
        private long _untilMs;

        /// <param name="nowMs">From here on a wait that was under way before the start begins anew.</param>
        public ConsoleLock(Journal journal, uint station, long nowMs)
        {
            _journal = journal;
            _station = station;
            _againMs = nowMs + WaitMs;
        }

        public bool IsSet
        {
            get { return Saved.Get(_journal, SavedField.ConsolePin) != 0; }
        }

        public bool Unlocked(long nowMs)
        {
            return nowMs < _untilMs;
        }

        /// <summary>Seconds until the next PIN is looked at.</summary>
        public int WaitS(long nowMs)
        {
            return nowMs >= _againMs ? 0 : (int)((_againMs - nowMs + 999) / 1000);
        }

        /// <summary>A line was typed: the time begins anew.</summary>
        public void Used(long nowMs)
        {
            _untilMs = Unlocked(nowMs) ? nowMs + ConsoleLimits.UnlockedMs : 0;
        }

        public void Lock()
        {
            _untilMs = 0;
        }

        public PinAnswer Open(string pin, long nowMs)
        {
            if (!IsSet)
            {
                return PinAnswer.NoneSet;
            }

            if (nowMs < _againMs)
            {
                return PinAnswer.Wait;
            }

            bool right = IsPin(pin) && SumOf(pin) == Saved.Get(_journal, SavedField.ConsolePin);
            int wrong = Saved.Get(_journal, SavedField.ConsoleWrong);
            if (right && wrong == 0)
            {
                _untilMs = nowMs + ConsoleLimits.UnlockedMs;
                return PinAnswer.Right;
            }

            // Counted in flash before it is answered, or cutting the power would spare the wait.
            Saved.Put(_journal, SavedField.ConsoleWrong, right ? 0 : wrong < ConsoleLimits.PinWrongMax ? wrong + 1 : wrong);
            bool kept = _journal.Save(JournalKey.Disablements);
            _againMs = right ? nowMs : nowMs + WaitMs;
            _untilMs = right && kept ? nowMs + ConsoleLimits.UnlockedMs : 0;
            return !right ? PinAnswer.Wrong : kept ? PinAnswer.Right : PinAnswer.NotKept;
        }

        /// <summary>Sets a PIN, or another one.</summary>
        public PinAnswer Set(string pin, bool boxIsOpen, long nowMs)
        {
            if (!boxIsOpen && !Unlocked(nowMs))
            {
                return PinAnswer.BoxIsClosed;
            }

            if (!IsPin(pin))
            {
                return PinAnswer.NoPin;
            }

            int before = Saved.Get(_journal, SavedField.ConsolePin);
            Saved.Put(_journal, SavedField.ConsolePin, SumOf(pin));
            Saved.Put(_journal, SavedField.ConsoleWrong, 0);
            if (!_journal.Save(JournalKey.Disablements))
            {
                Saved.Put(_journal, SavedField.ConsolePin, before);
                return PinAnswer.NotKept;
            }

            _againMs = nowMs;
            _untilMs = nowMs + ConsoleLimits.UnlockedMs;
            return PinAnswer.Right;
        }

        private int WaitMs
        {
            get
            {
                int wrong = Saved.Get(_journal, SavedField.ConsoleWrong);
                wrong = wrong < 0 || wrong > ConsoleLimits.PinWrongMax ? ConsoleLimits.PinWrongMax : wrong;
                return wrong == 0 ? 0 : ConsoleLimits.PinWaitMs << (wrong - 1);
            }
        }

        private static bool IsPin(string pin)
        {
            bool digits = pin.Length >= ConsoleLimits.PinDigitsMin && pin.Length <= ConsoleLimits.PinDigitsMax;
            for (int i = 0; digits && i < pin.Length; i++)
            {
                digits = pin[i] >= '0' && pin[i] <= '9';
            }

            return digits;
        }

        private int SumOf(string pin)
        {
            byte[] text = Encoding.UTF8.GetBytes("pin " + _station.ToString() + " " + pin);
            int sum = (int)Crc32.Of(text, 0, text.Length);
            return sum == 0 ? 1 : sum;
        }
    }
}
