// Owns: what people ask of a station from its page: an order, asked again where something sounds, and a settings text.
// Must never: check an order otherwise than command lines do.

using System.Text;
using Gateway.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.County.Duty;

/// <summary>An order that waits for the person to say that it is meant.</summary>
/// <param name="Order">Its word.</param>
/// <param name="Zh">What sounds where.</param>
/// <param name="En">The same.</param>
/// <param name="Fields">What is sent with it.</param>
public sealed record OrderQuestion(string Order, string Zh, string En, IReadOnlyList<(string Name, string Value)> Fields);

internal static class OrderRoutes
{
    private const string Sure = "sure";
    private const string Yes = "yes";
    private static readonly string[] s_fields = ["minutes", "zones", "zone", "place"];

    public static async Task Order(DutyRequest request)
    {
        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        if (Station(request) is not { } at)
        {
            await LookRoutes.NoStation(request);
            return;
        }

        string word = request.Value("order");
        CommandRequest? asked = OrderForm.Of(at.Station, word, Field, out string problem);
        if (asked is not null && form[Sure] != Yes && OrderSounds.Of(asked, at) is { } sounds)
        {
            (string, string)[] fields = [.. s_fields.Select(name => (name, Field(name))).Where(one => one.Item2.Length > 0)];
            await LookRoutes.Station(request, StatusCodes.Status200OK, "", new OrderQuestion(word, sounds.Zh, sounds.En, fields));
            return;
        }

        await (asked is null ? LookRoutes.Station(request, StatusCodes.Status409Conflict, problem) : Send(request, [asked], word));

        string Field(string name) => form[name].ToString().Trim();
    }

    public static async Task Settings(DutyRequest request)
    {
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = CountyLimits.DutySettingsBytesMax;
        }

        IFormCollection form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        if (Station(request) is not { } at)
        {
            await LookRoutes.NoStation(request);
            return;
        }

        byte[] text = await TextOf(form, request.Context.RequestAborted);
        string? problem = SettingsText.Problem(text) is { } wrong ? $"配置 settings: {wrong}"
            : form[Sure] != Yes ? "sure: missing; 须确认箱子将以新配置重启 allowed: yes" : null;
        await (problem is not null ? LookRoutes.Station(request, StatusCodes.Status409Conflict, problem)
            : Send(request, SettingsText.Requests(at.Station, text, CountyLimits.CommandLifeS), "settings"));
    }

    private static StationRegistration? Station(DutyRequest request) =>
        uint.TryParse(request.Value("station"), out uint station) ? request.View.MayOrder(station) : null;

    private static async Task Send(DutyRequest request, IReadOnlyList<CommandRequest> requests, string act)
    {
        (StationCommand? asked, string? problem) = request.View.Order(requests, act);
        if (asked is null)
        {
            await (problem is null ? LookRoutes.NoStation(request)
                : LookRoutes.Station(request, StatusCodes.Status409Conflict, problem));
            return;
        }

        request.Room.Watch.Follow(asked, request.User!.Person);
        await (request.WantsPart ? LookRoutes.Station(request, StatusCodes.Status200OK, "")
            : request.Go($"/stations/{asked.Station}"));
    }

    /// <summary>A file as it is; a text that was typed has lines as files have them.</summary>
    private static async Task<byte[]> TextOf(IFormCollection form, CancellationToken stop)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return Encoding.UTF8.GetBytes(form["text"].ToString().ReplaceLineEndings("\n"));
        }

        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }
}
