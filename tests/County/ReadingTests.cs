// Owns: the rules of reading long lists beside a county that works.
// Must never: let a reader that stands still cost the writer anything.

using System.Diagnostics;
using Gateway.Contract;
using Gateway.County.Sql;

namespace Gateway.County.Tests;

public class ReadingTests : StoreTests
{
    private const int Commits = 6_000;

    // The log is emptied at each 1,000 pages of 4 KB; what comes between two looks goes on top.
    private const long LogBytesMax = 8_000_000;

    private readonly FakeGateway _gateway = new(330701);

    public ReadingTests()
        : base(null)
    {
    }

    private protected ReadingTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Theory]
    [InlineData(null, 1_216)]
    [InlineData(1, 1)]
    [InlineData(500, 500)]
    [InlineData(700, 700)]
    [InlineData(5_000, 1_216)]
    public void Pages_hold_every_event_once_in_their_order(int? newestMax, int count)
    {
        using Rig rig = NewRig(_gateway);
        Fill(rig, 76);
        uint[] read = [.. rig.Store.Events(new EventQuery { Station = 330701, NewestMax = newestMax }).Select(e => e.Record.Sequence)];
        Assert.Equal(Enumerable.Range(1_216 - count + 1, count).Select(i => (uint)i), read);
    }

    [Fact]
    public void List_that_is_half_read_sees_what_comes_and_holds_no_cursor_open()
    {
        using Rig rig = NewRig(_gateway);
        Fill(rig, 76);
        using IEnumerator<StoredEvent> list = rig.Store.Events(new EventQuery()).GetEnumerator();
        Assert.True(list.MoveNext());

        // On the same connection: with an open cursor the server refuses it.
        rig.NowMs += 60_000;
        Fill(rig, 1);
        int more = 1;
        while (list.MoveNext())
        {
            more++;
        }

        Assert.Equal(1_232, more);
    }

    private protected void Fill(Rig rig, int batches)
    {
        if (rig.Held(_gateway, Lane.Routine) == 0)
        {
            rig.Send(_gateway.Hello());
        }

        for (int i = 0; i < batches; i++)
        {
            uint after = rig.Held(_gateway, Lane.Routine);
            _gateway.UptimeMs += 1_000;
            rig.Send(_gateway.Batch(Lane.Routine, after, [.. Enumerable.Range(1, 16).Select(n => after + (uint)n)]));
        }
    }

    /// <summary>What holds for the write-ahead log of a file.</summary>
    public sealed class OfAFile : ReadingTests
    {
        [Fact]
        public void Paused_listing_does_not_keep_the_log_from_being_emptied()
        {
            using Rig rig = NewRig(_gateway);
            Fill(rig, 76);
            ProcessStartInfo start = new(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "county.dll"), "events", "--json", "--db", rig.Address])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            using Process listing = Process.Start(start)!;
            try
            {
                // The first line is there, and the pipe takes far less than the list.
                Assert.Equal("[", listing.StandardOutput.ReadLine());
                for (int i = 0; i < Commits; i++)
                {
                    using IStoreTransaction rows = rig.Store.Begin();
                    StationState state = rows.State(_gateway.Station)!;
                    state.Resends++;
                    rows.Put(state);
                    rows.Commit();
                }

                Assert.InRange(new FileInfo(rig.Address + "-wal").Length, 1, LogBytesMax);
            }
            finally
            {
                listing.Kill();
                listing.WaitForExit();
            }
        }
    }
}
