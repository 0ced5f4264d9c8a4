// Owns: the page of what the firmware takes of a board: tables, metadata, flash.
// Must never: measure time; the bench counts instructions and has its own limits.

using System.Globalization;
using System.Text;
using Gateway.Core;
using Gateway.Start;
using Gateway.Tests.Device;
using Gateway.Tests.PanelProperties;
using Mono.Cecil;

namespace Gateway.Tests.Wire;

/// <summary>
/// hardware/BUDGET.md, from the compiled code. Figures are rounded up in steps, so that the page moves when a budget does and not with
/// every line.
/// </summary>
internal static class BudgetText
{
    public const string File = "hardware/BUDGET.md";

    private const int BytesStep = 512;
    private const int RowsStep = 50;
    private const int CodeStep = 1024;

    private static readonly string[] s_assemblies =
        ["Gateway.Contract", "Gateway.Store", "Gateway.Core", "Gateway.Console", "Gateway.Link", "Gateway.Start", "Gateway.Esp32",
            "Gateway.Esp32S3", "Gateway.Esp32Classic"];

    /// <param name="deviceCheck">Where the device check leaves what it has compiled.</param>
    public static string Make(string deviceCheck)
    {
        StringBuilder page = new();
        page.Append("""
            # What the firmware takes of a board

            Written by `dotnet run --project tools/Generate -c Release` from the compiled code, and compared by a test; not for editing.
            Figures are rounded up, bytes to 512, rows to 50, code to 1024.

            ## Tables in the heap

            Core's state after two seconds of running, in the device's layout: an object takes a block of 12 bytes and one more for each
            field, an array of references one for each element, an array of numbers its bytes and 16, a text its bytes and 16. Without
            what the platform brings, and without what is on its way to flash and county. *Small*: 8 zones, or as many as the board has
            inputs, and 16 rules. *Full*: 32 zones or as many, and 64 rules. Tables are made for what a text has, and those of the log
            for its share of the flash.

            | board | inputs | outputs | parts | its file | small | full |
            |---|---|---|---|---|---|---|

            """);
        foreach (Board board in BoardList.All())
        {
            BoardShape shape = board.Shape;
            page.Append(CultureInfo.InvariantCulture, $"| `{shape.Name}` | {shape.AnalogInputs + shape.DigitalInputs} | {shape.Outputs} |");
            page.Append(CultureInfo.InvariantCulture, $" {board.Parts} | {Up(Bytes(board), BytesStep)} |");
            page.Append(CultureInfo.InvariantCulture,
                $" {Up(State(board, 8, 16), BytesStep)} | {Up(State(board, Limits.ZonesMax, Limits.RulesMax), BytesStep)} |\n");
        }

        page.Append("""

            A board without PSRAM has a heap of some 100,000 bytes. The runtime and the tables of all assemblies take 43,000 of it, and what
            MQTT and its sockets hold comes on top of the tables above: such boards stay out.

            ## Metadata and code

            What a start loads of our own assemblies: the runtime makes a table entry in memory for each type, method, field and
            reference. The code of one assembly has to fit 16-bit offsets, which are about 84,000 bytes of .NET's IL; a test of the
            exact bytes ends below that.

            | assembly | types | methods | fields | references | bytes of IL |
            |---|---|---|---|---|---|

            """);
        foreach (string name in s_assemblies)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(deviceCheck, name + ".dll"));
            TypeDefinition[] types = [.. module.GetTypes()];
            int methods = types.Sum(type => type.Methods.Count);
            int fields = types.Sum(type => type.Fields.Count);
            int references = module.GetTypeReferences().Count() + module.GetMemberReferences().Count();
            int code = types.SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {Up(types.Length, RowsStep)} | {Up(methods, RowsStep)} |");
            page.Append(CultureInfo.InvariantCulture, $" {Up(fields, RowsStep)} | {Up(references, RowsStep)} | {Up(code, CodeStep)} |\n");
        }

        page.Append("""

            ## Flash

            Drive I: in blocks of 4 KiB, as `LogPlan` shares it out; a record has 64 bytes. Erases and life are for 100,000 erases a
            block, of which littlefs takes its share for every append, the cursor and the journal among them.

            | boards | drive | records of fire, condition, routine | events an hour | erases a day | years of life |
            |---|---|---|---|---|---|

            """);
        foreach (IGrouping<int, Board> drive in BoardList.All().GroupBy(board => board.FlashBytes))
        {
            LogPlan plan = LogPlan.For(drive.Key);
            LogStatus status = new(Run(drive.First(), plan, 1, 0).Log, drive.Key);
            string boards = string.Join(", ", drive.Select(board => $"`{board.Shape.Name}`"));
            string records = string.Join(", ", plan.Segments.Select(count => $"{count * plan.SegmentRecords}"));
            foreach (int rate in (int[])[1, 10, 100])
            {
                double years = status.LifeDeciYears(rate) / 10.0;
                page.Append(CultureInfo.InvariantCulture, $"| {boards} | {drive.Key / 1024} KiB | {records} | {rate} |");
                page.Append(CultureInfo.InvariantCulture, $" {Math.Ceiling(status.MilliErasesPerHour(rate) * 24 / 1000.0)} |");
                page.Append(years >= 100 ? " over 100 |\n" : string.Create(CultureInfo.InvariantCulture, $" {years:0.0} |\n"));
            }
        }

        page.Append("""

            ## Longest tick

            Counted, not timed: `tests/bench.sh tick` counts the instructions of every tick and ends with an error where one passes its
            limit: 700 for a quiet one of 8 zones and 16 rules, 25,000 for any other, 400,000 for the first after a start, 40,000 for
            those that check a settings text. The device interprets about half a million instructions a second. How that is kept
            stands in [ARCHITECTURE.md](../ARCHITECTURE.md#what-a-tick-costs). What a running box takes at most it tells itself
            (*box-state*).

            """);
        return page.ToString();
    }

    private static int State(Board board, int zones, int rules)
    {
        int most = board.Shape.AnalogInputs + board.Shape.DigitalInputs;
        MainLoop loop = Run(board, LogPlan.For(board.FlashBytes), Math.Min(zones, most), rules);
        DeviceMemory memory = new();
        memory.Walk(loop);
        int transit = DeviceMemory.BytesOf(new byte[Contract.ContractLimits.MessageBytesMax])
            + Contract.Lanes.Count * DeviceMemory.BytesOf(new byte[Limits.PendingRecordsMax * Contract.EventRecord.Size]);
        return memory.Total - transit;
    }

    private static int Bytes(Board board)
    {
        DeviceMemory memory = new();
        memory.Walk(board);
        return memory.Total;
    }

    private static MainLoop Run(Board board, LogPlan plan, int zones, int rules)
    {
        BoardShape shape = BoardList.ShapeUnnamed(BoardList.All());
        byte[] text = Encoding.UTF8.GetBytes(Text(board, zones, rules));
        SettingsErrors errors = new();
        Settings settings = SettingsParser.Parse(text, text.Length, shape, errors)
            ?? throw new InvalidOperationException(errors.Text(0, board.Shape.Name));
        Ports ports = new()
        {
            Board = new RestingBoard(),
            Shape = board.Shape,
            Flash = new Device.MemoryFlash(),
            Link = new SceneCounty(),
            Key = new NoMac(),
            Plan = plan,
            Firmware = "budget",
        };
        MainLoop loop = new(ports, settings, 7, 0);
        for (int ms = Limits.TickMs; ms <= 2_000; ms += Limits.TickMs)
        {
            loop.Tick(ms);
        }

        return loop;
    }

    private static string Text(Board board, int zones, int rules)
    {
        List<string> lines =
        [
            "station id=1 county=c township=t village=v name=x", "uplink host=10.0.0.1 heartbeatS=600", "board " + board.Shape.Name,
        ];
        for (int zone = 1; zone <= zones; zone++)
        {
            int analog = zone - board.Shape.DigitalInputs;
            int takes = analog <= 0 || board.Shape.AnalogTakes is null ? 1 << (int)Wiring.Line : board.Shape.AnalogTakes[analog - 1];
            string wiring = analog <= 0 ? $"no unsupervised=yes input=d{zone}"
                : (takes & (1 << (int)Wiring.Line)) != 0 ? $"line input=a{analog}"
                : (takes & (1 << (int)Wiring.Current)) != 0 ? $"current input=a{analog} range=0..100 high=80"
                : $"voltage input=a{analog} range=0..1000 high=800";
            string kind = wiring.StartsWith("current", StringComparison.Ordinal) || wiring.StartsWith("voltage", StringComparison.Ordinal)
                ? "heat" : "smoke";
            lines.Add($"zone {zone} kind={kind} wiring={wiring} name=z{zone}");
        }

        for (int rule = 1; rule <= rules; rule++)
        {
            // Four relays or two: none is named twice under the same condition.
            int zone = ((rule - 1) % zones) + 1;
            lines.Add($"rule {rule} if fire:z{zone} and time:{rule / 60:00}:{rule % 60:00}-23:59 then relay{(rule % 2) + 1}:pulse{rule}s");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static int Up(int figure, int step) => (figure + step - 1) / step * step;

    /// <summary>Everything at rest.</summary>
    private sealed class RestingBoard : BoardPort
    {
        public override void ReadInputs(int[] raw) => Array.Fill(raw, 1);

        public override void WriteOutput(int output, bool on)
        {
        }

        public override void FeedWatchdog()
        {
        }
    }
}
