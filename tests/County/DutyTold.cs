// Owns: reading the duty page's stream as a browser does.
// Must never: wait without a limit.

using System.Diagnostics;
using System.Text.Json;

namespace Gateway.County.Tests;

/// <summary>Reads one stream.</summary>
internal sealed class Told(HttpResponseMessage answer, StreamReader reader) : IAsyncDisposable
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(3);

    public string Everything { get; private set; } = "";

    public static async Task<Told> Of(Browser browser, string path = "/stream")
    {
        HttpResponseMessage answer = await browser.Ask(HttpMethod.Get, path, head: true);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new Told(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    public Task<JsonElement> Next(string kind) => Next(kind, _ => true);

    public Task<JsonElement> Until(Func<JsonElement, bool> which) => Next("change", which);

    private async Task<JsonElement> Next(string kind, Func<JsonElement, bool> which)
    {
        // Signs of life come without end.
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            (string Kind, JsonElement Data)? one = await Read();
            Assert.True(one is not null, $"ended before {kind}");
            if (one.Value.Kind == kind && which(one.Value.Data))
            {
                return one.Value.Data;
            }

            Assert.True(watch.Elapsed < s_most, $"not within {s_most.TotalMinutes} minutes: {kind}; heard {Everything}");
        }
    }

    public async Task<bool> Ended()
    {
        try
        {
            while (await Read() is not null)
            {
                // What was on its way.
            }
        }
        catch (IOException)
        {
            return true;
        }

        return true;
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(string Kind, JsonElement Data)?> Read()
    {
        string kind = "", data = "";
        CancellationToken stop = TestContext.Current.CancellationToken;
        while (await reader.ReadLineAsync(stop).AsTask().WaitAsync(TimeSpan.FromMinutes(2), stop) is { } line)
        {
            Everything += line;
            if (line.Length == 0 && kind.Length > 0)
            {
                return (kind, JsonDocument.Parse(data).RootElement);
            }

            kind = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : kind;
            data += line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : "";
        }

        return null;
    }
}
