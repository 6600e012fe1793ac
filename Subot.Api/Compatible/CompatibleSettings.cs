using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Settings;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage.Settings;

namespace Subot.Api.Compatible;

/// <summary>Reads and changes the settings for the routes of the first Subot. What it refused, it refused with a 500.</summary>
internal sealed class CompatibleSettings(SettingsEditor editor, SettingsReading reading, TimeProvider time)
{
    /// <summary>What is valid now.</summary>
    public ValueTask<TeamSettings> NowAsync(CancellationToken ct) => reading.AtAsync(Ts.From(time.GetUtcNow()), ct);

    /// <summary>Changes what is valid from now on, in the name of who asks.</summary>
    /// <exception cref="RefusedException">The change cannot be made.</exception>
    public async Task ChangeAsync(HttpContext context, Func<TeamSettings, TeamSettings> edit, CancellationToken ct)
    {
        var change = await editor.ChangeAsync(edit, context.WhoAsks().Author, Ts.From(time.GetUtcNow()), ct);
        if (change.Problems.Count > 0)
            throw Refused([.. change.Problems]);
    }

    public static RefusedException Refused(params IReadOnlyList<string> problems) =>
        new(StatusCodes.Status500InternalServerError, problems);

    /// <summary>There is nothing of this id.</summary>
    public static RefusedException Unknown(string id) => Refused($"there is no '{id}'");
}
