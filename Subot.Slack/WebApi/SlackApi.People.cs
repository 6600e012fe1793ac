namespace Subot.Slack;

public sealed partial class SlackApi
{
    /// <inheritdoc/>
    public Task<SlackUser> GetUserAsync(string user, CancellationToken ct) =>
        UserAsync(SlackCall.Form("users.info", new() { ["user"] = user }), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<SlackUser> ListUsersAsync(CancellationToken ct) =>
        PagesAsync<UsersPage, SlackUser>("users.list", SlackJson.Default.UsersPage, [], resume: null, ct);

    /// <inheritdoc/>
    public async Task<SlackUser?> FindUserByEmailAsync(string email, CancellationToken ct)
    {
        try
        {
            return await UserAsync(SlackCall.Form("users.lookupByEmail", new() { ["email"] = email }), ct);
        }
        catch (SlackException e) when (e.Error == "users_not_found")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<SlackProfile> GetProfileAsync(string user, CancellationToken ct)
    {
        var call = SlackCall.Form("users.profile.get", new() { ["user"] = user });
        var answer = await _transport.CallAsync(call, SlackJson.Default.ProfileAnswer, ct);
        return answer.Profile ?? throw Incomplete(call.Method);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UserGroup>> ListUserGroupsAsync(CancellationToken ct)
    {
        var call = SlackCall.Form("usergroups.list", new() { ["include_users"] = "true" });
        var answer = await _transport.CallAsync(call, SlackJson.Default.UserGroupsAnswer, ct);
        return answer.Usergroups ?? [];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListUserGroupUsersAsync(string userGroup, CancellationToken ct)
    {
        var call = SlackCall.Form("usergroups.users.list", new() { ["usergroup"] = userGroup });
        var answer = await _transport.CallAsync(call, SlackJson.Default.GroupUsersAnswer, ct);
        return answer.Users ?? [];
    }

    /// <inheritdoc/>
    public Task UpdateUserGroupUsersAsync(string userGroup, IReadOnlyCollection<string> users, CancellationToken ct)
    {
        if (users.Count == 0)
            throw new ArgumentException("Slack keeps no empty user group: disable it instead.", nameof(users));
        return CallAsync(SlackCall.Form("usergroups.users.update", new() { ["usergroup"] = userGroup, ["users"] = string.Join(',', users) }), ct);
    }

    private async Task<SlackUser> UserAsync(SlackCall call, CancellationToken ct)
    {
        var answer = await _transport.CallAsync(call, SlackJson.Default.UserAnswer, ct);
        return answer.User ?? throw Incomplete(call.Method);
    }
}
