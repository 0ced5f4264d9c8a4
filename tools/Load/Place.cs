// Owns: which stations there are: numbers, villages with codes and names, keys and passwords, all by rule.
// Must never: be taken for a register of real places, or its keys for secrets: whoever has this text has them.

using System.Security.Cryptography;
using System.Text;
using Gateway.Contract;

namespace Gateway.Tools.Load;

/// <summary>One played station of a county.</summary>
/// <param name="Number">1 and up, in the whole province.</param>
/// <param name="County">Six digits.</param>
/// <param name="Township">Nine digits.</param>
/// <param name="Village">Twelve digits.</param>
/// <param name="CountyName">By rule, as the other names.</param>
/// <param name="TownshipName">Of its township.</param>
/// <param name="VillageName">Of its village.</param>
public sealed record Place(
    uint Number, string County, string Township, string Village, string CountyName, string TownshipName, string VillageName)
{
    private const int Prefectures = 11;
    private const int VillagesOfTownship = 20;
    private const string Heads = "上下东西南北大小前后新老金银石竹松梅桃柳";
    private const string Tails = "溪塘岭坑桥坞湾岗洋垄";
    private const string TownHeads = "安宁和顺福泰昌永兴平";

    public string Name => VillageName + "委会";

    public string User => $"st{Number}";

    public string Password => $"load-{Number}";

    public Topics Topics => new(County, Township, Village, Number);

    public byte[] Key() => SHA256.HashData(Encoding.ASCII.GetBytes($"gateway load {Number}"));

    /// <summary>The code of a county: prefectures take turns.</summary>
    public static string CodeOf(int county) => $"33{1 + county % Prefectures:00}{2 + county / Prefectures:00}";

    /// <summary>Station after station, the counties taking turns: the first thousand have as many of each as all have.</summary>
    public static IEnumerable<Place> All(int counties, int stations)
    {
        for (int i = 0; i < stations; i++)
        {
            int county = i % counties;
            int village = i / counties;
            int township = village / VillagesOfTownship;
            string code = CodeOf(county);
            string town = $"{code}{101 + township:000}";
            yield return new Place(
                (uint)i + 1, code, town, $"{town}{201 + village % VillagesOfTownship:000}", $"试{county + 1}县", TownName(township),
                $"{Heads[(village + county) % Heads.Length]}{Tails[village / Heads.Length % Tails.Length]}村");
        }
    }

    /// <summary>A table for `county station import`.</summary>
    public static void Write(string file, IEnumerable<Place> places)
    {
        using StreamWriter table = new(file, append: false, new UTF8Encoding(false));
        table.WriteLine("id,county,township,village,name,key,password");
        foreach (Place one in places)
        {
            table.WriteLine(string.Join(
                ',', one.Number, one.County, one.Township, one.Village, one.Name, Convert.ToHexStringLower(one.Key()), one.Password));
        }
    }

    /// <summary>Their divisions, for its --divisions.</summary>
    public static void WriteDivisions(string file, IEnumerable<Place> places)
    {
        using StreamWriter table = new(file, append: false, new UTF8Encoding(false));
        table.WriteLine("code,name");
        foreach ((string code, string name) in places
            .SelectMany(one => ((string, string)[])
                [(one.County, one.CountyName), (one.Township, one.TownshipName), (one.Village, one.VillageName)])
            .Distinct().OrderBy(one => one.Item1, StringComparer.Ordinal))
        {
            table.WriteLine($"{code},{name}");
        }
    }

    private static string TownName(int township)
    {
        int again = township / TownHeads.Length;
        return $"{TownHeads[township % TownHeads.Length]}{(again == 0 ? "" : $"{again}")}镇";
    }
}
