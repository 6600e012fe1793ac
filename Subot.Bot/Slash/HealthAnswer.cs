using System.Reflection;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>How the bot is: whether it hears and stores everything, what waits, what is off, which versions run.</summary>
internal sealed class HealthAnswer(
    WorkspaceIdentity self, SocketModeClient client, CatchUpService catchUp, ClosedChannels closed, ApplyQueue queue, IStore store, BotHealth health, Features features,
    CurrentSettings settings, OnCallNow onCall)
{
    // More is not counted: that much is trouble enough.
    private const int MostCounted = 1000;

    /// <summary>The version of the program.</summary>
    public static string ProgramVersion { get; } =
        (typeof(HealthAnswer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?").Split('+')[0];

    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        List<string> lines = [Connection(question)];
        try
        {
            lines.AddRange(await ChannelsAsync(question, ct));
            lines.Add(question.Say(TextId.HealthQueue, ("count", queue.Length), ("refused", queue.Refused)));
            lines.Add(await WaitingAsync(question, ct));
            lines.Add(health.StoreTrouble is { } trouble ? question.Say(TextId.HealthStoreTrouble, ("reason", SlackText.Escape(trouble))) : question.Say(TextId.HealthStore));
        }
        catch (StoreException e)
        {
            // The rest can be told all the same.
            lines.Add(question.Say(TextId.HealthStoreTrouble, ("reason", SlackText.Escape(e.Message))));
        }

        lines.AddRange(Scopes(question));
        if (question.Version.Settings.Everyone.Count == 0)
            lines.Add(question.Say(TextId.TeamEmpty));
        var unattended = self.Channels.Where(c => onCall.In(c) is null).ToList();
        if (unattended.Count > 0)
            lines.Add(question.Say(TextId.HealthNobody, ("channels", string.Join(", ", unattended.Select(c => SlackText.Channel(c.Value))))));
        lines.AddRange(OnCallAnswer.IgnoredTopics(question, self.Channels));
        lines.Add(Versions(question));
        return string.Join('\n', lines);
    }

    private string Connection(SlashQuestion question)
    {
        var status = client.Status;
        var since = question.Moment(Ts.From(status.Since));
        return status.IsLive
            ? question.Say(TextId.HealthLive, ("since", since), ("count", status.NumConnections))
            : question.Say(TextId.HealthNotLive, ("since", since), ("reason", SlackText.Escape(status.LastError ?? status.State.ToString())));
    }

    private async Task<IEnumerable<string>> ChannelsAsync(SlashQuestion question, CancellationToken ct)
    {
        var records = (await store.ChannelsAsync(ct)).ToDictionary(c => c.Id);
        return self.Channels.Select(channel =>
        {
            var name = ("channel", (object?)SlackText.Channel(channel.Value));
            if (closed.All.TryGetValue(channel, out var reason))
                return question.Say(TextId.HealthClosed, name, ("reason", SlackText.Escape(reason)));
            if (!records.TryGetValue(channel, out var record))
                return question.Say(TextId.HealthUnread, name);
            return question.Say(
                catchUp.IsBehindOn(channel) ? TextId.HealthGap : TextId.HealthChannel, name, ("complete", question.Moment(record.CompleteUntil)), ("compared", question.Moment(record.ComparedUntil)));
        });
    }

    private async Task<string> WaitingAsync(SlashQuestion question, CancellationToken ct)
    {
        var count = 0;
        foreach (var channel in self.Channels)
            count += (await store.DueActionsAsync(channel, Ts.Max, MostCounted, ct)).Count;
        return question.Say(TextId.HealthSending, ("count", count));
    }

    private IEnumerable<string> Scopes(SlashQuestion question)
    {
        if (features.Needed.Count > 0)
            yield return question.Say(TextId.HealthNeeded, ("scopes", string.Join(", ", features.Needed.Select(s => $"`{s}`"))));
        foreach (var (feature, scope) in features.Off)
            yield return question.Say(TextId.HealthOff, ("scope", $"`{scope}`"), ("feature", FeatureOf(scope) is { } text ? question.Say(text) : feature));
    }

    /// <summary>What is off without a scope, in the team's language; null for a scope that nobody has put into words yet.</summary>
    public static TextId? FeatureOf(string scope) => scope switch
    {
        "channels:join" => TextId.FeatureJoin,
        "reactions:write" => TextId.FeatureEmoji,
        "users:read" => TextId.FeatureNames,
        "usergroups:read" => TextId.FeatureGroups,
        "usergroups:write" => TextId.FeatureOnCallGroup,
        "files:write" => TextId.FeaturePicture,
        "im:write" => TextId.FeatureDirect,
        "im:history" => TextId.FeatureDirectLookup,
        _ => null,
    };

    private string Versions(SlashQuestion question)
    {
        var last = settings.History.Written[^1];
        return question.Say(
            TextId.HealthVersions,
            ("program", ProgramVersion),
            ("settings", last.Number),
            ("author", Mention.Parse(last.Author) is { } person ? SlackText.User(person) : SlackText.Escape(last.Author)),
            ("moment", question.Moment(Ts.From(last.WrittenAt))));
    }
}
