// Owns: how a box fares in words and as JSON.
// Must never: hide a figure that warns.

using System.Numerics;
using System.Text.Json;
using Gateway.Contract;

namespace Gateway.County;

internal static class BoxText
{
    /// <summary>What warns, with its figures; "" = nothing does, "–" = the box has said nothing.</summary>
    public static string Short(BoxReport? report)
    {
        if (report is null || (report.State is null && report.FaultStarts == 0))
        {
            return "–";
        }

        List<string> words = report.State is null ? [] : [.. Warned(report.State.Record, report.Warnings)];
        if (report.Warnings.HasFlag(BoxWarnings.Restarts))
        {
            words.Add($"{CountyLimits.BoxDays}日异常重启{report.FaultStarts}次");
        }

        return string.Join(' ', words);
    }

    /// <summary>The same in English.</summary>
    public static string English(BoxReport? report)
    {
        if (report is null || (report.State is null && report.FaultStarts == 0))
        {
            return "–";
        }

        return string.Join(", ", BoxReport.Each(report.Warnings).Select(one => one switch
        {
            BoxWarnings.Slow => $"stood still for {report.State?.Record.Value / 1000.0:0.0} s",
            BoxWarnings.Memory => $"memory left {report.State?.Record.A / 1024}K",
            BoxWarnings.Runtime => $"system memory left {report.State?.Record.B / 1024}K",
            BoxWarnings.Flash => $"a write took {report.State?.Record.C / 1000.0:0.0} s",
            BoxWarnings.Restarts => $"{report.FaultStarts} restarts by faults in {CountyLimits.BoxDays} days",
            _ => BoxReport.Code(one),
        }));
    }

    /// <summary>What a technician has tested in these days; "" = nothing.</summary>
    public static string Tested(BoxReport? report) => report?.Commissioned is not { } told ? ""
        : $"{TimeText.Local(told.TimeMs)} 已试{BitOperations.PopCount((uint)told.Record.B)}/{BitOperations.PopCount((uint)told.Record.A)}处";

    /// <summary>The same as JSON, zones by number; null = nothing.</summary>
    public static void WriteTested(Utf8JsonWriter json, BoxReport? report)
    {
        if (report?.Commissioned is not { } told)
        {
            json.WriteNull("commissioned");
            return;
        }

        json.WriteStartObject("commissioned");
        json.WriteString("at", TimeText.Utc(told.TimeMs));
        WriteZones(json, "tested", told.Record.B);
        WriteZones(json, "untested", told.Record.A & ~told.Record.B);
        json.WriteEndObject();
    }

    private static void WriteZones(Utf8JsonWriter json, string name, int zones)
    {
        json.WriteStartArray(name);
        foreach (int zone in ZoneSet.Numbers((uint)zones))
        {
            json.WriteNumberValue(zone);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, BoxReport? report)
    {
        json.WriteStartObject("box");
        EventRecord? r = report?.State?.Record;
        json.WriteString("toldAt", report?.State is { } state ? TimeText.Utc(state.TimeMs) : null);
        json.WriteNumber("longestGapMs", r?.Value ?? 0);
        json.WriteNumber("freeBytes", r?.A ?? 0);
        json.WriteNumber("runtimeFreeBytes", r?.B ?? 0);
        json.WriteNumber("longestWriteMs", r?.C ?? 0);
        json.WriteStartObject("starts");
        for (StartReason reason = StartReason.Unknown; (int)reason <= ContractLimits.StartReasonMax; reason++)
        {
            json.WriteNumber(BoxReport.ReasonCode(reason), report?.Starts[(int)reason] ?? 0);
        }

        json.WriteEndObject();
        json.WriteStartArray("warnings");
        foreach (BoxWarnings one in BoxReport.Each(report?.Warnings ?? BoxWarnings.None))
        {
            json.WriteStringValue(BoxReport.Code(one));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string> Warned(EventRecord r, BoxWarnings warnings)
    {
        foreach (BoxWarnings one in BoxReport.Each(warnings))
        {
            string words = one switch
            {
                BoxWarnings.Slow => $"卡顿{r.Value / 1000.0:0.0}秒",
                BoxWarnings.Memory => $"内存余{r.A / 1024}K",
                BoxWarnings.Runtime => $"系统内存余{r.B / 1024}K",
                BoxWarnings.Flash => $"写入{r.C / 1000.0:0.0}秒",
                _ => "",
            };
            if (words.Length > 0)
            {
                yield return words;
            }
        }
    }
}
