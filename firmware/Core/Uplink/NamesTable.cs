// Owns: one telling of the table of names, part by part, as the text in flash gives the places.
// Must never: call a table whole whose text was not read whole and right.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Lives from the county's question to the last part. A place a tick at most; a part goes when it is full.</summary>
    public sealed class NamesTable
    {
        private readonly LinkPort _link;
        private readonly UplinkMessages _messages;
        private readonly Settings _settings;
        private readonly SettingsNames _text;
        private readonly byte[] _message = new byte[ContractLimits.MessageBytesMax];
        private readonly NamesPart _part = new NamesPart();
        private readonly PlaceEntry _place = new PlaceEntry();
        private int _end = NamesPart.PlacesAt;

        /// <summary>The place that is being written: a zone's index, or the zones' count plus an output's role; -1 = none.</summary>
        private int _inHand = -1;
        private bool _hasLine;

        /// <summary>Bits by index and by role of the places that were sent, so that each is sent once.</summary>
        private ZoneSet _zonesTold;
        private int _outputsTold;

        public NamesTable(LinkPort link, UplinkMessages messages, Settings settings, SettingsNames text)
        {
            _link = link;
            _messages = messages;
            _settings = settings;
            _text = text;
            _part.SettingsCrc = settings.TextCrc;
            _part.Part = 1;
        }

        /// <summary>Does one step. True when the table is sent, or cannot be completed; in that case its last part is never sent.</summary>
        public bool Step(long nowMs)
        {
            if (_inHand >= 0)
            {
                Put(nowMs);
                return false;
            }

            if (!_text.Ended)
            {
                _hasLine = _text.Step();
                _inHand = _hasLine ? Place(_text.Sort, _text.Number) : -1;
                return false;
            }

            if (_text.Crc != _settings.TextCrc)
            {
                return true;
            }

            // Outputs that the text leaves to the board, and what else has no line of its own.
            _hasLine = false;
            _inHand = Untold();
            _part.Last = _inHand < 0;
            return _part.Last && Send(nowMs);
        }

        private int Places
        {
            get { return _settings.ZoneCount + OutputRoles.Count; }
        }

        private int Place(PlaceSort sort, int number)
        {
            int zone = sort == PlaceSort.Zone ? _settings.IndexOf(number) : -1;
            int place = sort == PlaceSort.Zone ? zone : number > 0 ? _settings.ZoneCount + number - 1 : -1;
            return place >= 0 && Wanted(place) ? place : -1;
        }

        private int Untold()
        {
            for (int place = 0; place < Places; place++)
            {
                if (Wanted(place))
                {
                    return place;
                }
            }

            return -1;
        }

        private bool Wanted(int place)
        {
            int role = place - _settings.ZoneCount;
            return role < 0 ? !Bits.Has(_zonesTold, place)
                : !Bits.Has(_outputsTold, role) && _settings.OutputOf[role] >= 0;
        }

        /// <summary>Puts the place in hand into the part; where that is full, sends it instead.</summary>
        private void Put(long nowMs)
        {
            int bytes = _hasLine ? _text.NameBytes : 0;
            if (_end + PlaceEntry.HeadSize + bytes > ContractLimits.MessageBytesMax - Mac.SignatureBytes)
            {
                Send(nowMs);
                return;
            }

            int role = _inHand - _settings.ZoneCount;
            _place.Sort = role < 0 ? PlaceSort.Zone : PlaceSort.Output;
            _place.Number = role < 0 ? _settings.ZoneNumber[_inHand] : _settings.OutputOf[role] + 1;
            _place.Kind = role < 0 ? (int)_settings.ZoneKind[_inHand] : role + 1;
            _place.Wiring = role < 0 ? (PlaceWiring)(_settings.ZoneWiring[_inHand] + 1) : PlaceWiring.Unknown;
            _place.NameBytes = bytes;
            _end = _place.EncodeHead(_message, _end);
            System.Array.Copy(_text.Name, 0, _message, _end, bytes);
            _end += bytes;
            _part.Count++;
            _zonesTold |= role < 0 ? Bits.Zone(_inHand) : 0;
            _outputsTold |= role < 0 ? 0 : Bits.Of(role);
            _inHand = -1;
        }

        private bool Send(long nowMs)
        {
            _part.EncodeHead(_message);
            if (!_link.Send(LinkLeaf.Names, _message, _messages.Names(_message, _end, nowMs)))
            {
                return false;
            }

            _part.Part++;
            _part.Count = 0;
            _end = NamesPart.PlacesAt;
            return true;
        }
    }
}
