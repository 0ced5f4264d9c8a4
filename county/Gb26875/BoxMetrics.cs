// Owns: the instruments of boxes and city centres, in the county's meter.
// Must never: tag by box: a county has hundreds. Centres are named by the settings, so they are few.

using System.Diagnostics.Metrics;

namespace Gateway.County.Gb26875;

internal static class BoxMetrics
{
    private static readonly Meter s_meter = new(CountyMetrics.MeterName);
    private static readonly Counter<long> s_taken = Counter("box_frames", "Good frames of registered boxes.");
    private static readonly Counter<long> s_refused = Counter("box_frames_refused", "Frames that were not taken, by reason.");
    private static readonly Gauge<long> s_boxes = Gauge("boxes", "Registered boxes, by state.");
    private static readonly Gauge<long> s_unregistered = Gauge("boxes_unregistered", "Senders of frames listed as unregistered.");
    private static readonly Gauge<long> s_link = Gauge("centre_link_up", "1 while a city centre confirms.");
    private static readonly Gauge<long> s_waiting = Gauge("centre_waiting", "Frames that wait for a city centre.");
    private static readonly Counter<long> s_told = Counter("centre_told", "Frames that a city centre confirmed.");
    private static readonly Counter<long> s_failed = Counter("centre_failed", "Exchanges that ended unconfirmed, by why.");
    private static readonly Counter<long> s_givenUp = Counter("centre_given_up", "Frames that found no room and are not told.");

    public static void Taken() => s_taken.Add(1);

    public static void Refused(string reason, int frames = 1)
    {
        if (frames > 0)
        {
            s_refused.Add(frames, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    public static void Boxes(int present, int silent, int never)
    {
        s_boxes.Record(present, new KeyValuePair<string, object?>("state", "present"));
        s_boxes.Record(silent, new KeyValuePair<string, object?>("state", "silent"));
        s_boxes.Record(never, new KeyValuePair<string, object?>("state", "never"));
    }

    public static void Unregistered(int senders) => s_unregistered.Record(senders);

    public static void Link(string centre, bool up) => s_link.Record(up ? 1 : 0, Of(centre));

    public static void Waiting(string centre, long frames) => s_waiting.Record(frames, Of(centre));

    public static void Told(string centre) => s_told.Add(1, Of(centre));

    public static void Failed(string centre, bool denied) =>
        s_failed.Add(1, Of(centre), new KeyValuePair<string, object?>("why", denied ? "denied" : "silent"));

    public static void GivenUp(string centre) => s_givenUp.Add(1, Of(centre));

    private static KeyValuePair<string, object?> Of(string centre) => new("centre", centre);

    private static Counter<long> Counter(string name, string description) =>
        s_meter.CreateCounter<long>("gateway.county." + name, null, description);

    private static Gauge<long> Gauge(string name, string description) =>
        s_meter.CreateGauge<long>("gateway.county." + name, null, description);
}
