// Owns: that boxes and centres are counted as the documents say.
// Must never: compare sums: other tests of the process count too.

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gateway.County;
using Gateway.County.Gb26875;
using Gateway.Gb26875;
using Gateway.Tests.Support;
using Gateway.Tools.Boxes;

namespace Gateway.Tests.CountyGb26875;

public class MetricTests
{
    [Fact]
    public void Frames_refusals_boxes_and_centres_are_counted_and_every_instrument_is_in_the_document()
    {
        ConcurrentDictionary<string, bool> measured = [];
        ConcurrentDictionary<string, bool> instruments = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == CountyMetrics.MeterName)
            {
                instruments[instrument.Name] = true;
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string[] words = [instrument.Name["gateway.county.".Length..], .. tags.ToArray().Select(tag => $"{tag.Value}"), $"{value}"];
            measured[string.Join(' ', words)] = true;
        });
        listener.Start();
        using Centre centre = new();
        centre.Mood = _ => measured.ContainsKey("centre_waiting counted 1") && measured.ContainsKey("centre_failed counted denied 1")
            ? CentreMood.Confirm : CentreMood.Deny;
        CentreProfile profile = ForwardTests.Profile(centre.Address) with { Name = "counted" };
        using BoxRig rig = new(answerMs: 3_000, [profile], BoxRig.Peer(1), BoxRig.Peer(2, from: "10.9.8.0/24"), BoxRig.Peer(4));
        rig.Start(1, BoxHabit.All[0]).Report(BoxReport.OfComponent(7, ComponentBits.Fire));
        rig.Start(2, BoxHabit.All[0]);
        rig.Start(3, BoxHabit.All[0]);
        using (System.Net.Sockets.Socket wrong = rig.Connect())
        {
            byte[] bad = HostileTests.Fire(1, 1, 1);
            bad[^3]++;
            wrong.Send(bad);
            foreach (string what in (string[])
                [
                    "box_frames 1", "box_frames_refused unregistered 1", "box_frames_refused foreign-source 1", "box_frames_refused sum 1",
                    "boxes present 1", "boxes never 2", "boxes silent 0", "boxes_unregistered 2", "centre_link_up counted 0",
                    "centre_link_up counted 1", "centre_waiting counted 1", "centre_waiting counted 0", "centre_told counted 1",
                    "centre_failed counted denied 1",
                ])
            {
                Patience.Until(() => measured.ContainsKey(what), what);
            }
        }

        string document = File.ReadAllText(Repository.Path("county", "service", "README.md"));
        Assert.All(instruments.Keys, name => Assert.Contains(name.Replace('.', '_'), document, StringComparison.Ordinal));
    }
}
