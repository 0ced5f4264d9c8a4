// Owns: telling the county the names of this station's zones and what its outputs are, when it asks.
// Must never: go before a record that waits to be sent, or tell a table that nobody asked for.

using System.Text;
using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The table of the settings in force, part by part, each made when it goes. No names kept, no table.</summary>
    public sealed class NamesTeller
    {
        private readonly LinkPort _link;
        private readonly UplinkMessages _messages;
        private readonly Settings _settings;

        /// <summary>The next part, 0 = none is wanted; and the first place of it: zones by index, then outputs by role.</summary>
        private int _part;
        private int _place;
        private long _againMs;

        private NamesTeller(LinkPort link, UplinkMessages messages, Settings settings)
        {
            _link = link;
            _messages = messages;
            _settings = settings;
        }

        /// <summary>Null where the board keeps no names.</summary>
        public static NamesTeller Of(LinkPort link, UplinkMessages messages, Settings settings)
        {
            return Able(settings) ? new NamesTeller(link, messages, settings) : null;
        }

        public static bool Able(Settings settings)
        {
            return settings.ZoneName != null && settings.TextCrc != 0;
        }

        /// <summary>The county wants the table of the settings with this checksum.</summary>
        public void Ask(uint settingsCrc, long nowMs)
        {
            if (settingsCrc == _settings.TextCrc && nowMs >= _againMs)
            {
                _againMs = nowMs + Limits.NamesAgainMs;
                _part = 1;
                _place = 0;
            }
        }

        /// <summary>True while parts are to be sent.</summary>
        public bool Wanted
        {
            get { return _part != 0; }
        }

        /// <summary>Sends the next part, if one is wanted. Only when no record waits to be sent. True while more are.</summary>
        public bool Step(byte[] buffer, long nowMs)
        {
            if (_part == 0)
            {
                return false;
            }

            NamesPart part = new NamesPart();
            part.SettingsCrc = _settings.TextCrc;
            part.Part = _part;
            int next = _place;
            int end = Fill(buffer, part, ref next);
            part.Last = next == Places;
            part.EncodeHead(buffer);
            if (_link.Send(LinkLeaf.Names, buffer, _messages.Names(buffer, end, nowMs)))
            {
                _place = next;
                _part = part.Last ? 0 : _part + 1;
            }

            return _part != 0;
        }

        private int Places
        {
            get { return _settings.ZoneCount + OutputRoles.Count; }
        }

        /// <summary>Places from <paramref name="next"/> on, as many as fit; where they end.</summary>
        private int Fill(byte[] buffer, NamesPart part, ref int next)
        {
            PlaceEntry place = new PlaceEntry();
            int at = NamesPart.PlacesAt;
            int room = ContractLimits.MessageBytesMax - Mac.SignatureBytes;
            while (next < Places)
            {
                byte[] name = Read(place, next);
                if (place.Number != 0)
                {
                    if (at + PlaceEntry.HeadSize + name.Length > room)
                    {
                        break;
                    }

                    at = place.EncodeHead(buffer, at);
                    System.Array.Copy(name, 0, buffer, at, name.Length);
                    at += name.Length;
                    part.Count++;
                }

                next++;
            }

            return at;
        }

        /// <summary>One place, and its name; number 0 = a role without an output.</summary>
        private byte[] Read(PlaceEntry place, int index)
        {
            Settings s = _settings;
            byte[] name = new byte[0];
            if (index < s.ZoneCount)
            {
                place.Sort = PlaceSort.Zone;
                place.Number = s.ZoneNumber[index];
                place.Kind = (int)s.ZoneKind[index];
                place.Wiring = (int)s.ZoneWiring[index] + 1;
                name = Encoding.UTF8.GetBytes(s.ZoneName[index]);
            }
            else
            {
                place.Sort = PlaceSort.Output;
                place.Number = s.OutputOf[index - s.ZoneCount] + 1;
                place.Kind = index - s.ZoneCount + 1;
                place.Wiring = PlaceWiring.Unknown;
            }

            place.NameBytes = name.Length;
            return name;
        }
    }
}
