// Owns: `county callout …`: plans of call-out, and what people do with one.
// Must never: take half a table of plans over, or write a telephone number anywhere but into the list that a person asked for.

using System.CommandLine;
using System.Globalization;
using Gateway.County.Sql;
using Gateway.Sheets;

namespace Gateway.County.Server;

internal static class CalloutCommands
{
    private const string FileAllowed = "a table of plans in CSV, in GB 18030 or UTF-8";

    public static Command Create() => new(
        "callout",
        """
        Reinforcements: whom a station's plan calls, and who was called, set out and is there. 增援。
        A plan is carried out when a fire is judged real, or by `county run --callout-after`.
        """)
    {
        Import(),
        Add(),
        Remove(),
        Rings(),
        List(),
        Call(),
        Report("set-out", CaseActKind.SetOut, "A party is on its way. 已出动。"),
        Report("joined", CaseActKind.Joined, "A party is there; the first one meets the third clock. 已到场。"),
        Off(),
    };

    private static Command Import()
    {
        Argument<string> file = new("FILE") { Description = $"A table; its first line names the columns: {CalloutSheet.Heads}." };
        Option<string> db = CommonOptions.Db();
        Command import = new(
            "import", "Takes plans over from a table, all of it or nothing; a station in it has this plan and no other. 导入预案。")
        {
            file, db,
        };
        import.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            byte[] bytes = SecretFiles.Bytes("FILE", path, SheetLimits.BytesMax, FileAllowed);
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            List<SheetProblem> problems = [];
            IReadOnlyList<CalloutParty> plan = CalloutSheet.Read(bytes, store.RegisteredNumbers(), problems);
            SheetText.Refuse(path, problems);
            uint[] stations = [.. plan.Select(party => party.Station).Distinct()];
            store.PutCalloutPlan(plan, stations);
            Console.WriteLine($"stations {stations.Length}, parties {plan.Count}");
            return ExitCodes.Done;
        });
        return import;
    }

    private static Command Add()
    {
        Option<uint?> station = Station();
        Option<string> party = Party(required: true);
        Option<int> ring = CommonOptions.Number("--ring", "The first ring is called at once.", 1, CountyLimits.CalloutRingMax, 1);
        Option<uint?> neighbour = CommonOptions.Station("The party's own station, if it has one.", "--neighbour");
        Option<string> telephone = CaseCommands.Text("--telephone", "How it is reached.", 0, CountyLimits.TelephoneMax, required: false);
        Option<int> within = CommonOptions.Number(
            "--within", "Seconds after its call by which it has to be there.", 1, CountyLimits.CalloutWithinMaxS,
            CountyLimits.CalloutWithinS);
        Option<string> db = CommonOptions.Db();
        Command add = new("add", "Puts a party into a station's plan, or changes it there. 增加力量。")
        {
            station, party, ring, neighbour, telephone, within, db,
        };
        add.SetAction(parsed =>
        {
            uint number = parsed.GetValue(station) ?? 0;
            using SqlStore store = StationCommands.OpenFor(number, parsed.GetRequiredValue(db));
            string name = parsed.GetRequiredValue(party);
            uint other = parsed.GetValue(neighbour) ?? 0;
            if (other != 0 && !store.RegisteredNumbers().Contains(other))
            {
                throw new CommandException($"--neighbour: {other} is not registered; allowed: a number of `county station list`");
            }

            IReadOnlyList<CalloutParty> plan = store.CalloutPlan(number);
            if (plan.Count >= CountyLimits.CalloutPartiesMax && !plan.Any(one => one.Party == name))
            {
                throw new CommandException(
                    $"--station: {number} has {plan.Count} parties; allowed: {CountyLimits.CalloutPartiesMax} in a plan");
            }

            store.PutCalloutPlan(
                [
                    new CalloutParty
                    {
                        Station = number,
                        Party = name,
                        Ring = parsed.GetValue(ring),
                        Neighbour = other,
                        Telephone = parsed.GetRequiredValue(telephone),
                        WithinS = parsed.GetValue(within),
                    },
                ],
                []);
            Console.WriteLine($"station {number}: {name}");
            return ExitCodes.Done;
        });
        return add;
    }

    private static Command Remove()
    {
        Option<uint?> station = Station();
        Option<string> party = Party(required: true);
        Option<string> db = CommonOptions.Db();
        Command remove = new("remove", "Takes a party out of a station's plan. 删除力量。") { station, party, db };
        remove.SetAction(parsed =>
        {
            uint number = parsed.GetValue(station) ?? 0;
            using SqlStore store = StationCommands.OpenFor(number, parsed.GetRequiredValue(db));
            string name = parsed.GetRequiredValue(party);
            if (!store.RemoveCalloutParty(number, name))
            {
                throw new CommandException($"--party: '{name}' is not in the plan of {number}; allowed: one of `county callout list`");
            }

            Console.WriteLine($"station {number}: without {name}");
            return ExitCodes.Done;
        });
        return remove;
    }

    private static Command Rings()
    {
        Option<uint?> station = CommonOptions.Station("Only of this station; without it, of all.");
        Option<int[]> rings = new("--km")
        {
            Description = "How far each ring goes, km, such as 1,3,5.",
            HelpName = "LIST",
            DefaultValueFactory = _ => Metres(ServerLimits.RingKilometres)!,
            CustomParser = result =>
            {
                if (Metres(result.Tokens[0].Value) is { } metres)
                {
                    return metres;
                }

                result.AddError(
                    $"--km: '{PlainText.Clean(result.Tokens[0].Value)}'; allowed: up to {CountyLimits.CalloutRingMax} rising numbers with "
                    + $"commas, at most {CountyLimits.CalloutMetresMax / 1_000}, such as 0.5,2,5");
                return [];
            },
        };
        Option<int> most = CommonOptions.Number(
            "--most", "So many neighbours in each ring, the nearest.", 1, CountyLimits.CalloutPartiesMax, ServerLimits.RingParties);
        Option<string> db = CommonOptions.Db();
        Command command = new(
            "rings", "Plans neighbours by the distance of their places; what was made by hand stays. 按距离编制。")
        {
            station, rings, most, db,
        };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            uint? only = parsed.GetValue(station);
            StationCommands.TellUnknown(store, only);
            Dictionary<uint, string> names = store.Stations().ToDictionary(one => one.Station, one => one.Name);
            IReadOnlyList<PlaceFile> places = store.Places();
            List<CalloutParty> all = [];
            List<uint> planned = [];
            foreach (PlaceFile place in places.Where(one => names.ContainsKey(one.Station) && (only is null || one.Station == only)))
            {
                HashSet<string> byHand = [.. store.CalloutPlan(place.Station).Where(one => one.Metres == 0).Select(one => one.Party)];
                planned.Add(place.Station);
                all.AddRange(CalloutRings.Of(
                        place, places, parsed.GetRequiredValue(rings), parsed.GetValue(most), number => names.GetValueOrDefault(number))
                    .Where(one => one.Party.Length <= CountyLimits.CaseNameMax && !byHand.Contains(one.Party))
                    .Take(CountyLimits.CalloutPartiesMax - byHand.Count));
            }

            store.PutCalloutPlan(all, planned, byDistance: true);
            Console.WriteLine($"stations {planned.Count}, neighbours {all.Count}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<uint?> station = CommonOptions.Station("Only of this station.");
        Option<bool> json = CommonOptions.Json();
        Option<string> db = CommonOptions.Db();
        Command command = new("list", "Whom each station's plan calls, ring by ring. 预案。") { station, json, db };
        command.SetAction(parsed =>
        {
            using SqlStore store = SqlStore.Open(parsed.GetRequiredValue(db), create: false);
            StationCommands.TellUnknown(store, parsed.GetValue(station));
            IReadOnlyList<CalloutParty> plan = store.CalloutPlan(parsed.GetValue(station));
            if (parsed.GetValue(json))
            {
                JsonArray.Write(plan, (writer, one) =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("station", one.Station);
                    writer.WriteNumber("ring", one.Ring);
                    writer.WriteString("party", one.Party);
                    writer.WriteNumber("neighbour", one.Neighbour);
                    writer.WriteNumber("withinS", one.WithinS);
                    writer.WriteNumber("metres", one.Metres);
                    writer.WriteString("telephone", one.Telephone);
                    writer.WriteEndObject();
                });
                return ExitCodes.Done;
            }

            ReportTable table = new("站点", "圈", "增援力量", "邻站", "距离米", "到场秒数", "电话");
            foreach (CalloutParty one in plan)
            {
                table.Add(
                    $"{one.Station}", $"{one.Ring}", one.Party, one.Neighbour == 0 ? "" : $"{one.Neighbour}",
                    one.Metres == 0 ? "" : $"{one.Metres}", $"{one.WithinS}", one.Telephone);
            }

            table.Show();
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Call()
    {
        Option<string> party = Party(required: false);
        party.Description = "Only this party; without it, the next ring of the plan.";
        return CaseCommands.OfCase(
            "call", CaseActKind.Called, "Calls reinforcements now. 呼叫增援。", [party],
            (parsed, asked) => asked with { Party = parsed.GetRequiredValue(party) });
    }

    private static Command Report(string verb, CaseActKind kind, string description)
    {
        Option<string> party = Party(required: true);
        Option<long?> at = CommonOptions.Moment("--at", $"When; {TimeText.Allowed}. Without it, now.");
        return CaseCommands.OfCase(
            verb, kind, description, [party, at],
            (parsed, asked) => asked with { Party = parsed.GetRequiredValue(party), AtMs = parsed.GetValue(at) ?? 0 });
    }

    private static Command Off() =>
        CaseCommands.OfCase("off", CaseActKind.StoodDown, "Sends home who was called. 撤回增援。", [], (_, asked) => asked);

    private static Option<uint?> Station()
    {
        Option<uint?> station = CommonOptions.Station("Whose plan.");
        station.Required = true;
        return station;
    }

    private static Option<string> Party(bool required) =>
        CaseCommands.Text("--party", "A neighbour's station or a brigade: a name.", 1, CountyLimits.CaseNameMax, required);

    /// <summary>Null when the text is no list of rising kilometres.</summary>
    private static int[]? Metres(string text)
    {
        List<int> metres = [];
        foreach (string part in text.Split(','))
        {
            if (!decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal km)
                || km * 1_000 > CountyLimits.CalloutMetresMax || km * 1_000 < 1 || (metres.Count > 0 && (int)(km * 1_000) <= metres[^1])
                || metres.Count == CountyLimits.CalloutRingMax)
            {
                return null;
            }

            metres.Add((int)(km * 1_000));
        }

        return [.. metres];
    }
}
