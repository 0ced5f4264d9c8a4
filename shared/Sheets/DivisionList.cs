// Owns: the county's list of divisions, and whether codes and names of a table are in it.
// Must never: correct a code by itself: it decides into whose hands an alarm goes.

namespace Gateway.Sheets;

/// <summary>Codes with their names: county, townships, villages.</summary>
internal sealed class DivisionList
{
    private static readonly SheetColumn s_code = new(["编码", "代码", "code"]);
    private static readonly SheetColumn s_name = new(["名称", "name"]);

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private DivisionList()
    {
    }

    /// <summary>The name of each code.</summary>
    public IReadOnlyDictionary<string, string> Names => _names;

    /// <summary>Null and problems when it can't be read.</summary>
    /// <param name="bytes">The table.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <param name="named">What a name has wrong, for whoever shows it; null = nothing.</param>
    public static DivisionList? Read(
        byte[] bytes, ICollection<SheetProblem> problems, Func<string, (string Found, string Allowed)?>? named = null)
    {
        if (Sheet.Read(bytes, [s_code, s_name], problems) is not { } rows)
        {
            return null;
        }

        DivisionList list = new();
        int before = problems.Count;
        foreach (SheetRow row in rows)
        {
            if (row[s_code].Length == 0)
            {
                problems.Add(row.Problem(s_code, StationSheet.Shown(""), "编码\na code"));
            }
            else if (!list._names.TryAdd(row[s_code], row[s_name]))
            {
                problems.Add(row.Problem(s_code, $"{row[s_code]} 写了两次\n{row[s_code]} a second time", "每个编码一次\neach code once"));
            }
            else if (named?.Invoke(row[s_name]) is { } wrong)
            {
                problems.Add(row.Problem(s_name, wrong.Found, wrong.Allowed));
            }
        }

        return problems.Count > before ? null : list;
    }

    /// <summary>What a code and a name have wrong; null = they are in the list and belong together.</summary>
    /// <param name="name">Empty = only the code is looked up.</param>
    public (string Found, string Allowed)? Problem(string code, string name)
    {
        if (!_names.TryGetValue(code, out string? known))
        {
            string? other = name.Length == 0 ? null : _names.FirstOrDefault(one => one.Value == name).Key;
            return (code, other is null ? "区划名录里的编码\na code of the list of divisions"
                : $"名录中 {name} 的编码 {other}\nthe code that {name} has in the list, {other}");
        }

        return name.Length == 0 || name == known ? null
            : ($"{name}，而 {code} 是 {known}\n{name}, but {code} is {known}", "名称与编码是同一处\nname and code of one place");
    }

    public void Check(SheetRow row, ICollection<SheetProblem> problems)
    {
        (SheetColumn Code, SheetColumn Name)[] levels =
        [
            (StationSheet.County, StationSheet.CountyName), (StationSheet.Township, StationSheet.TownshipName),
            (StationSheet.Village, StationSheet.VillageName),
        ];
        foreach ((SheetColumn code, SheetColumn name) in levels)
        {
            if (Problem(row[code], row[name]) is { } wrong)
            {
                problems.Add(row.Problem(code, wrong.Found, wrong.Allowed));
            }
        }
    }
}
