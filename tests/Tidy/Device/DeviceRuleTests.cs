// Owns: the rules over everything that runs on the device, each shown a planted sample that it must refuse.
// Must never: be loosened to let one line pass; what passes here and fails on the wall is found by nobody else.

using Mono.Cecil;

namespace Gateway.Tests.Tidy.Device;

public sealed class DeviceRuleTests
{
    [Fact]
    public void No_array_has_more_than_one_dimension() => DeviceRule.Holds(DeviceRules.MultidimensionalArrays, DeviceAssemblies.Parts,
        fine: "class A { int[][] rows = new int[2][]; }",
        bad: ["class A { int[,] rows; }", "class A { object Make() { return new int[2, 2]; } }",
            "class A { void Take(int[,][] rows) { } }"]);

    [Fact]
    public void Nothing_has_type_parameters() => DeviceRule.Holds(DeviceRules.TypeParameters, DeviceAssemblies.Parts,
        fine: "class A { delegate void Done(int at); Done done; }",
        bad: ["class A<T> { }", "class A { T Same<T>(T one) { return one; } }", "delegate void Done<T>(T at);", "interface IAll<T> { }",
            "class A { System.Action<int> act; }", "class A { void Run() { System.Func<int> get = null; } }"]);

    // The library says that it has them, so they compile; the device does not run them.
    [Fact]
    public void No_interface_has_a_body() => DeviceRule.Holds(DeviceRules.InterfaceBodies, DeviceAssemblies.Parts,
        fine: "interface IPort { int Read(); int Count { get; } } class A : IPort { public int Read() => 0; public int Count => 1; }",
        bad: ["interface IPort { int Read() { return 0; } }", "interface IPort { int Count { get { return 0; } } }",
            "interface IPort { static int Read() { return 0; } }", "interface IPort { private int Read() => 0; }"]);

    [Fact]
    public void The_name_of_an_enum_value_is_never_asked_for() => DeviceRule.Holds(DeviceRules.EnumNames, DeviceAssemblies.Parts[..5],
        fine: "enum E { One } class A { string Text(E e) { return ((int)e).ToString(); } }",
        bad:
        [
            "enum E { One } class A { string Text(E e) { return e.ToString(); } }",
            "enum E { One } class A { string Text(E e) { return \"now \" + e; } }",
            "enum E { One } class A { string Text(E e) { return $\"now {e}\"; } }",
            "enum E { One } class A { string Text(System.Enum e) { return e.ToString(); } }",
            "enum E { One } class A { bool Has(E e) { return e.HasFlag(E.One); } }",
        ]);

    // A test may hand an enum value to Assert.AreEqual(object, object), which compares and prints numbers.
    [Fact]
    public void Tests_do_not_ask_for_the_name_of_an_enum_value_either() => DeviceRule.Holds(DeviceRules.EnumToString, ["NFUnitTest"],
        fine: "enum E { One } class A { object Box(E e) { return e; } }",
        bad: ["enum E { One } class A { string Text(E e) { return e.ToString(); } }",
            "enum E { One } class A { string Text(E e) { return \"now \" + e; } }"]);

    [Fact]
    public void There_are_no_pointers() => DeviceRule.Holds(DeviceRules.Pointers, DeviceAssemblies.Parts,
        fine: "class A { void Take(ref int one) { one = 1; } }",
        bad: ["unsafe class A { int* at; }", "unsafe class A { void Take() { int* at = stackalloc int[4]; } }",
            "unsafe class A { void Take(int[] a) { fixed (int* p = a) { } } }"]);

    [Fact]
    public void Texts_of_an_assembly_fit_the_place_that_its_format_has() =>
        DeviceRule.Holds(DeviceRules.TooManyTexts, DeviceAssemblies.Parts,
        fine: "class A { string Text() { return \"short\"; } }",
        bad: ["class A { string Text() { return \"" + new string('x', 65_000) + "\"; } }"]);

    [Fact]
    public void Nothing_relies_on_checked_arithmetic() => DeviceRule.Holds(DeviceRules.CheckedArithmetic, DeviceAssemblies.Parts,
        fine: "class A { byte Low(int one) { return unchecked((byte)one); } }",
        bad: ["class A { int Sum(int a, int b) { return checked(a + b); } }",
            "class A { byte Low(int one) { checked { return (byte)one; } } }"]);

