using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Subot.Api.Access;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Every route is in the table of rights, and the table is what the documentation shows.</summary>
internal sealed class AccessTests
{
    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Every_route_has_a_row_and_every_row_a_route()
    {
        await using var store = new MemoryStore();
        await using var api = await RunningApi.StartAsync(store);

        Assert.That(Routes(api), Is.EquivalentTo(AccessTable.Rows.Select(r => r.Route)));
    }

    [Test]
    public void The_documentation_shows_the_table()
    {
        var lines = AccessTable.Rows.Select(r => $"| `{r.Route}` | {r.Role.ToString().ToLowerInvariant()} | {r.What} |");
        Assert.That(File.ReadAllLines(Path.Combine(TestData.RepositoryFolder, "docs", "api.md")), Is.SupersetOf(lines));
    }

    [Test]
    public async Task Whoever_did_not_sign_in_reads_and_changes_nothing()
    {
        await using var store = new MemoryStore();
        await using var api = await RunningApi.StartAsync(store);
        // Who is signed in is a question that anybody may ask; the answer to somebody who is not is 401.
        foreach (var row in AccessTable.Rows.Where(r => r.Route != "GET /auth/userinfo"))
        {
            var (method, path) = (row.Route.Split(' ')[0], row.Route.Split(' ')[1]);
            using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{documentName}", "v2").Replace("{documentName?}", "").Replace("{", "").Replace("}", ""));
            using var answer = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            if (row.Role > Role.Viewer)
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden).Or.EqualTo(HttpStatusCode.Unauthorized), row.Route);
            else
                Assert.That(answer.StatusCode, Is.Not.EqualTo(HttpStatusCode.Forbidden).And.Not.EqualTo(HttpStatusCode.Unauthorized), row.Route);
        }
    }

    private static IEnumerable<string> Routes(RunningApi api) =>
        from endpoint in api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["?"]
        select $"{method} {endpoint.RoutePattern.RawText}";
}
