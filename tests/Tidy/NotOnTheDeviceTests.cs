// Owns: the proof that the device check bites: what the device does not have does not compile against its libraries.
// Must never: compile against .NET's own libraries, where all of this is fine.

namespace Gateway.Tests.Tidy;

public sealed class NotOnTheDeviceTests
{
    [Theory]
    [InlineData("System.Collections.Generic.List<int> all = null;", "CS0234")]
    [InlineData("int larger = System.Math.Max(1, 2);", "CS0234")]
    [InlineData("string all = string.Join(\",\", new string[0]);", "CS0117")]
    [InlineData("System.Threading.Thread.CurrentThread.IsBackground = true;", "CS1061")]
    [InlineData("string text = \"a\".Replace('a', 'b');", "CS1061")]
    [InlineData("string text = \"a\".Insert(0, \"b\");", "CS1061")]
    [InlineData("bool blank = string.IsNullOrWhiteSpace(\"a\");", "CS0117")]
    [InlineData("bool digit = char.IsDigit('1');", "CS0117")]
    [InlineData("new System.Text.StringBuilder().AppendFormat(\"{0}\", 1);", "CS1061")]
    [InlineData("byte[] bytes = System.Text.Encoding.ASCII.GetBytes(\"a\");", "CS0117")]
    [InlineData("string text = System.Text.Encoding.UTF8.GetString(new byte[1]);", "CS7036")]
    [InlineData("System.Array.Sort(new int[1]);", "CS0117")]
    [InlineData("System.Array.Resize(ref bytes, 2);", "CS0117")]
    [InlineData("System.Buffer.BlockCopy(bytes, 0, bytes, 0, 1);", "CS0234")]
    [InlineData("System.DateTime now = System.DateTime.Now;", "CS0117")]
    [InlineData("int ticks = System.Environment.TickCount;", "CS0117")]
    [InlineData("long next = System.Threading.Interlocked.Increment(ref longField);", "CS1503")]
    [InlineData("int sum = System.Threading.Interlocked.Add(ref intField, 1);", "CS0117")]
    [InlineData("System.Threading.Monitor.Wait(this);", "CS0117")]
    [InlineData("new System.Threading.Thread(state => { }).Start(1);", "CS1593")]
    [InlineData("int? none = null;", "CS0518")]
    [InlineData("decimal money = 1m;", "CS0518")]
    [InlineData("(int, int) pair = (1, 2);", "CS8179")]
    [InlineData("int last = bytes[^1];", "CS0518")]
    [InlineData("System.Span<byte> part = bytes;", "CS0234")]
    [InlineData("System.Net.Dns.GetHostEntry(\"county\");", "CS0234")]
    [InlineData("var at = new { X = 1 };", "CS0656")]
    public void What_the_device_does_not_have_does_not_compile(string line, string error)
    {
        string source = $"class Sample {{ long longField; int intField; byte[] bytes; void Run() {{ {line} }} }}";
        Assert.Contains(error, DeviceCompiler.Errors(source));
    }

    [Theory]
    [InlineData("volatile int shared;", "CS0518")]
    [InlineData("public async void Run() { }", "CS0518")]
    [InlineData("public System.Collections.IEnumerator Each() { yield return 1; }", "CS0656")]
    [InlineData("record Zone(int Number);", "CS0518")]
    [InlineData("class Own : System.IEquatable<Own> { }", "CS0234")]
    public void A_declaration_that_needs_what_the_device_lacks_does_not_compile(string member, string error)
    {
        Assert.Contains(error, DeviceCompiler.Errors($"class Sample {{ {member} }}"));
    }

    [Fact]
    public void What_the_device_has_compiles()
    {
        const string Source = """
            using System;
            using System.Collections;
            using System.Text;
            using System.Threading;

            namespace Sample
            {
                public enum Level { Low = 1, High = 2 }

                public abstract class Port
                {
                    public abstract int Read(int at);
                    public event EventHandler Changed;
                    protected void Raise() { Changed?.Invoke(this, EventArgs.Empty); }
                }

                public sealed class Box : Port
                {
                    private static readonly byte[] s_table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
                    private readonly object _door = new object();
                    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
                    private int[][] _rows = new int[2][];
                    public int Count { get; init; }
                    public override int Read(int at) => s_table[at];

                    public string Text(string name, int value)
                    {
                        StringBuilder text = new StringBuilder();
                        text.Append(name).Append(": ").AppendLine(value.ToString("D4"));
                        Hashtable all = new Hashtable { { "a", 1 } };
                        foreach (DictionaryEntry one in all) { text.Append($"{one.Key} {value,5:X2}"); }
                        lock (_door) { Interlocked.Increment(ref _number); }
                        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
                        return Encoding.UTF8.GetString(bytes, 0, bytes.Length) + name.Substring(1).ToUpper();
                    }

                    private int _number;

                    public Level Next(Level now) => now switch { Level.Low => Level.High, > Level.Low => Level.Low, _ => now };

                    public int Sort(string command)
                    {
                        switch (command)
                        {
                            case "arm": return 1;
                            case "reset": return 2;
                            case "silence": return 3;
                            case "resound": return 4;
                            case "drill": return 5;
                            case "patrol": return 6;
                            case "shield": return 7;
                            default: return int.TryParse(command, out int number) ? number : -1;
                        }
                    }

                    public void Work()
                    {
                        int Twice(int one) => one * 2;
                        Thread thread = new Thread(() => { while (!_wake.WaitOne(Twice(10), false)) { Thread.Sleep(1); } });
                        thread.Priority = ThreadPriority.Highest;
                        thread.Start();
                        try { throw new ArgumentException("x", nameof(thread)); }
                        catch (ArgumentException wrong) when (wrong.ParamName == "thread") { Console.WriteLine(wrong.Message); }
                        finally { _wake.Set(); }
                        using MyTimer timer = new(); long up = Environment.TickCount64;
                        DateTime day = DateTime.UnixEpoch.AddSeconds(up); if (day > DateTime.MinValue) { _rows[0] = new[] { day.Year }; }
                    }
                }

                public sealed class MyTimer : IDisposable
                {
                    private Timer _timer = new Timer(state => { }, null, 0, 20);
                    public void Dispose() { _timer.Dispose(); }
                }
            }
            """;
        Assert.Empty(DeviceCompiler.Errors(Source));
    }
}
