// Owns: that the package's README shows code that compiles and does what it says.
// Must never: be satisfied with a text that only looks the same.

using Gateway.Contract;
using Gateway.Tests.Support;

namespace Gateway.Tests.Wire;

public class ReadmeTests
{
    private readonly string _readme = File.ReadAllText(Repository.Path("shared", "Contract", "README.md"));

    [Fact]
    public void The_example_of_the_readme_is_the_one_that_is_compiled_here()
    {
        string shown = Between(_readme, "```csharp\n", "```");
        string source = File.ReadAllText(Repository.Path("tests", "Contract", "ReadmeExample.cs"));
        Assert.Equal(Between(source, "// <readme>\n", "// </readme>"), shown);
    }

    [Fact]
    public void The_example_takes_a_batch_and_answers_what_it_holds()
    {
        VectorFile file = VectorFile.Load("batch");
        Store store = new(file.Key);
        Receiver receiver = new(store);
        VectorCase batch = file.Cases.First(one => one.Valid && one.Number("count") == 16);
        byte[]? answer = receiver.Take("fgw/1/330683/changle/v-017/1001/up/fire", batch.Bytes);
        Assert.NotNull(answer);
        Reading held = Codec.Read("held", answer, file.Key);
        Assert.Equal("ok", held.Reason);
        Assert.Equal(56L, held.Values["held.fire"]);
        Assert.Equal(7L, held.Values["head.boot"]);
        Assert.Equal(16, store.Inserted.Count);
        Assert.Null(receiver.Take("fgw/1/330683/changle/v-017/1001/up/fire", batch.Bytes));
        Assert.Equal(16, store.Inserted.Count);
    }

    [Fact]
    public void The_example_refuses_what_the_contract_refuses()
    {
        VectorFile file = VectorFile.Load("batch");
        Store store = new(file.Key);
        Receiver receiver = new(store);
        foreach (VectorCase bad in file.Cases.Where(one => !one.Valid))
        {
            Assert.Null(receiver.Take("fgw/1/330683/changle/v-017/1001/up/fire", bad.Bytes));
        }

        byte[] good = file.Cases[0].Bytes;
        Assert.Null(receiver.Take("fgw/1/330683/changle/v-017/1001/up/routine", good));
        Assert.Null(receiver.Take("fgw/1/330683/changle/v-017/1002/up/fire", good));
        Assert.Null(receiver.Take("fgw/1/330683/changle/v-017/1003/up/fire", good));
        Assert.Empty(store.Inserted);
    }

    [Fact]
    public void The_readme_names_what_the_library_targets()
    {
        Assert.Contains("`netstandard2.0` and `net10.0`", _readme, StringComparison.Ordinal);
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private sealed class Store(byte[] key) : IMyStore
    {
        private uint _counter;

        public List<uint> Inserted { get; } = [];

        public Mac? KeyOf(uint station) => station is 1001 or 1002 ? new DotNetMac(key) : null;

        public SessionState SessionOf(uint station) => new(0x5EED0001, 7, 3, _counter);

        public void InsertOrIgnore(EventRecord record) => Inserted.Add(record.Sequence);

        public (uint[] Held, uint Counter) Commit(MessageHeader head, Lane lane, uint after, uint last)
        {
            _counter = head.Counter;
            return ([last, 0, 0], 1);
        }
    }
}
