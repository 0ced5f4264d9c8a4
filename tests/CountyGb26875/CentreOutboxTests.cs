// Owns: what waits for a centre is bounded by station and goes by turns, whatever a station makes of it.
// Must never: need a centre; the order and the rows are what counts.

using System.Net;
using Gateway.Contract;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.County.Sql;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public sealed class CentreOutboxTests : IDisposable
{
    private const int Flood = 3_000;
    private const uint First = Flood - Max + 1;
    private const int Max = CountyLimits.CentreWaitingOfStationMax;
    private readonly string _folder = MemoryFolder.Create("outbox-");
    private readonly FakeGateway _thief = new(330_701);
    private readonly FakeGateway _other = new(330_702);
    private readonly CentreOutbox _outbox = new(ForwardTests.Profile(new IPEndPoint(IPAddress.Loopback, 1)));
    private readonly SqlStore _store;
    private readonly CountyDesk _desk;

    public CentreOutboxTests()
    {
        _store = SqlStore.Open(Path.Combine(_folder, "county.db"));
        Assert.True(_store.AddStation(_thief.Registration));
        Assert.True(_store.AddStation(_other.Registration));
        _desk = new CountyDesk(_store, new Nobody(), new CountyOptions());
    }

    [Fact]
    public void A_station_with_very_much_to_tell_pushes_out_nobody_elses_news_and_holds_up_nobody_elses_fire()
    {
        Add(_other, EventKind.Fault, 1);
        Add(_thief, EventKind.Fault, Flood);
        Add(_thief, EventKind.FireAlarm, Flood);
        Add(_other, EventKind.FireAlarm, 1);
        List<(uint Station, uint Sequence)> told = [];
        _desk.Keep(rows =>
        {
            ICentreRows centres = (ICentreRows)rows;
            Assert.Equal((Max, Max), (Count(centres, _thief, true), Count(centres, _thief, false)));
            Assert.Equal((1, 1), (Count(centres, _other, true), Count(centres, _other, false)));
            for (int i = 0; i < 4; i++)
            {
                CentreExchange next = _outbox.Next(_desk, centres, (IPeerRows)rows, new Instant(1, 1))!;
                told.Add((next.Station, next.Waiting!.Event.Sequence));
                _outbox.Confirmed(centres, next);
            }
        });

        // The oldest are given up, of the station alone that had too much, and that is said.
        Assert.Equal(
            [(_thief.Station, First), (_other.Station, 1u), (_thief.Station, First + 1), (_thief.Station, First + 2)],
            told);
        CentreLoss lost = Assert.Single(_outbox.Lost.Values);
        Assert.Equal(new CentreLoss("city", _thief.Station, Flood - Max, Flood - Max), lost);
        Assert.Equal(2 * (Flood - Max), _store.Centres().Single().Centre.Dropped);
    }

    [Fact]
    public void When_all_that_may_wait_waits_the_stations_with_the_most_lose_first()
    {
        const uint Stations = CountyLimits.CentreWaitingMax / Max;
        _desk.Keep(rows =>
        {
            ICentreRows centres = (ICentreRows)rows;
            CentreState state = new() { Name = "city" };
            for (uint station = 1; station <= Stations; station++)
            {
                for (uint i = 1; i <= Max; i++)
                {
                    centres.Add(new CentreWaiting
                    {
                        Centre = "city", Number = ++state.Number, Lane = 2, Event = new EventKey(station, 1, Lane.Condition, i), TimeMs = 1,
                    });
                }
            }

            centres.Put(state);
        });
        Add(_other, EventKind.Fault, 10);
        _desk.Keep(rows =>
        {
            ICentreRows centres = (ICentreRows)rows;
            long kept = CountyLimits.CentreWaitingMax + 10 - CountyLimits.CentreRoomFrames;
            Assert.InRange(centres.CountWaiting("city"), kept - Stations, kept);
            Assert.Equal(10, Count(centres, _other, false));
            Assert.Equal(Stations, (uint)_outbox.Lost.Count);
            Assert.DoesNotContain(_other.Station, _outbox.Lost.Keys);
        });
    }

    [Fact]
    public void Outputs_that_no_board_has_make_no_parts_without_end()
    {
        CentreProfile centre = ForwardTests.Profile(new IPEndPoint(IPAddress.Loopback, 1));
        int[] outputs = [int.MinValue, -1, 256, 65_536, int.MaxValue, .. Enumerable.Range(0, 256)];
        Assert.Equal(256, outputs.Sum(output => ForwardMap.Steps(
            Event(_thief, Lane.Fire, EventKind.Linkage, 1, r => (r.A, r.B) = (output, 1)), null, centre).Count));
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int Count(ICentreRows rows, FakeGateway gateway, bool fires) => (int)rows.CountWaiting("city", gateway.Station, fires);

    private void Add(FakeGateway gateway, EventKind kind, int count)
    {
        Lane lane = EventKinds.LaneOf(kind);
        for (int from = 1; from <= count; from += 256)
        {
            IEnumerable<int> sequences = Enumerable.Range(from, Math.Min(256, count - from + 1));
            StoredEvent[] events = [.. sequences.Select(i => Event(gateway, lane, kind, (uint)i))];
            _desk.Keep(rows =>
            {
                rows.Insert(events);
                Assert.True(_outbox.Add((ICentreRows)rows, events));
            });
        }
    }

    private static StoredEvent Event(FakeGateway gateway, Lane lane, EventKind kind, uint sequence, Action<EventRecord>? change = null)
    {
        EventRecord record = gateway.Record(lane, sequence, kind, r => r.ZoneKind = ZoneKind.Smoke);
        change?.Invoke(record);
        byte[] raw = new byte[EventRecord.Size];
        record.Encode(raw, 0);
        return new StoredEvent { Record = record, Raw = raw, County = "", Township = "", Village = "", ReceivedMs = 1 };
    }

    private sealed class Nobody : ICountyObserver;
}