    [Fact]
    public void Formats_are_those_that_the_device_knows() => DeviceRule.Holds(DeviceRules.CustomFormats, DeviceAssemblies.Parts,
        fine: "class A { string Text(int n) { return n.ToString(\"X8\") + $\"{n:D2} {n,5} {n}\"; } }",
        bad:
        [
            "class A { string Text(int n) { return n.ToString(\"0.00\"); } }",
            "class A { string Text(int n, string how) { return n.ToString(how); } }",
            "class A { string Text(int n) { return $\"{n:000}\"; } }",
            "class A { string Text(int n) { return string.Format(\"{0,4:#,##0}\", n); } }",
            "class A { string Text(System.DateTime at) { return at.ToString(\"dd.MM.yyyy\"); } }",
        ]);

    [Fact]
    public void Test_classes_hold_no_instance_state() => DeviceRule.Holds(DeviceRules.InstanceStateInTests, ["NFUnitTest"],
        fine: "using nanoFramework.TestFramework; [TestClass] class A { static int s_n; [TestMethod] public void Runs() { s_n++; } }",
        bad: ["using nanoFramework.TestFramework; [TestClass] class A { int _n; [TestMethod] public void Runs() { _n++; } }"]);

    [Fact]
    public void Contract_and_Core_have_no_clock_thread_file_network_or_chance() =>
        DeviceRule.Holds(LibraryRules.ForbiddenLibraryTypes, DeviceAssemblies.Pure,
        fine: "class A { A() { throw new System.ArgumentException(); } byte[] Of(string s) => System.Text.Encoding.UTF8.GetBytes(s); }",
        bad:
        [
            "class A { long Now() { return System.DateTime.UtcNow.Ticks; } }",
            "class A { long Up() { return System.Environment.TickCount64; } }",
            "class A { void Wait() { System.Threading.Thread.Sleep(1); } }",
            "class A { void Guard() { lock (this) { } } }",
            "class A { System.Threading.Timer timer; }",
            "class A { bool Is() { return System.IO.File.Exists(\"I:\"); } }",
            "class A { object Pins() { return new System.Device.Gpio.GpioController(); } }",
            "class A { void Say() { System.Console.WriteLine(\"fire\"); } }",
            "#define DEBUG\nclass A { void Say() { System.Diagnostics.Debug.WriteLine(\"fire\"); } }",
            "class A { int Chance() { return new System.Random().Next(); } }",
            "class A { System.Guid Id() { return System.Guid.NewGuid(); } }",
            "class A { void Tidy() { nanoFramework.Runtime.Native.GC.Run(true); } }",
            "class A { object Kind() { return typeof(A); } }",
        ]);

    [Fact]
    public void Contract_and_Core_throw_only_in_constructors() => DeviceRule.Holds(DeviceRules.Throws, DeviceAssemblies.Pure,
        fine: "class A { A(int n) { if (n < 0) { throw new System.ArgumentException(\"n\"); } } }",
        bad: ["class A { void Run() { throw new System.InvalidOperationException(); } }",
            "class A { void Run() { try { } catch { throw; } } }"]);

    [Fact]
    public void Contract_and_Core_keep_no_structs_on_the_heap() => DeviceRule.Holds(DeviceRules.CostlyStructs, DeviceAssemblies.Pure,
        fine: "struct S { public int N; } class A { static byte[] s_b = { 1, 2, 3, 4, 5 }; int Read(ref S s) { return s.N + s_b[0]; } }",
        bad: ["struct S { int n; } class A { S Make() { return new S(); } }", "struct S { int n; } class A { S[] rows; }",
            "struct S { int n; } class A { S one; }",
            "struct S { int n; } class A { void Take(S s) { } }", "class A { System.TimeSpan Wait() { return default; } }"]);

    [Fact]
    public void Contract_and_Core_count_in_whole_numbers() => DeviceRule.Holds(DeviceRules.FloatingPoint, DeviceAssemblies.Pure,
        fine: "class A { int Tenths(int n) { return n * 10 / 3; } }",
        bad: ["class A { double share; }", "class A { int Part(int n) { return (int)(n * 0.5f); } }",
            "class A { long Part(int n) { double d = n; return (long)d; } }"]);

