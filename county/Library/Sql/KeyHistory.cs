// Owns: which keys were given out and which ended, beside the database, so that an older copy in its place can be told.
// Must never: hold a key or what leads to one, or keep a change of the registry from being made.

using System.Globalization;

namespace Gateway.County.Sql;

/// <summary>A key that does not fit what was done before, as after a restore.</summary>
/// <param name="Station">Whose.</param>
/// <param name="CameBack">It had ended and is good again; else it was given out and is not there.</param>
/// <param name="AtMs">When it ended, or was given out; ms since 1970 UTC.</param>
public sealed record RestoredKey(uint Station, bool CameBack, long AtMs);

/// <summary>A line a change: what became of a key, its station, the key's name, and when.</summary>
internal sealed class KeyHistory(string database)
{
    private const string Began = "began";
    private const string Ended = "ended";

    private readonly string _path = ReceiverFile.RealPath(database) + ".keys";

    /// <summary>Notes a change on the disk before it is made, so that none is made that is not noted.</summary>
    public void Note(IEnumerable<(uint Station, long Key)> began, IEnumerable<(uint Station, long Key)> ended, long nowMs)
    {
        string[] lines = [.. began.Select(one => Line(Began, one, nowMs)), .. ended.Select(one => Line(Ended, one, nowMs))];
        if (lines.Length == 0)
        {
            return;
        }

        try
        {
            using FileStream file = PrivateFile.Open(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(System.Text.Encoding.ASCII.GetBytes(string.Concat(lines)));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A stolen key has to end whatever this file is like; Problem says it.
        }
    }

    /// <summary>Why it cannot be written, or null.</summary>
    public string? Problem()
    {
        try
        {
            if (File.Exists(_path))
            {
                PrivateFile.Open(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite).Dispose();
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{e.Message} Keys that come back with an older copy are not told; allowed: a file that this user may write";
        }
    }

    /// <summary>What does not fit the keys that are good now.</summary>
    public IReadOnlyList<RestoredKey> Compare(IReadOnlyList<StationRegistration> stations)
    {
        Dictionary<(uint Station, long Key), (bool Good, long AtMs)> noted = [];
        Dictionary<uint, long> newest = [];
        foreach (((uint Station, long Key) which, bool good, long atMs) in Lines())
        {
            noted[which] = (good, atMs);
            if (good)
            {
                newest[which.Station] = which.Key;
            }
        }

        HashSet<(uint, long)> now = [];
        foreach (StationRegistration one in stations)
        {
            now.Add((one.Station, one.Key.Id));
            if (one.NextKey is { } next)
            {
                now.Add((one.Station, next.Id));
            }
        }

        return
        [
            .. noted.Where(one => !one.Value.Good && now.Contains(one.Key))
                .Select(one => new RestoredKey(one.Key.Station, CameBack: true, one.Value.AtMs)),
            .. newest.Select(one => (one.Key, one.Value)).Where(one => noted[one].Good && !now.Contains(one))
                .Select(one => new RestoredKey(one.Key, CameBack: false, noted[one].AtMs)),
        ];
    }

    private static string Line(string what, (uint Station, long Key) which, long nowMs) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {which.Station} {which.Key} {nowMs}\n");

    private IEnumerable<((uint, long) Which, bool Good, long AtMs)> Lines()
    {
        List<string> lines;
        try
        {
            lines = [.. File.ReadLines(_path)];
            if (lines.Count > CountyLimits.KeyHistoryLinesMax)
            {
                lines.RemoveRange(0, lines.Count - (CountyLimits.KeyHistoryLinesMax / 2));
                string beside = _path + ".new";
                PrivateFile.WriteAllText(beside, string.Join('\n', lines) + "\n");
                File.Move(beside, _path, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            // A line that a power cut left half is none.
            if (words.Length == 4 && (words[0] is Began or Ended) && uint.TryParse(words[1], out uint station)
                && long.TryParse(words[2], out long key) && long.TryParse(words[3], out long atMs))
            {
                yield return ((station, key), words[0] == Began, atMs);
            }
        }
    }
}
