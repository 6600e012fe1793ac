using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage.Settings;

namespace Subot.Bot.Slash;

/// <summary>Changes settings for whoever typed a command, from now on. When it returns the change counts.</summary>
internal sealed class SlashEditor(SettingsEditor editor, SettingsWatch watch)
{
    /// <summary>Why it is refused, for people; null if it is done, or was so already.</summary>
    public async Task<string?> ChangeAsync(SlashQuestion question, Func<TeamSettings, TeamSettings> edit, CancellationToken ct)
    {
        var change = await editor.ChangeAsync(edit, question.User.Value, question.Now, ct);
        if (change.Changed)
            await watch.LookAsync(ct);
        return change.Problems.Count == 0 ? null : question.Say(TextId.SlashRefused, ("problems", SlackText.Escape(string.Join('\n', change.Problems))));
    }
}