    [Fact]
    public void Contract_compares_text_without_a_culture() => DeviceRule.Holds(LibraryRules.CultureSensitiveCalls, ["Gateway.Contract"],
        fine: "class A { bool Same(string a, string b) { return a == b && a.IndexOf('/') < 0; } }",
        bad: ["class A { bool Is(string a) { return a.StartsWith(\"fire\"); } }",
            "class A { int Order(string a, string b) { return string.Compare(a, b); } }",
            "class A { int At(string a) { return a.IndexOf(\"x\"); } }", "class A { string Big(string a) { return a.ToUpper(); } }"]);

    [Fact]
    public void No_method_of_Contract_or_Core_comes_back_to_itself()
    {
        string[] bad =
        [
            "class A { int Down(int n) { return n == 0 ? 0 : Down(n - 1); } }",
            "class A { void Ping() { Pong(); } void Pong() { Ping(); } }",
            "interface IPort { void Go(); } class A : IPort { IPort other; public void Go() { other.Go(); } }",
            "abstract class P { public abstract void Go(); public void Do() { Go(); } } class A : P { public override void Go() => Do(); }",
            "class A { int Up { get { return Up; } } }",
            "delegate void Act(); class A { void Go() { Act again = Go; again(); } }",
        ];
        foreach (string sample in bad)
        {
            using ModuleDefinition planted = DeviceCompiler.Assembly("Sample", sample);
            Assert.True(CallGraph.Cycles(planted).Count > 0, $"The rule does not see: {sample}");
        }

        using ModuleDefinition fine = DeviceCompiler.Assembly("Sample",
            "class A { void Go() { Step(); Step(); } void Step() { Last(); } void Last() { } }");
        Assert.Empty(CallGraph.Cycles(fine));

        using ModuleDefinition contract = DeviceAssemblies.Read("Gateway.Contract");
        using ModuleDefinition store = DeviceAssemblies.Read("Gateway.Store");
        using ModuleDefinition core = DeviceAssemblies.Read("Gateway.Core");
        using ModuleDefinition console = DeviceAssemblies.Read("Gateway.Console");
        DeviceRule.AssertNothing(CallGraph.Cycles(contract, store, core, console));
    }

    [Fact]
    public void A_room_of_Core_knows_only_those_before_it()
    {
        Assert.Empty(RoomRules.Rooms.Except(RoomRules.Row, StringComparer.Ordinal));
        Assert.Contains(string.Join(" → ", RoomRules.Row[1..]), Repo.Text("ARCHITECTURE.md"), StringComparison.Ordinal);
        DeviceRule.Holds(RoomRules.Backwards, ["Gateway.Store", "Gateway.Core", "Gateway.Console"],
            fine: "class Journal { public int Key; } class Panel { Journal journal; int Key() { return journal.Key; } }",
            bad: ["class Panel { } class Journal { Panel[] panels; }", "class Uplink { } class RuleEngine : Uplink { }",
                "class MainLoop { public static void Tick() { } } class ZoneScan { void Run() { MainLoop.Tick(); } }"]);
    }

    [Fact]
    public void The_panel_names_no_part() => DeviceRule.Holds(PartRules.Named, ["Gateway.Core"],
        fine: "abstract class PanelPart { public int Due; } class Duty : PanelPart { public bool Asked; } "
            + "class VillageParts { public PanelPart All = new Duty(); } class Panel { int Due(VillageParts s) { return s.All.Due; } }",
        bad: ["abstract class PanelPart { } class Duty : PanelPart { public bool Asked; } "
            + "class Panel { bool Asked(PanelPart part) { return ((Duty)part).Asked; } }"]);

    [Fact]
    public void What_has_a_type_is_not_handed_over_as_a_number() => DeviceRule.Holds(TypeRules.NumbersThatHaveAType, DeviceAssemblies.Pure,
        fine: "enum Lane : byte { Fire } class A { public void Put(Lane lane, int number) { } void Within(int lane) { } }",
        bad: ["class A { public void Put(int lane, int sequence) { } }", "class A { internal void Set(byte cause) { } }",
            "abstract class A { protected abstract void Add(ushort flags); }"]);

    [Fact]
    public void No_table_of_texts_is_held_for_ever() => DeviceRule.Holds(TextRules.Tables,
        [.. DeviceAssemblies.Parts.Where(part => part != "NFUnitTest")],
        fine: "class A { static readonly int[] s_sums = { 1, 2 }; readonly string[] _own = { \"a\" }; "
            + "static string Name(int one) { switch (one) { case 0: return \"a\"; default: return \"b\"; } } }",
        bad: ["class A { static readonly string[] s_names = { \"a\", \"b\" }; }", "class A { class B { public static string[] Names; } }"]);

