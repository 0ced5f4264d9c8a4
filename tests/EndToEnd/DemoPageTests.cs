// Owns: the proof that the demonstration's county is to be seen in a browser, and that its user goes with it.
// Must never: wait for a fixed time.

using Gateway.County.Sql;
using Gateway.Demo;

namespace Gateway.Tests.EndToEnd;

public sealed class DemoPageTests
{
    [Fact]
    public async Task Demonstration_serves_its_county_to_the_user_that_it_names()
    {
        string folder = MemoryFolder.Create("demo-page-");
        try
        {
            using DemoCounty county = new(folder, Repository.Path("firmware", "Pc", "demo", "settings.txt"));
            using (DemoPage page = new(county.Database))
            {
                using SocketsHttpHandler handler = new() { AllowAutoRedirect = true };
                using HttpClient browser = new(handler) { BaseAddress = new Uri(page.Origin) };
                using HttpRequestMessage signIn = new(HttpMethod.Post, "/sign-in")
                {
                    Content = new FormUrlEncodedContent(
                        new Dictionary<string, string> { ["name"] = DemoPage.User, ["password"] = page.Password }),
                };
                signIn.Headers.Add("Origin", page.Origin);
                using HttpResponseMessage desk = await browser.SendAsync(signIn, TestContext.Current.CancellationToken);
                Assert.Equal(200, (int)desk.StatusCode);
                Assert.Contains(
                    $"s-{county.Station}", await desk.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                    StringComparison.Ordinal);
            }

            using SqlStore store = SqlStore.Open(county.Database);
            Assert.Empty(store.Users());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
