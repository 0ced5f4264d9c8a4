// Owns: looking for records in what a scene's gateway has written to flash.
// Must never: look anywhere but in flash: what is not durable has not happened.

using Gateway.Contract;
using Gateway.Core;
using nanoFramework.TestFramework;

namespace Gateway.Tests.Device
{
    /// <summary>Reads the lanes' segments back, record by record.</summary>
    public static class SceneEvents
    {
        public static void Check(Scene scene, string word)
        {
            int least = word[0] == '!' ? 0 : 1;
            int most = word[0] == '@' ? int.MaxValue : least;
            string pattern = word.Substring(1);
            if (word[0] == 'x')
            {
                int colon = pattern.IndexOf(':');
                SettingsLine.ParseInt(pattern.Substring(0, colon), out most);
                least = most;
                pattern = pattern.Substring(colon + 1);
            }

            string[] parts = pattern.Split('/');
            int found = 0;
            EventRecord record = new EventRecord();
            int[] files = new int[64];
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                int count = scene.Flash.List((FlashArea)lane, files);
                for (int f = 0; f < count; f++)
                {
                    found += Matches(scene, lane, files[f], parts, record);
                }
            }

            if (found < least || found > most)
            {
                Assert.AreEqual(word, found.ToString() + " such events; there are " + Listed(scene, record));
            }
        }

        /// <summary>Codes of the fire lane's records in their order.</summary>
        public static string FireLane(Scene scene)
        {
            string text = "";
            EventRecord record = new EventRecord();
            byte[] bytes = new byte[EventRecord.Size];
            int[] files = new int[64];
            int count = scene.Flash.List((int)Lane.Fire, files);
            for (int f = 0; f < count; f++)
            {
                int length = scene.Flash.Length((int)Lane.Fire, files[f]);
                for (int at = 0; at < length; at += EventRecord.Size)
                {
                    scene.Flash.Read((int)Lane.Fire, files[f], at, bytes, 0, EventRecord.Size);
                    if (record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok)
                    {
                        text += (text.Length == 0 ? "" : ",") + EventKinds.Code(record.Kind);
                    }
                }
            }

            return text.Length == 0 ? "-" : text;
        }

        private static int Matches(Scene scene, int lane, int file, string[] parts, EventRecord record)
        {
            int found = 0;
            byte[] bytes = new byte[EventRecord.Size];
            int length = scene.Flash.Length((FlashArea)lane, file);
            for (int at = 0; at < length; at += EventRecord.Size)
            {
                scene.Flash.Read((FlashArea)lane, file, at, bytes, 0, EventRecord.Size);
                if (record.Decode(bytes, 0, bytes.Length) == DecodeResult.Ok && Matches(record, parts))
                {
                    found++;
                }
            }

            return found;
        }

        private static bool Matches(EventRecord record, string[] parts)
        {
            bool matches = EventKinds.Code(record.Kind) == parts[0];
            for (int i = 1; i < parts.Length && matches; i++)
            {
                char field = parts[i][0];
                int number;
                bool zone = SettingsLine.ParseInt(parts[i], out number);
                if (!zone && !SettingsLine.ParseInt(parts[i].Substring(1), out number))
                {
                    throw new System.Exception("an event has no field " + parts[i]);
                }

                matches = Field(record, zone ? 'z' : field) == number;
            }

            return matches;
        }

        private static int Field(EventRecord record, char field)
        {
            switch (field)
            {
                case 'z':
                    return record.Zone;
                case 'r':
                    return record.Rule;
                case 'o':
                    return record.OtherZone;
                case 'a':
                    return record.A;
                case 'b':
                    return record.B;
                case 'c':
                    return record.C;
                case 'v':
                    return record.Value;
                case 'u':
                    return (int)record.Unit;
                case 's':
                    return (int)record.Severity;
                case 'f':
                    return (int)record.Flags;
                default:
                    throw new System.Exception("an event has no field " + field.ToString());
            }
        }

        private static string Listed(Scene scene, EventRecord record)
        {
            string text = "";
            byte[] bytes = new byte[EventRecord.Size];
            int[] files = new int[64];
            for (int lane = 0; lane < Lanes.Count; lane++)
            {
                int count = scene.Flash.List((FlashArea)lane, files);
                for (int f = 0; f < count; f++)
                {
                    int length = scene.Flash.Length((FlashArea)lane, files[f]);
                    for (int at = 0; at < length; at += EventRecord.Size)
                    {
                        scene.Flash.Read((FlashArea)lane, files[f], at, bytes, 0, EventRecord.Size);
                        record.Decode(bytes, 0, bytes.Length);
                        text += " " + EventKinds.Code(record.Kind) + "/" + record.Zone.ToString() + "/r" + record.Rule.ToString()
                            + "/o" + record.OtherZone.ToString() + "/a" + record.A.ToString() + "/b" + record.B.ToString()
                            + "/c" + record.C.ToString() + "/v" + record.Value.ToString() + "/s" + ((int)record.Severity).ToString()
                            + "/f" + ((int)record.Flags).ToString();
                    }
                }
            }

            return text;
        }
    }
}
