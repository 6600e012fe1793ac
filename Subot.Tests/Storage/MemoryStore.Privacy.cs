using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Tests.Storage;

public sealed partial class MemoryStore
{
    private readonly List<PrivacyRequest> _requests = [];

    public ValueTask<IReadOnlyList<PrivacyRequest>> PrivacyRequestsAsync(CancellationToken ct)
    {
        lock (_lock)
            return new([.. _requests.OrderBy(r => r.AskedAt).ThenBy(r => r.Id, StringComparer.Ordinal)]);
    }

    public ValueTask RecordPrivacyRequestAsync(PrivacyRequest request, CancellationToken ct)
    {
        lock (_lock)
        {
            _requests.RemoveAll(r => r.Id == request.Id);
            _requests.Add(request);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> CountTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        lock (_lock)
            return new(_messages.Count(m => m.Key.Ts >= from && m.Key.Ts < before && m.Value.Text is not null));
    }

    public ValueTask<int> ForgetTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        lock (_lock)
        {
            var texts = _messages.Where(m => m.Key.Ts >= from && m.Key.Ts < before && m.Value.Text is not null).Select(m => m.Key).ToList();
            foreach (var message in texts)
                _messages[message] = (_messages[message].Root, null);
            return new(texts.Count);
        }
    }

    public ValueTask ForgetWordsAsync(Ts from, Ts before, bool replies, CancellationToken ct)
    {
        lock (_lock)
        {
            foreach (var (id, action) in _actions.ToList())
            {
                var isAbout = action.Action.Root is not { } root || (root >= from && root < before && (replies || action.Action.Kind != ActionKind.Reply));
                if (action.Status >= ActionStatus.Sent && isAbout)
                    _actions[id] = action with { Text = null, Attachment = null };
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask RewriteSettingsAsync(SettingsVersion version, CancellationToken ct)
    {
        lock (_lock)
            _settings[version.Number] = version;
        return ValueTask.CompletedTask;
    }

    public ValueTask RewriteActionAsync(StoredAction known, StoredAction rewritten, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_actions.Remove(known.Action.Id, out var now))
                _actions[rewritten.Action.Id] = now with { Action = rewritten.Action, Text = rewritten.Text, Attachment = rewritten.Attachment };
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetPersonAsync(UserId person, CancellationToken ct)
    {
        lock (_lock)
            _people.Remove(person);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> CompactAsync(CancellationToken ct) => new(true);
}
