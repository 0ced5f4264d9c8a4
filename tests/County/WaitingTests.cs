// Owns: the rules of the queue: fires first, each station in its order, bounded.
// Must never: use threads; the order is what counts.

using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class WaitingTests
{
    private readonly FakeGateway _gateway = new(330701);
    private readonly FakeGateway _other = new(330702);
    private readonly Gate _gate = new();
    private readonly WaitingMessages _waiting = new();

    public WaitingTests()
    {
        _gate.Admit([_gateway.Registration, _other.Registration]);
    }

    [Fact]
    public void Fire_goes_before_what_waits_of_other_stations()
    {
        Add(_other.Batch(Lane.Routine, 0, 1), _other.Batch(Lane.Routine, 1, 2), _other.Batch(Lane.Routine, 2, 3));
        Add(_gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal(_gateway.Station, _waiting.TakeNow(1)[0].From.Station);
        Assert.Equal(3, _waiting.TakeNow(10).Count);
    }

    [Fact]
    public void Messages_of_one_station_keep_their_order_also_before_a_fire()
    {
        Add(_other.Batch(Lane.Routine, 0, 1), _gateway.Batch(Lane.Routine, 0, 1), _gateway.Batch(Lane.Fire, 0, 1));
        Add(_gateway.Heartbeat(), _other.Heartbeat());
        List<SignedMessage> taken = [.. Enumerable.Range(0, 5).SelectMany(_ => _waiting.TakeNow(1))];
        Assert.Equal([_gateway.Station, _gateway.Station], taken.Take(2).Select(m => m.From.Station));
        Assert.Equal([1u, 2u, 3u], taken.Where(m => m.From.Station == _gateway.Station).Select(m => m.Header.Counter));
        Assert.Equal([1u, 2u], taken.Where(m => m.From.Station == _other.Station).Select(m => m.Header.Counter));
    }

    [Fact]
    public void Stations_take_turns()
    {
        Add([.. Enumerable.Range(1, 10).Select(i => _other.Batch(Lane.Routine, (uint)i - 1, (uint)i))]);
        Add(_gateway.Batch(Lane.Routine, 0, 1));
        Assert.Contains(_waiting.TakeNow(2), m => m.From.Station == _gateway.Station);
    }

    [Fact]
    public void Flood_of_one_station_fills_its_own_place_only()
    {
        for (int i = 0; i < CountyLimits.WaitingOfStationMax; i++)
        {
            Assert.True(_waiting.Add(Open(_other.Heartbeat())));
        }

        Assert.False(_waiting.Add(Open(_other.Heartbeat())));
        Assert.True(_waiting.Add(Open(_gateway.Heartbeat())));
        Assert.Equal(CountyLimits.WaitingOfStationMax + 1, _waiting.TakeNow(int.MaxValue).Count);
        Assert.Empty(_waiting.TakeNow(int.MaxValue));
        Assert.True(_waiting.Add(Open(_other.Heartbeat())));
    }

    [Fact]
    public void Station_that_makes_too_much_work_waits_and_the_others_do_not()
    {
        Add(_other.Batch(Lane.Fire, 0, 1), _gateway.Batch(Lane.Routine, 0, 1));
        Assert.Equal(2, _waiting.TakeNow(10, 1_000).Count);
        Assert.Empty(_waiting.Charge(Work(CountyLimits.WorkAtOnce), 1_000));
        Assert.Equal([_other.Station], _waiting.Charge(Work(CountyLimits.WorkPerSecond), 1_000));
        Assert.Empty(_waiting.Charge(Work(1), 1_001));
        Add(_other.Batch(Lane.Fire, 1, 2), _gateway.Batch(Lane.Routine, 1, 2), _gateway.Batch(Lane.Fire, 0, 1));
        Assert.Equal([_gateway.Station, _gateway.Station], _waiting.TakeNow(10, 1_001).Select(m => m.From.Station));
        Assert.Empty(_waiting.TakeNow(10, 2_000));
        Assert.Equal(_other.Station, Assert.Single(_waiting.TakeNow(10, 2_010)).From.Station);

        // However much it was, the wait ends.
        _waiting.Charge(Work(int.MaxValue), 3_000);
        Add(_other.Batch(Lane.Fire, 2, 3));
        Assert.Empty(_waiting.TakeNow(10, 3_000 + CountyLimits.WorkWaitMaxMs - 1));
        Assert.Single(_waiting.TakeNow(10, 3_000 + CountyLimits.WorkWaitMaxMs));
        Dictionary<uint, int> Work(int units) => new() { [_other.Station] = units };
    }

    [Fact]
    public void One_station_fills_no_group()
    {
        EventRecord[] full = [.. Enumerable.Range(1, 16).Select(i => _other.Record(Lane.Fire, (uint)i))];
        Add([.. Enumerable.Range(0, 32).Select(_ => _other.Batch(Lane.Fire, 0, full))]);
        Add(_gateway.Batch(Lane.Routine, 0, 1));
        IReadOnlyList<SignedMessage> group = _waiting.TakeNow(CountyLimits.CommitMessagesMax);
        Assert.Contains(group, m => m.From.Station == _gateway.Station);
        Assert.InRange(group.Sum(m => m.Units), CountyLimits.GroupUnitsOfStationMax, CountyLimits.GroupUnitsOfStationMax + 17 + 2);
        Assert.NotEmpty(_waiting.TakeNow(CountyLimits.CommitMessagesMax));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_added_comes_out_once_and_in_order(int seed)
    {
        Random random = new(seed);
        FakeGateway[] gateways = [_gateway, _other];
        Dictionary<uint, List<uint>> added = gateways.ToDictionary(g => g.Station, _ => new List<uint>());
        Dictionary<uint, List<uint>> taken = gateways.ToDictionary(g => g.Station, _ => new List<uint>());
        for (int i = 0; i < 2_000; i++)
        {
            FakeGateway gateway = gateways[random.Next(2)];
            SignedMessage message = Open(gateway.Batch((Lane)random.Next(Lanes.Count), 0, 1));
            if (_waiting.Add(message))
            {
                added[gateway.Station].Add(message.Header.Counter);
            }

            foreach (SignedMessage next in _waiting.TakeNow(random.Next(3)))
            {
                taken[next.From.Station].Add(next.Header.Counter);
            }
        }

        foreach (SignedMessage next in _waiting.TakeNow(int.MaxValue))
        {
            taken[next.From.Station].Add(next.Header.Counter);
        }

        Assert.Equal(added, taken);
    }

    private void Add(params Sent[] messages) => Array.ForEach(messages, m => Assert.True(_waiting.Add(Open(m))));

    private SignedMessage Open(Sent sent)
    {
        Assert.Equal(DecodeResult.Ok, _gate.Open(sent.Topic, sent.Payload, 0, out SignedMessage? message, out _));
        return message!;
    }
}
