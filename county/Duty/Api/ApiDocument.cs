// Owns: the API's document without a county: for the copy in the repository.
// Must never: differ from what a county serves.

using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.County.Duty.Api;

internal static class ApiDocument
{
    /// <summary>The copy in the repository.</summary>
    public const string File = "county/Duty/openapi.json";

    public static async Task<string> Make()
    {
        await using ServiceProvider services = ApiDoor.Into(new ServiceCollection())
            .AddLogging().AddSingleton(new DiagnosticListener("duty")).AddRouting().BuildServiceProvider();
        ApplicationBuilder app = new(services);
        app.UseRouting();
        app.UseEndpoints(ApiDoor.Map);
        app.Build();
        return await ApiDoor.Text(services, CancellationToken.None);
    }
}