    [Fact]
    public void A_set_of_zones_has_its_type() => DeviceRule.Holds(TypeRules.SetsOfZonesThatAreNumbers, DeviceAssemblies.Pure[1..],
        fine: "enum ZoneSet : int { None } class A { public ZoneSet Latched; public ZoneSet[] Zones; public int Zone; "
            + "public const int Active = 2; int _zones; ZoneSet Fires(ZoneSet fires, bool quiet) { return fires; } } "
            + "class FireTail { public int Quiet; }",
        bad: ["class A { public int Latched; }", "class A { public int[] Zones; }", "class A { public int Burning { get; } }",
            "class A { void Report(int zones, int zone) { } }", "class A { void Decide(uint[] latched) { } }"]);

    [Fact]
    public void Events_have_one_way_into_the_log() => DeviceRule.Holds(LogRules.OtherWays,
        ["Gateway.Store", "Gateway.Core", "Gateway.Console"],
        fine: "class EventLog { public int Blank() { return 0; } public void Add(int record) { } public void Started() { Add(Blank()); } } "
            + "class Loop { void Start(EventLog log) { log.Started(); } }",
        bad: ["class EventLog { public int Blank() { return 0; } } class Loop { int Start(EventLog log) { return log.Blank(); } }",
            "class EventLog { public void Add(int record) { } } class Loop { void Start(EventLog log) { log.Add(0); } }"]);

    [Fact]
    public void The_code_of_each_assembly_fits_the_runtime_s_offsets()
    {
        DeviceRule.AssertNothing(DeviceAssemblies.Parts.SelectMany(part =>
        {
            using ModuleDefinition module = DeviceAssemblies.Read(part);
            return CodeSize.TooLarge(part, module);
        }));
        string many = string.Concat(Enumerable.Range(0, 4000).Select(i => $"static int M{i}(int a) {{ return a * a + {1000 + i}; }} "));
        using ModuleDefinition planted = DeviceCompiler.Assembly("Sample", $"class A {{ {many} }}");
        Assert.NotEmpty(CodeSize.TooLarge("Sample", planted));

        // Counted by hand: nop, ldarg, a call of 3 bytes where .NET has 5, nop, ret.
        using ModuleDefinition small = DeviceCompiler.Assembly("Sample", "class A { static void Go(int a) { Go(a); } }");
        Assert.Equal(7, CodeSize.Bytes(small.Types.Single(type => type.Name == "A").Methods.Single(method => method.Name == "Go")));
    }

    [Theory]
    [InlineData("Gateway.Contract", new[] { "mscorlib", "nanoFramework.System.Text" })]
    [InlineData("Gateway.Store", new[] { "mscorlib", "nanoFramework.System.Text", "nanoFramework.System.Collections", "Gateway.Contract" })]
    [InlineData("Gateway.Core", new[] { "mscorlib", "nanoFramework.System.Text", "nanoFramework.System.Collections", "Gateway.Contract",
        "Gateway.Store" })]
    [InlineData("Gateway.Console", new[] { "mscorlib", "nanoFramework.System.Text", "nanoFramework.System.Collections", "Gateway.Contract",
        "Gateway.Store", "Gateway.Core" })]
    [InlineData("Gateway.Link", new[] { "mscorlib", "nanoFramework.System.Text", "nanoFramework.System.Collections", "System.Threading",
        "Gateway.Contract", "Gateway.Store", "Gateway.Core" })]
    [InlineData("Gateway.Start", new[] { "mscorlib", "nanoFramework.System.Text", "Gateway.Contract", "Gateway.Store", "Gateway.Core" })]
    public void A_part_refers_to_no_library_beyond_its_own(string part, string[] allowed)
    {
        using ModuleDefinition module = DeviceAssemblies.Read(part);
        DeviceRule.AssertNothing(LibraryRules.References(module, allowed));
        using ModuleDefinition planted = DeviceCompiler.Assembly("Sample", "class A { System.Device.Gpio.GpioPin pin; }");
        Assert.NotEmpty(LibraryRules.References(planted, allowed));
    }
}
