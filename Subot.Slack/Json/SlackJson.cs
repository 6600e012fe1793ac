using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>Everything that is read from or written to Slack by the JSON serializer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientString), typeof(LenientInt64), typeof(LenientBoolean)])]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(SlackUser))]
[JsonSerializable(typeof(IReadOnlyList<SlackUser>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(AnswerHead))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(AuthTest))]
[JsonSerializable(typeof(ConnectionAnswer))]
[JsonSerializable(typeof(PostedMessage))]
[JsonSerializable(typeof(PermalinkAnswer))]
[JsonSerializable(typeof(MessagesPage))]
[JsonSerializable(typeof(ReactionsAnswer))]
[JsonSerializable(typeof(ChannelsPage))]
[JsonSerializable(typeof(ChannelAnswer))]
[JsonSerializable(typeof(MembersPage))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(UsersPage))]
[JsonSerializable(typeof(ProfileAnswer))]
[JsonSerializable(typeof(UserGroupsAnswer))]
[JsonSerializable(typeof(GroupUsersAnswer))]
[JsonSerializable(typeof(UploadTarget))]
[JsonSerializable(typeof(CompleteUpload))]
[JsonSerializable(typeof(ViewAnswer))]
[JsonSerializable(typeof(TeamAnswer))]
[JsonSerializable(typeof(BotAnswer))]
[JsonSerializable(typeof(PostMessage))]
[JsonSerializable(typeof(PostEphemeral))]
[JsonSerializable(typeof(UpdateMessage))]
[JsonSerializable(typeof(ResponseMessage))]
[JsonSerializable(typeof(OpenView))]
[JsonSerializable(typeof(PublishView))]
[JsonSerializable(typeof(UpdateView))]
[JsonSerializable(typeof(SlashCommandPayload))]
[JsonSerializable(typeof(InteractionPayload))]
internal sealed partial class SlackJson : JsonSerializerContext;
