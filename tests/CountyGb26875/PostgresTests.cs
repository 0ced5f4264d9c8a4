// Owns: that both databases keep boxes and centres alike.
// Must never: touch a server of the machine.

using Gateway.Contract;
using Gateway.County;
using Gateway.County.Sql;
using Gateway.Gb26875;
using Gateway.Tests.Support;

namespace Gateway.Tests.CountyGb26875;

public class PostgresTests
{
    [Fact]
    public void Both_databases_keep_the_same_of_boxes_and_centres()
    {
        using PostgresServer server = PostgresServer.Start(durable: false);
        List<string> sqlite = Scenario(null), postgres = Scenario(server);
        Assert.Equal(sqlite, postgres);
        Assert.True(sqlite.Count > 20);
    }

    private static List<string> Scenario(PostgresServer? server)
    {
        using FrameRig rig = new(PeerFlags.None, server);
        rig.Component(7, 6);
        rig.Component(uint.MaxValue, 2);
        rig.Operation(UnitType.BoxOperation, OperationBits.Reset);
        rig.Component(7, 0);
        rig.Send([200, 1, 2, 3]);
        FrameTime time = rig.Time;
        rig.Component(7, 2, sequence: 5, time: time);
        rig.Restart();
        rig.Component(7, 2, sequence: 5, time: time);
        List<string> told = [.. rig.Events];
        told.AddRange(rig.All.OrderBy(e => e.Record.LaneNumber).ThenBy(e => e.Record.Sequence).Select(e => Of(rig.Store.Origin(e.Key)!)));
        Assert.False(rig.Store.AddPeer(FrameRig.Peer(FrameRig.Station, new PeerAddress(5))));
        Assert.False(rig.Store.AddPeer(FrameRig.Peer(9, FrameRig.Address)));
        Assert.False(rig.Store.AddStation(FrameRig.Peer(FrameRig.Station, FrameRig.Address).AsStation));
        rig.Desk.AddStrangers([new PeerStranger(3, "10.0.0.1", StrangerReason.ForeignSource, 2, 1, 2, [1, 2])]);
        rig.Desk.AddStrangers([new PeerStranger(3, "10.0.0.2", StrangerReason.Unregistered, 1, 3, 4, [3])]);
        told.AddRange(rig.Store.Strangers().Select(s =>
            $"{s.Address} {s.Source} {s.Reason} {s.Count} {s.FirstMs} {s.LastMs} {s.Sample[0]}"));
        rig.Desk.Keep(rows => told.AddRange(Centre((ICentreRows)rows, (IPeerRows)rows)));
        told.AddRange(rig.Store.Centres().Select(c => $"{c.Centre.Name} {c.Centre.LinkUp} {c.Centre.FrameSequence} {c.Waiting}"));
        told.AddRange(rig.Store.Parts(FrameRig.Station).Select(p => $"{p.Key} {p.Status} {p.Zone} {p.Text}"));
        told.AddRange(rig.Store.Values(FrameRig.Station).Select(v => $"{v}"));
        told.Add($"{rig.Store.CountStrangers()}");
        told.AddRange(rig.Store.PeerAnswers(FrameRig.Station).Select(a => $"{a.Number} {Convert.ToHexString(a.Unit)}"));
        Assert.True(rig.Store.RemovePeer(FrameRig.Station));
        Assert.False(rig.Store.RemovePeer(FrameRig.Station));
        return told;
    }

    private static string Of(PeerOrigin origin) =>
        $"{origin.Part} {origin.ComponentType} {origin.Bit} {origin.Status} {origin.Text} {origin.FrameSequence} {origin.ToldMs} "
        + Convert.ToHexString(origin.Unit);

    private static List<string> Centre(ICentreRows rows, IPeerRows peers)
    {
        rows.Put(new CentreState { Name = "city", Number = 4, FrameSequence = 65_535, LinkUp = true, Why = "无应答" });
        EventKey key = new(FrameRig.Station, uint.MaxValue, Lane.Fire, 1);
        foreach ((int number, int lane, int failures) in ((int, int, int)[])[(1, 2, 0), (2, 0, 1), (3, 0, 0), (4, 3, 0)])
        {
            rows.Add(new CentreWaiting
            {
                Centre = "city", Number = number, Lane = lane, Failures = failures, Event = key, TimeMs = 1, Part = 1,
                Conflicting = number == 3 ? [3, 0, 255] : null,
            });
        }

        List<string> order = [];
        rows.Add(new CentreWaiting { Centre = "city", Number = 5, Lane = 0, Event = key with { Station = 7 }, TimeMs = 1 });
        order.AddRange(rows.WaitingByStation("city").Select(one => $"{one}"));
        order.Add($"{rows.CountWaiting("city", key.Station, fires: true)} {rows.CountWaiting("city", key.Station, fires: false)}");
        order.AddRange(((uint[])[0, 7, uint.MaxValue]).Select(after => $"{rows.NextWaiting("city", after)!.Number}"));
        order.Add($"{rows.RemoveLeast("city", 7, fires: true)} {rows.RemoveLeast("city", 7, fires: false)}");
        order.Add($"{rows.RemoveLeast("city", key.Station, fires: false)} {rows.CountWaiting("city")}");
        order.Add($"{rows.NextDenied("city", 0)?.Number} {rows.NextDenied("town", 0)?.Number}");
        while (rows.NextWaiting("city", 0) is { } next)
        {
            next.FrameSequence = 7;
            next.Part++;
            rows.Put(next);
            order.Add($"{next.Number} {next.Lane} {next.Event} {rows.NextWaiting("city", 0)!.Number} {rows.NextWaiting("city", 0)!.Part} "
                + Convert.ToHexString(next.Conflicting ?? []));
            rows.Remove(next);
        }

        Assert.False(rows.RemoveLeast("city", key.Station, fires: false));
        PeerPartKey part = new(FrameRig.Station, PeerPart.Component, 1, 1, uint.MaxValue);
        rows.Put(new CentrePart("city", part, 40, 2, ""));
        rows.Put(new CentrePart("city", part, 40, 3, "1=9"));
        order.Add($"{rows.PartOf("city", part)} {rows.PartsOf("city", FrameRig.Station).Count} {rows.Event(key) is null}");
        peers.PutDutyCheck(FrameRig.Station, 3);
        peers.PutDutyCheck(FrameRig.Station, 4);
        order.AddRange(peers.DutyChecks().Select(one => $"{one}"));
        peers.PutDutyCheck(FrameRig.Station, 0);
        order.Add($"{peers.DutyChecks().Count}");
        PeerValue value = new(part, 255, -32_768, long.MaxValue, 2);
        order.Add($"{peers.Replace(value)} {peers.Values(FrameRig.Station)}");
        peers.Add(value);
        order.Add($"{peers.Replace(value with { Value = 7 })} {peers.Values(FrameRig.Station)} {peers.ValuesOf(part)[0]}");
        peers.AddAnswer(FrameRig.Station, uint.MaxValue, [25, 1, 1, 1], 5);
        return order;
    }
}
