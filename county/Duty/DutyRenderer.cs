// Owns: static Razor components as text.
// Must never: write a text from outside by any other way than the framework's encoder.

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Gateway.County.Duty;

internal sealed class DutyRenderer(IServiceProvider services, ILoggerFactory log)
{
    public async Task<string> Of<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using HtmlRenderer renderer = new(services, log);
        ParameterView view = ParameterView.FromDictionary(parameters.ToDictionary(one => one.Name, one => one.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(view)).ToHtmlString());
    }
}
