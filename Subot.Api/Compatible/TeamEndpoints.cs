using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Api.Compatible;

/// <summary>
/// The team. A member's id is the user id; the name is what Slack tells, or what an admin wrote as long as Slack told nothing.
/// </summary>
internal static class TeamEndpoints
{
    public static void MapTeam(this WebApplication app)
    {
        app.MapGet("/v1/team", async (HttpContext context, CompatibleSettings settings, IPeopleStore people, CancellationToken ct) =>
            await CompatibleJson.WriteListAsync(context, await ShapesAsync(await settings.NowAsync(ct), people, ct)));
        app.MapPost("/v1/admin/team/new", async (HttpContext context, CompatibleSettings settings, IStore store, CancellationToken ct) =>
        {
            await PutAsync(context, null, settings, store, ct);
            await CompatibleJson.WriteDoneAsync(context, StatusCodes.Status201Created);
        });
        app.MapPut("/v1/admin/team/{id}", async (string id, HttpContext context, CompatibleSettings settings, IStore store, CancellationToken ct) =>
        {
            await PutAsync(context, id, settings, store, ct);
            await CompatibleJson.WriteDoneAsync(context);
        });
        app.MapDelete("/v1/admin/team/{id}", async (string id, HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            await settings.ChangeAsync(context, s => Delete(s, id), ct);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    private static async Task<IReadOnlyList<MemberShape>> ShapesAsync(TeamSettings settings, IPeopleStore people, CancellationToken ct)
    {
        List<UserId> team = [.. settings.Everyone.Select(u => new UserId(u))];
        var known = await people.PeopleAsync(team, ct);
        return [.. team.Select(u => new MemberShape(u.Value, u.Value, known.TryGetValue(u, out var person) ? NameOf(person) : u.Value))];
    }

    /// <summary>Adds a member, in the place of another if the address names one.</summary>
    private static async Task PutAsync(HttpContext context, string? id, CompatibleSettings settings, IStore store, CancellationToken ct)
    {
        var body = await CompatibleJson.ReadAsync<MemberBody>(context, ct);
        var user = body.SlackId ?? "";
        if (!UserId.IsOne(user))
            throw CompatibleSettings.Refused($"'{user}' is no user id of Slack's; write for example U0ANN");
        await settings.ChangeAsync(context, s => s with { Team = [.. s.Team.Where(u => u != id).Append(user).Distinct()] }, ct);
        if (!string.IsNullOrWhiteSpace(body.Name))
            await store.RecordPeopleAsync((await ErasedPeople.OfAsync(store, ct)).Without([new Person(new UserId(user), Ts.Zero) { RealName = body.Name.Trim() }]), ct);
    }

    private static TeamSettings Delete(TeamSettings settings, string id)
    {
        if (settings.Team.Contains(id))
            return settings with { Team = [.. settings.Team.Where(u => u != id)] };
        throw settings.Everyone.Contains(id) ? CompatibleSettings.Refused($"'{id}' belongs to the team by a user group: take them out of it in Slack") : CompatibleSettings.Unknown(id);
    }

    private static string NameOf(Person person) =>
        new[] { person.RealName, person.DisplayName, person.Name }.FirstOrDefault(n => n.Length > 0) ?? person.Id.Value;
}
