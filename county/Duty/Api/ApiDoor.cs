// Owns: the API's place in the page's pipeline: its routes, its token, its errors as problem+json, its document.
// Must never: let a route of the API answer before its token was looked at.

using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Gateway.County.Sql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Gateway.County.Duty.Api;

internal sealed class ApiDoor(string database) : IDisposable
{
    private const string Version = "v1";

    // Ours of types that are given; the document's names go without.
    private const string Prefix = "Api";

    // Of its own, so that no desk waits while a program reads a long list.
    private readonly DutyStore _store = new(database);
    private ApiTokens? _tokens;

    /// <summary>What the routes and their document need.</summary>
    public static IServiceCollection Into(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        services.AddSingleton<IHostEnvironment>(new Environment());
        return services.AddOpenApi(Version, options =>
        {
            options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } name ? null
                : name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
            options.AddDocumentTransformer(Describe);
        });
    }

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (ApiRoute route in ApiRoutes.All)
        {
            RouteHandlerBuilder made = endpoints.MapGet(route.Pattern, route.Answer)
                .WithName(route.Name).WithTags("county").WithMetadata(route)
                .ProducesProblem(StatusCodes.Status401Unauthorized)
                .ProducesProblem(StatusCodes.Status429TooManyRequests)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            if (route.Pattern.Contains('{', StringComparison.Ordinal))
            {
                made.ProducesProblem(StatusCodes.Status404NotFound);
            }

            made.ProducesProblem(StatusCodes.Status400BadRequest);
        }

        endpoints.MapGet(ApiRoutes.Document, Document).ExcludeFromDescription();
    }

    /// <summary>The document of the API.</summary>
    public static async Task<string> Text(IServiceProvider services, CancellationToken stop)
    {
        OpenApiDocument document =
            await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Version).GetOpenApiDocumentAsync(stop);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, stop) + "\n";
    }

    /// <summary>Stands between routing and the routes; what is not of the API goes by.</summary>
    public async Task Guard(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }

        try
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>() is not null)
            {
                context.Features.Set(ApiCaller.With((_tokens ??= new ApiTokens(_store)).Of(context.Request), _store));
            }

            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            {
                string detail = $"{context.Request.Method} here; allowed: GET, as {ApiRoutes.Document} says";
                await Problem(context, context.Response.StatusCode, detail);
            }
        }
        catch (ApiRefusedException e)
        {
            if (e.Code == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }
            else if (e.Code == StatusCodes.Status429TooManyRequests)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            await Problem(context, e.Code, e.Message);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problem(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is DbException or StoreException && !context.Response.HasStarted)
        {
            await Problem(context, StatusCodes.Status503ServiceUnavailable, "数据库无应答 the database does not answer");
        }
    }

    public void Dispose()
    {
        _tokens?.Dispose();
        _store.Dispose();
    }

    private static async Task Document(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(await Text(context.RequestServices, context.RequestAborted), context.RequestAborted);
    }

    private static Task Problem(HttpContext context, int code, string detail) =>
        TypedResults.Problem(detail, statusCode: code).ExecuteAsync(context);

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        const string Scheme = "token";
        document.Info = new OpenApiInfo
        {
            Title = "County fire duty 县级消防值班",
            Version = "1",
            Description = "What the duty page shows, for a county's own screens; read only. Tokens are made by `county token add`.",
        };

        // Wherever it is served: the copy in the repository must not name a machine.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    /// <summary>What the document's maker asks of a host; there is no file to be found.</summary>
    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "county";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
