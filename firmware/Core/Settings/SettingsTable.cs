// Owns: every key of the settings: its line, what may stand there in which unit, least and most, and default. Parser and page come from it.
// Must never: say what a key means; that is said where there is room for it (tools/Generate).

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The keys by command. What stands behind a command itself is called after it.</summary>
    public enum SettingKey : byte
    {
        StationId,
        County,
        Township,
        Village,
        StationName,
        UtcOffsetMin,
        Host,
        Port,
        Host2,
        Port2,
        User,
        HeartbeatS,
        TimeServer,
        TlsWithoutWatchdog,
        DrainPerS,
        Zone,
        ZoneKind,
        Wiring,
        Unsupervised,
        FlowMeans,
        ZoneInput,
        ZoneName,
        Debounce,
        DelayS,
        VerifyS,
        Chatter,
        Bands,
        Range,
        Valid,
        Low,
        High,
        Hysteresis,
        Rise,
        Group,
        GroupZones,
        Need,
        WithinS,
        AloneS,
        Pin,
        Active,
        OutputName,
        ButtonInput,
        Contact,
        DisplayKind,
        T1S,
        T2S,
        DelayFrom,
        DelayTo,
        DelayDays,
        AnswerS,
        SceneS,
        JoinS,
        ClocksFrom,
        Patrol,
        PatrolZones,
        PatrolFrom,
        PatrolTo,
        PatrolDays,
        Linkage,
        DrillMaxMin,
        LookMin,
        AfterMin,
        RedDays,
        MainsAfterMin,
        SelfTestHour,
        TestSounds,
        TestFrom,
        TestTo,
        RemoteSilence,
        TakesCallOuts,
        Rule,
        Count,
    }

    /// <summary>What may stand behind a key.</summary>
    public enum SettingValue : byte
    {
        /// <summary>The number behind a command.</summary>
        Number,

        /// <summary>A whole number.</summary>
        Whole,

        /// <summary>And with its unit.</summary>
        PerSecond,
        Seconds,
        Minutes,
        Hours,
        WholeDays,

        /// <summary>One of <see cref="SettingsTable.Words"/>.</summary>
        Word,

        /// <summary>Free text, by its bytes.</summary>
        Text,

        /// <summary>A station's number, which has 32 bits.</summary>
        Station,

        /// <summary>A level of a topic, by its characters.</summary>
        Level,

        /// <summary>A broker's name or address, by its bytes.</summary>
        Host,

        /// <summary>a1 or d1.</summary>
        Input,

        /// <summary>An output of the board.</summary>
        Pin,

        /// <summary>n/m samples, by m.</summary>
        Samples,

        /// <summary>Three rising numbers.</summary>
        Bands,

        /// <summary>a..b.</summary>
        Span,

        /// <summary>A value inside the line's own range=.</summary>
        InRange,

        /// <summary>0 to the whole of the line's own range=.</summary>
        OfRange,

        /// <summary>Numbers of zones in lines above.</summary>
        Zones,

        /// <summary>How many of the line's own zones=.</summary>
        OfZones,

        /// <summary>hh:mm, by the minutes of a day.</summary>
        Time,

        /// <summary>Days of the week.</summary>
        Days,
    }

    /// <summary>
    /// The table, with the row that was looked up last: rows are code and take no memory. Default is the value when the key is left out:
    /// "" = none, null = the key is required.
    /// </summary>
    public sealed class SettingsTable
    {
        public string Command;
        public string Key;
        public SettingValue Value;
        public int Least;
        public int Most;
        public string Default;

        /// <summary>The row of a key; this table itself.</summary>
        public SettingsTable Find(SettingKey key)
        {
            switch (key)
            {
                case SettingKey.StationId:
                    return Row("station", "id", SettingValue.Station, 1, int.MaxValue, null);
                case SettingKey.County:
                    return Row("station", "county", SettingValue.Level, 1, ContractLimits.TopicLevelMax, null);
                case SettingKey.Township:
                    return Row("station", "township", SettingValue.Level, 1, ContractLimits.TopicLevelMax, null);
                case SettingKey.Village:
                    return Row("station", "village", SettingValue.Level, 1, ContractLimits.TopicLevelMax, null);
                case SettingKey.StationName:
                    return Row("station", "name", SettingValue.Text, 1, Limits.NameBytesMax, null);

                // The offsets that are in use anywhere; China has one zone.
                case SettingKey.UtcOffsetMin:
                    return Row("station", "utcOffsetMin", SettingValue.Minutes, -12 * 60, 14 * 60, "480");
                case SettingKey.Host:
                    return Row("uplink", "host", SettingValue.Host, 1, Limits.NameBytesMax, null);
                case SettingKey.Port:
                    return Row("uplink", "port", SettingValue.Whole, 1, ushort.MaxValue, "1883");
                case SettingKey.Host2:
                    return Row("uplink", "host2", SettingValue.Host, 1, Limits.NameBytesMax, "");
                case SettingKey.Port2:
                    return Row("uplink", "port2", SettingValue.Whole, 1, ushort.MaxValue, "1883");
                case SettingKey.User:
                    return Row("uplink", "user", SettingValue.Text, 1, Limits.NameBytesMax, "");
                case SettingKey.HeartbeatS:
                    return Row("uplink", "heartbeatS", SettingValue.Seconds, Limits.HeartbeatMinS, Limits.HeartbeatMaxS,
                        Limits.HeartbeatS.ToString());
                case SettingKey.TimeServer:
                    return Row("uplink", "timeServer", SettingValue.Host, 1, Limits.NameBytesMax, "");
                case SettingKey.TlsWithoutWatchdog:
                    return Row("uplink", "tlsWithoutWatchdog", SettingValue.Word, 0, 1, "no");
                case SettingKey.DrainPerS:
                    return Row("uplink", "drainPerS", SettingValue.PerSecond, Limits.DrainMinPerS, Limits.DrainMaxPerS,
                        Limits.DrainPerS.ToString());
                case SettingKey.Zone:
                    return Row("zone", "", SettingValue.Number, 1, Limits.ZonesMax, null);
                case SettingKey.ZoneKind:
                    return Row("zone", "kind", SettingValue.Word, 0, ZoneKinds.Last - 1, null);
                case SettingKey.Wiring:
                    return Row("zone", "wiring", SettingValue.Word, 0, (int)Wiring.Voltage, null);
                case SettingKey.Unsupervised:
                    return Row("zone", "unsupervised", SettingValue.Word, 0, 1, "no");
                case SettingKey.FlowMeans:
                    return Row("zone", "means", SettingValue.Word, 0, 1, "fire");
                case SettingKey.ZoneInput:
                    return Row("zone", "input", SettingValue.Input, 1, Limits.InputsMax, null);
                case SettingKey.ZoneName:
                    return Row("zone", "name", SettingValue.Text, 1, Limits.NameBytesMax, null);
                case SettingKey.Debounce:
                    return Row("zone", "debounce", SettingValue.Samples, 1, Limits.DebounceSamplesMax, "3/5");
                case SettingKey.DelayS:
                    return Row("zone", "delayS", SettingValue.Seconds, 0, 600, "0");
                case SettingKey.VerifyS:
                    return Row("zone", "verifyS", SettingValue.Seconds, 0, Limits.VerifyMaxS, "0");
                case SettingKey.Chatter:
                    return Row("zone", "chatter", SettingValue.Whole, 2, 200, "14");

                // Pull-up and end-of-line resistor of 4.7 kΩ, alarm contact in series with 2.2 kΩ (hardware/README.md).
                case SettingKey.Bands:
                    return Row("zone", "bands", SettingValue.Bands, 1, Limits.RawMax, "1061/3485/6667");
                case SettingKey.Range:
                    return Row("zone", "range", SettingValue.Span, 0, 0, null);
                case SettingKey.Valid:
                    return Row("zone", "valid", SettingValue.Span, 0, 0, "");
                case SettingKey.Low:
                    return Row("zone", "low", SettingValue.InRange, 0, 0, "");
                case SettingKey.High:
                    return Row("zone", "high", SettingValue.InRange, 0, 0, "");
                case SettingKey.Hysteresis:
                    return Row("zone", "hysteresis", SettingValue.OfRange, 0, 0, "1/" + Limits.HysteresisShare.ToString());
                case SettingKey.Rise:
                    return Row("zone", "rise", SettingValue.OfRange, 0, 0, "0");
                case SettingKey.Group:
                    return Row("group", "", SettingValue.Number, 1, 99, null);
                case SettingKey.GroupZones:
                    return Row("group", "zones", SettingValue.Zones, 1, Limits.ZonesMax, null);
                case SettingKey.Need:
                    return Row("group", "need", SettingValue.OfZones, 1, Limits.ZonesMax, "1");
                case SettingKey.WithinS:
                    return Row("group", "withinS", SettingValue.Seconds, 1, 3600, "60");
                case SettingKey.AloneS:
                    return Row("group", "aloneS", SettingValue.Seconds, 0, 3600, "300");
                case SettingKey.Pin:
                    return Row("output", "pin", SettingValue.Pin, 1, Limits.OutputsMax, null);
                case SettingKey.Active:
                    return Row("output", "active", SettingValue.Word, 0, 1, "high");
                case SettingKey.OutputName:
                    return Row("output", "name", SettingValue.Text, 1, Limits.NameBytesMax, "");
                case SettingKey.ButtonInput:
                    return Row("button", "input", SettingValue.Input, 1, Limits.InputsMax, null);
                case SettingKey.Contact:
                    return Row("button", "contact", SettingValue.Word, 0, 1, "no");
                case SettingKey.DisplayKind:
                    return Row("display", "kind", SettingValue.Word, 0, 0, null);
                case SettingKey.T1S:
                    return Row("delay", "t1S", SettingValue.Seconds, 1, Limits.AlarmDelayMaxS, null);
                case SettingKey.T2S:
                    return Row("delay", "t2S", SettingValue.Seconds, 0, Limits.AlarmDelayMaxS, "0");
                case SettingKey.DelayFrom:
                    return Row("delay", "from", SettingValue.Time, 0, Limits.DayMinutes - 1, "08:00");
                case SettingKey.DelayTo:
                    return Row("delay", "to", SettingValue.Time, 0, Limits.DayMinutes - 1, "18:00");
                case SettingKey.DelayDays:
                    return Row("delay", "days", SettingValue.Days, 1, 7, "1-7");

                // The 135 plan: acknowledged in one minute, on the scene in three, joined in five.
                case SettingKey.AnswerS:
                    return Row("clocks", "answerS", SettingValue.Seconds, 0, 3600, "60");
                case SettingKey.SceneS:
                    return Row("clocks", "sceneS", SettingValue.Seconds, 0, 3600, "180");
                case SettingKey.JoinS:
                    return Row("clocks", "joinS", SettingValue.Seconds, 0, 3600, "300");
                case SettingKey.ClocksFrom:
                    return Row("clocks", "from", SettingValue.Word, 0, 1, "answer");
                case SettingKey.Patrol:
                    return Row("patrol", "", SettingValue.Number, 1, Limits.PatrolsMax, null);
                case SettingKey.PatrolZones:
                    return Row("patrol", "zones", SettingValue.Zones, 1, Limits.ZonesMax, null);
                case SettingKey.PatrolFrom:
                    return Row("patrol", "from", SettingValue.Time, 0, Limits.DayMinutes - 1, null);
                case SettingKey.PatrolTo:
                    return Row("patrol", "to", SettingValue.Time, 0, Limits.DayMinutes - 1, null);
                case SettingKey.PatrolDays:
                    return Row("patrol", "days", SettingValue.Days, 1, 7, "1-7");
                case SettingKey.Linkage:
                    return Row("drill", "linkage", SettingValue.Word, 0, 1, "no");
                case SettingKey.DrillMaxMin:
                    return Row("drill", "maxMin", SettingValue.Minutes, 1, Limits.DrillMinutesMax, Limits.DrillMinutes.ToString());
                case SettingKey.LookMin:
                    return Row("hotwork", "lookMin", SettingValue.Minutes, 1, 240, "30");
                case SettingKey.AfterMin:
                    return Row("cases", "afterMin", SettingValue.Minutes, 0, Limits.DayMinutes, "5");
                case SettingKey.RedDays:
                    return Row("cases", "redDays", SettingValue.WholeDays, 2, 20, "15");
                case SettingKey.MainsAfterMin:
                    return Row("cases", "mainsAfterMin", SettingValue.Minutes, 0, 2 * Limits.DayMinutes, Limits.MainsAfterMin.ToString());
                case SettingKey.TestSounds:
                    return Row("selftest", "sounds", SettingValue.Word, 0, 1, "no");
                case SettingKey.TestFrom:
                    return Row("selftest", "from", SettingValue.Time, 0, Limits.DayMinutes - 1, "08:00");
                case SettingKey.TestTo:
                    return Row("selftest", "to", SettingValue.Time, 0, Limits.DayMinutes - 1, "20:00");
                case SettingKey.SelfTestHour:
                    return Row("selftest", "hour", SettingValue.Hours, 0, 23, "3");
                case SettingKey.RemoteSilence:
                    return Row("remote", "silence", SettingValue.Word, 0, 1, "no");
                case SettingKey.TakesCallOuts:
                    return Row("callout", "take", SettingValue.Word, 0, 1, "yes");
                default:
                    return Row("rule", "", SettingValue.Number, 1, 255, null);
            }
        }

        /// <summary>The words that may stand behind a key, in the order of their numbers.</summary>
        public static string[] Words(SettingKey key)
        {
            switch (key)
            {
                case SettingKey.ZoneKind:
                    return ZoneSection.Kinds();
                case SettingKey.Wiring:
                    return Wirings.Names();
                case SettingKey.Active:
                    return new string[] { "high", "low" };
                case SettingKey.Contact:
                    return new string[] { "no", "nc" };
                case SettingKey.DisplayKind:
                    return new string[] { "oled" };
                case SettingKey.FlowMeans:
                    return new string[] { "fire", "supervisory" };
                case SettingKey.ClocksFrom:
                    return new string[] { "answer", "scene" };
                default:
                    return new string[] { "no", "yes" };
            }
        }

        /// <summary>The default of the row as a whole number; below the least one where the key must be given.</summary>
        public int Whole()
        {
            int value;
            return Default != null && SettingsLine.ParseInt(Default, out value) ? value : Least - 1;
        }

        private SettingsTable Row(string command, string key, SettingValue value, int least, int most, string otherwise)
        {
            Command = command;
            Key = key;
            Value = value;
            Least = least;
            Most = most;
            Default = otherwise;
            return this;
        }
    }
}
