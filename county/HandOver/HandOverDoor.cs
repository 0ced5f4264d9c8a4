// Owns: what a platform asks of the county: feedback on cases, and messages that it fetches instead of being sent them.
// Must never: silence, reset or close anything, believe a request without its signature or token, or answer before the commit.

using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.County.Sql;

namespace Gateway.County.HandOver;

/// <summary>A request, whatever web server it came by.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">A parameter of the query, or null.</param>
/// <param name="Header">A header, or an empty text.</param>
/// <param name="Body">As it came; null = longer than allowed.</param>
public sealed record DoorRequest(
    string Method, string Path, Func<string, string?> Query, Func<string, string> Header, ReadOnlyMemory<byte>? Body);

/// <summary>Its answer: JSON.</summary>
public sealed record DoorAnswer(int Status, ReadOnlyMemory<byte> Body);

/// <summary>How a platform comes in.</summary>
/// <param name="FeedbackSecrets">Any one of them signs; none = no feedback is taken.</param>
/// <param name="PullToken">Allows fetching; null = nobody may.</param>
public sealed record DoorSettings(IReadOnlyList<WebhookSecret> FeedbackSecrets, string? PullToken);

/// <param name="settings">Who may.</param>
/// <param name="store">A connection of its own.</param>
/// <param name="tell">A line for people on duty; true where it is good news.</param>
/// <param name="time">The clock.</param>
public sealed class HandOverDoor(DoorSettings settings, IEventStore store, Action<bool, string> tell, TimeProvider time) : IDisposable
{
    private const string Cases = "/handover/v1/cases/";
    private const string Status = "/status";
    private const string Events = "/handover/v1/events";
    private const string Ack = Events + "/ack";
    private const string Dangers = "/handover/v1/dangers";

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Answers one request; others wait for their turn at the store.</summary>
    public async Task<DoorAnswer> Answer(DoorRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool ofCase = request.Path.StartsWith(Cases, StringComparison.Ordinal) && request.Path.EndsWith(Status, StringComparison.Ordinal)
            && request.Path.Length > Cases.Length + Status.Length;
        if (!ofCase && request.Path is not (Events or Ack or Dangers))
        {
            return Problem(404, $"path; allowed: {Cases}CASE{Status}, {Dangers}, {Events}, {Ack}");
        }

        string method = request.Path == Events ? "GET" : "POST";
        if (request.Method != method)
        {
            return Problem(405, $"method; allowed: {method}");
        }

        if (request.Body is not { } body)
        {
            return Problem(413, $"body; allowed: at most {HandOverLimits.FeedbackBytesMax} bytes");
        }

        if (ofCase)
        {
            return NotSigned(request, body.Span) ?? await InTurn(() => Take(request, body), stop).ConfigureAwait(false);
        }

        if (request.Path == Dangers)
        {
            return NotSigned(request, body.Span) ?? await InTurn(() => Register(request, body), stop).ConfigureAwait(false);
        }

        if (!TokenGood(request))
        {
            return Problem(401, "authorization; allowed: Bearer and the token");
        }

        return request.Path == Ack ? await InTurn(() => Acknowledge(body), stop).ConfigureAwait(false)
            : await Fetch(request, stop).ConfigureAwait(false);
    }

    public void Dispose() => _turn.Dispose();

    private DoorAnswer? NotSigned(DoorRequest request, ReadOnlySpan<byte> body)
    {
        string problem = settings.FeedbackSecrets.Count == 0 ? "feedback is not taken here"
            : WebhookSecret.Problem(
                settings.FeedbackSecrets, request.Header(WebhookSecret.IdHeader), request.Header(WebhookSecret.TimestampHeader),
                request.Header(WebhookSecret.SignatureHeader), body, time.GetUtcNow().ToUnixTimeSeconds()) ?? "";
        return problem.Length == 0 ? null : Problem(401, problem);
    }

