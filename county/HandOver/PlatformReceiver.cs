// Owns: the county's platform as a receiver: every step, signed, one a request.
// Must never: tell the platform what it said itself.

using System.Globalization;

namespace Gateway.County.HandOver;

public sealed class PlatformReceiver(HandOverSettings settings, ICaseWords words, TimeProvider? time = null) : IHandOverReceiver
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly HandOverSender _sender = new(settings.Inside, settings.Authorities, time ?? TimeProvider.System);

    public string Name => HandOverSettings.Platform;

    public bool Sends => settings.Url is not null;

    public int TogetherMax => 1;

    public int ApartMs => 0;

    public bool Wants(Case one, CaseStep step, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Kind != CaseStepKind.Platform;
    }

    public byte[] Body(HandOverFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return HandOverMessage.Body(facts with { Contact = settings.Contact }, words);
    }

    public byte[]? Drill(string id, StoredEvent drill, long number, IHandOverRows rows)
    {
        ArgumentNullException.ThrowIfNull(drill);
        ArgumentNullException.ThrowIfNull(rows);
        uint station = drill.Record.Station;
        return settings.Drills
            ? HandOverMessage.Drill(id, drill, number, rows.NameOf(station), rows.PlaceOf(station), words) : null;
    }

    public async Task<Attempt> Send(IReadOnlyList<HandOverRow> rows, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(rows);
        HandOverRow row = rows[0];
        long atS = _time.GetUtcNow().ToUnixTimeSeconds();
        (Attempt attempt, _) = await _sender.Post(
            settings.Url!,
            row.Body,
            HandOverMessage.MediaType,
            [
                (WebhookSecret.IdHeader, row.MessageId),
                (WebhookSecret.TimestampHeader, atS.ToString(CultureInfo.InvariantCulture)),
                (WebhookSecret.SignatureHeader,
                    string.Join(' ', settings.Secrets.Select(secret => secret.Sign(row.MessageId, atS, row.Body)))),
            ],
            stop).ConfigureAwait(false);
        return attempt;
    }

    public void Dispose() => _sender.Dispose();
}
