// Owns: the county's instruments in the text form that Prometheus reads.
// Must never: keep more series than there are; the instruments' tags are bounded.

using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Gateway.County.Server;

/// <summary>Listens to the library's meter from the start, and writes the sums when it is asked.</summary>
internal sealed class MetricsText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);

    public MetricsText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CountyMetrics.MeterName)
            {
                lock (_lock)
                {
                    _series[instrument.Name] = new Series(instrument);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        StringBuilder text = new();
        lock (_lock)
        {
            foreach ((string name, Series series) in _series)
            {
                string shown = name.Replace('.', '_');
                bool histogram = series.Kind == "summary";
                string suffix = series.Kind == "counter" ? "_total" : "";
                text.Append(CultureInfo.InvariantCulture, $"# HELP {shown}{suffix} {series.Help}\n# TYPE {shown}{suffix} {series.Kind}\n");
                foreach ((string tags, (double sum, long count)) in series.Values)
                {
                    if (histogram)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{shown}_sum{tags} {sum:R}\n{shown}_count{tags} {count}\n");
                    }
                    else
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{shown}{suffix}{tags} {sum:R}\n");
                    }
                }
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string shown = tags.Length == 0 ? "" : Shown(tags);
        lock (_lock)
        {
            if (_series.TryGetValue(instrument.Name, out Series? series))
            {
                (double sum, long count) = series.Values.GetValueOrDefault(shown);
                series.Values[shown] = (series.Kind == "gauge" ? value : sum + value, count + 1);
            }
        }
    }

    private static string Shown(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder text = new("{");
        foreach ((string key, object? value) in tags)
        {
            string escaped = $"{value}".Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"{key}=\"{escaped}\"");
        }

        return text.Append('}').ToString();
    }

    private sealed class Series(Instrument instrument)
    {
        public string Help { get; } = instrument.Description ?? "";

        public string Kind { get; } = instrument switch
        {
            Counter<long> => "counter",
            Histogram<double> => "summary",
            _ => "gauge",
        };

        public SortedDictionary<string, (double Sum, long Count)> Values { get; } = new(StringComparer.Ordinal);
    }
}