    private bool TokenGood(DoorRequest request)
    {
        const string Bearer = "Bearer ";
        string given = request.Header("Authorization");
        return settings.PullToken is { } token && given.StartsWith(Bearer, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Bearer.Length..]), Encoding.UTF8.GetBytes(token));
    }

    private async Task<DoorAnswer> InTurn(Func<DoorAnswer> work, CancellationToken stop)
    {
        if (!await _turn.WaitAsync(HandOverLimits.TurnMs, stop).ConfigureAwait(false))
        {
            return Problem(503, "busy; allowed: again later");
        }

        try
        {
            return work();
        }
        catch (Exception e) when (e is StoreException or DbException)
        {
            return Problem(503, "the store does not work; allowed: again later");
        }
        catch (CaseRefusedException e)
        {
            return Problem(422, e.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private DoorAnswer Take(DoorRequest request, ReadOnlyMemory<byte> body)
    {
        string id = request.Header(WebhookSecret.IdHeader);
        string named = request.Path[Cases.Length..^Status.Length];
        long nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        (Case? one, PlatformCase? before, bool seen, int told) = Known(id, named);
        if (one is null)
        {
            return Problem(404, $"case '{PlainText.Clean(named)}'; allowed: a case that was handed over");
        }

        if (seen)
        {
            return Taken(one, before);
        }

        (Feedback? said, string? problem) = Feedback.Read(one.Id, body, nowMs);
        if (said is null)
        {
            return Problem(422, problem!);
        }

        PlatformCase after = PlatformState.After(before, said);
        if (told >= HandOverLimits.FeedbackStepsMax || one.State == CaseState.Merged)
        {
            return WithoutStep(id, one, before, after);
        }

        Case now = CaseDesk.Act(
            store,
            new CaseRequest
            {
                Case = one.Id,
                Kind = CaseActKind.Platform,
                By = said.By.Length > 0 ? said.By : "上级平台",
                Cause = said.State,
                Words = said.Words,
            },
            nowMs,
            [new Entry(id, after)]);
        string still = said.State == PlatformState.StruckOff && now.IsOpen ? "，本级未销号 it is open here" : "";
        tell(
            said.State != PlatformState.Returned && still.Length == 0,
            $"上级平台 {now.Id} {CaseNames.PlatformChinese(said.State)} {said.State}{still}");
        return Taken(now, after);
    }

    /// <summary>
    /// Of a program that says something of one case without end, and of a case that turned out to be none and is part of no other: the
    /// state that holds is kept, and no step.
    /// </summary>
    private DoorAnswer WithoutStep(string id, Case one, PlatformCase? before, PlatformCase after)
    {
        using (IStoreTransaction rows = store.Begin())
        {
            new Entry(id, after).CasesChanged(rows, []);
            rows.Commit();
        }

        if (after.State != before?.State)
        {
            tell(
                after.State != PlatformState.Returned,
                $"上级平台 {one.Id} {CaseNames.PlatformChinese(after.State)} {after.State}，未记入步骤 kept without a step");
        }

        return Taken(one, after);
    }

    /// <summary>
    /// A danger that people found. Without a reference of its own it is known by the message's name, so that it is entered once however
    /// often it comes.
    /// </summary>
    private DoorAnswer Register(DoorRequest request, ReadOnlyMemory<byte> body)
    {
        FoundDanger danger = DangerForm.Read(body, number => store.Registered(number), request.Header(WebhookSecret.IdHeader));
        return new DoorAnswer(200, DangerForm.Answer(CaseDesk.Found(store, danger, time.GetUtcNow().ToUnixTimeMilliseconds())));
    }

    /// <summary>
    /// The case, or the one of which it is part by now; what the platform said of it; whether this message was taken; and how many were.
    /// </summary>
    private (Case? One, PlatformCase? Before, bool Seen, int Told) Known(string id, string named)
    {
        using IStoreTransaction rows = store.Begin();
        Case? one = rows.Cases!.Case(named);
        for (int hop = 0; hop < HandOverLimits.MergedMax && one is { State: CaseState.Merged, MergedInto.Length: > 0 }; hop++)
        {
            one = rows.Cases.Case(one.MergedInto);
        }

        return one is null ? (null, null, false, 0)
            : (one, rows.HandOver!.PlatformCase(one.Id), rows.HandOver.Seen(id),
                rows.Cases.Steps(one.Id).Count(step => step.Kind == CaseStepKind.Platform));
    }

    private DoorAnswer Acknowledge(ReadOnlyMemory<byte> body)
    {
        long through;
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            through = json.RootElement.GetProperty("through").GetInt64();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Problem(422, "body; allowed: an object with through, the sequence of the last message that was stored");
        }

        using IStoreTransaction rows = store.Begin();
        int count = rows.HandOver!.Acknowledge(HandOverSettings.Platform, through, time.GetUtcNow().ToUnixTimeMilliseconds());
        rows.Commit();
        return Json(200, json => json.WriteNumber("acknowledged", count));
    }

    /// <summary>Messages behind a number; where there are none, it waits for some as long as it is asked to.</summary>
    private async Task<DoorAnswer> Fetch(DoorRequest request, CancellationToken stop)
    {
        long? after = Number(request.Query("after"), 0, long.MaxValue, 0);
        long? limit = Number(request.Query("limit"), 1, HandOverLimits.PullMax, HandOverLimits.PullMax);
        long? waitS = Number(request.Query("wait"), 0, HandOverLimits.PullWaitS, 0);
        if (after is null || limit is null || waitS is null)
        {
            return Problem(422, $"after, limit, wait; allowed: 0.., 1..{HandOverLimits.PullMax}, 0..{HandOverLimits.PullWaitS} s");
        }

        long began = time.GetTimestamp();
        while (true)
        {
            DoorAnswer? answer = null;
            DoorAnswer looked = await InTurn(
                () =>
                {
                    using IStoreTransaction rows = store.Begin();
                    IReadOnlyList<HandOverRow> found = rows.HandOver!.After(HandOverSettings.Platform, after.Value, (int)limit.Value);
                    answer = found.Count > 0 || time.GetElapsedTime(began).TotalSeconds >= waitS.Value ? Array(found) : null;
                    return answer ?? Array([]);
                },
                stop).ConfigureAwait(false);
            if (answer is not null || looked.Status != 200)
            {
                return looked;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(HandOverLimits.LookMs), time, stop).ConfigureAwait(false);
        }
    }

    private static long? Number(string? text, long least, long most, long standard) => text is null ? standard
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
        ? number : null;

    private static DoorAnswer Array(IReadOnlyList<HandOverRow> rows)
    {
        using MemoryStream body = new();
        body.WriteByte((byte)'[');
        for (int i = 0; i < rows.Count; i++)
        {
            body.Write(i == 0 ? [] : ","u8);
            body.Write(rows[i].Body);
        }

        body.WriteByte((byte)']');
        return new DoorAnswer(200, body.ToArray());
    }

    private static DoorAnswer Taken(Case one, PlatformCase? at) => Json(200, json =>
    {
        json.WriteString("case", one.Id);
        json.WriteString("state", at?.State ?? "");
        json.WriteString("caseState", CaseNames.Of(one.State));
    });

    private static DoorAnswer Problem(int status, string words) => Json(status, json => json.WriteString("error", words));

    private static DoorAnswer Json(int status, Action<Utf8JsonWriter> write) => new(status, HandOverMessage.Json(write));

    /// <summary>What is written with the act: the state at the platform, and the message's name.</summary>
    private sealed class Entry(string id, PlatformCase after) : ICountyRoom
    {
        public void Work(CountyDesk desk, Instant now)
        {
        }

        public void CasesChanged(IStoreTransaction rows, IReadOnlyList<CaseChange> changes)
        {
            rows.HandOver!.Put(after);
            rows.HandOver.NoteSeen(id, rows.HandOver.LastStepNumber(), HandOverLimits.SeenMax);
        }
    }
}
