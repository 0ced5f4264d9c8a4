// Owns: how somebody at the box ends a trial, or begins an empty box.
// Must never: judge a text.

namespace Gateway.Core
{
    /// <summary>What the technician's console does.</summary>
    public sealed partial class SettingsTrial
    {
        /// <summary>True while neither the county nor somebody at the box has said that the settings in force are good.</summary>
        public bool Unproven
        {
            get { return InForce != 0 && !_isGood; }
        }

        /// <summary>Somebody at the box says that the settings in force are good, as the county's answer would.</summary>
        public void Confirm()
        {
            _confirmed = Unproven;
        }

        /// <summary>
        /// Ends the trial: the next start has the text before. A flash that does not take the mark counts the next start instead, and then
        /// does not try this text again.
        /// </summary>
        public void GiveUp()
        {
            Store.Find();
            Store.Mark(InForce, SettingsMark.Failed);
            RestartWanted = true;
        }

        /// <summary>A box without settings begins with those that were taken.</summary>
        public void StartAnew()
        {
            RestartWanted = true;
        }
    }
}
