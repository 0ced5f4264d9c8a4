// Owns: showing the settings text in force, a line a step.
// Must never: change it, or show a text that is on its way.

namespace Gateway.Core
{
    /// <summary>The text as it was stored.</summary>
    public sealed class ShownText
    {
        private byte[] _bytes;
        private int _at;

        public bool Showing
        {
            get { return _bytes != null; }
        }

        /// <summary>Reads it; false, and says so, where there is none.</summary>
        public bool Begin(ConsoleDesk desk)
        {
            SettingsTrial trial = desk.Trial;
            int length = -1;
            if (trial != null && trial.InForce != 0)
            {
                trial.Store.Find();
                length = trial.Store.Length(trial.InForce);
                _bytes = length < 1 ? null : new byte[length];
            }

            if (_bytes == null || !trial.Store.ReadUnjudged(trial.InForce, _bytes, length))
            {
                _bytes = null;
                desk.Out.Say("存储里没有配置", "there are no settings in flash");
            }

            _at = 0;
            return Showing;
        }

        public bool Step(ConsoleDesk desk)
        {
            int end = _at;
            while (end < _bytes.Length && _bytes[end] != '\n')
            {
                end++;
            }

            desk.Out.Put(_bytes, _at, end - _at);
            desk.Out.Line("");
            _at = end + 1;
            if (_at >= _bytes.Length)
            {
                Forget();
            }

            return Showing;
        }

        public void Forget()
        {
            _bytes = null;
        }
    }
}
