// Owns: when this station tells the county the names of its zones and outputs: when it asks.
// Must never: go before a record that waits to be sent, or tell a table that nobody asked for.

namespace Gateway.Core
{
    /// <summary>The table of the settings in force, read from their text in flash. No text there, no table.</summary>
    public sealed class NamesTeller
    {
        private readonly LinkPort _link;
        private readonly UplinkMessages _messages;
        private readonly Settings _settings;
        private readonly SettingsTrial _trial;

        /// <summary>Null while no table is being sent: it has a message's buffer.</summary>
        private NamesTable _table;
        private long _againMs;

        private NamesTeller(LinkPort link, UplinkMessages messages, Settings settings, SettingsTrial trial)
        {
            _link = link;
            _messages = messages;
            _settings = settings;
            _trial = trial;
        }

        /// <summary>Null where the settings in force are not in flash.</summary>
        public static NamesTeller Of(LinkPort link, UplinkMessages messages, Settings settings, SettingsTrial trial)
        {
            bool kept = trial != null && trial.InForce != 0 && settings.TextCrc != 0;
            return kept ? new NamesTeller(link, messages, settings, trial) : null;
        }

        /// <summary>The county wants the table of the settings with this checksum.</summary>
        public void Ask(uint settingsCrc, long nowMs)
        {
            if (settingsCrc == _settings.TextCrc && nowMs >= _againMs)
            {
                _againMs = nowMs + Limits.NamesAgainMs;
                _table = new NamesTable(_link, _messages, _settings, new SettingsNames(_trial.Store, _trial.InForce));
            }
        }

        /// <summary>True while a table is to be sent.</summary>
        public bool Wanted
        {
            get { return _table != null; }
        }

        /// <summary>Goes on with the table; only when no record waits to be sent. True while there is more of it.</summary>
        public bool Step(long nowMs)
        {
            if (_table != null && _table.Step(nowMs))
            {
                _table = null;
            }

            return _table != null;
        }
    }
}
