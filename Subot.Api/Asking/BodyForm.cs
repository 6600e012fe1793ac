using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Hosting;

namespace Subot.Api.Asking;

/// <summary>Holds a body to the form that it is to have, field by field.</summary>
internal sealed class BodyForm
{
    private const int MostTold = 20;
    private readonly List<string> _problems = [];

    /// <summary>All that is wrong with a body; the first of it if it is much.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(Stream body, JsonTypeInfo form, CancellationToken ct)
    {
        var meant = $"Send {What(form, null)}, as JSON.";
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, ct);
        if (bytes.Length == 0)
            return [$"The body is empty. {meant}"];
        if (!Utf8.IsValid(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
            return [$"The body is no UTF-8. {meant}"];
        var reading = new BodyForm();
        bytes.Position = 0;
        try
        {
            using var document = await JsonDocument.ParseAsync(bytes, default, ct);
            reading.Look(document.RootElement, form, "", null);
        }
        catch (JsonException e)
        {
            return [$"The body is no JSON from line {e.LineNumber + 1}, position {e.BytePositionInLine + 1} on. {meant}"];
        }
        catch (InvalidOperationException)
        {
            // A name that is half of a sign: it is JSON, and no text.
            return [$"The body cannot be read. {meant}"];
        }

        return reading._problems.Count > 0 ? reading._problems : [$"The body cannot be read. {meant}"];
    }

    private bool IsFull => _problems.Count == MostTold;

    /// <param name="place">The fields that lead to the value; empty at the top.</param>
    /// <param name="words">What the value may be, if not all of its type.</param>
    private void Look(JsonElement value, JsonTypeInfo form, string place, IReadOnlyList<string>? words)
    {
        switch (form.Kind, value.ValueKind)
        {
            case (JsonTypeInfoKind.Object, JsonValueKind.Object):
                LookAtFields(value, form, place);
                break;
            case (JsonTypeInfoKind.Dictionary, JsonValueKind.Object):
                foreach (var entry in value.EnumerateObject().TakeWhile(_ => !IsFull))
                    Look(entry.Value, Inner(form), Join(place, entry.Name), null);
                break;
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array):
                foreach (var (i, item) in value.EnumerateArray().TakeWhile(_ => !IsFull).Index())
                    Look(item, Inner(form), $"{place}[{i}]", null);
                break;
            case (not JsonTypeInfoKind.None, JsonValueKind.Null) when place.Length > 0:
            case (JsonTypeInfoKind.None, _) when CanBe(value, form):
                break;
            default:
                _problems.Add($"{(place.Length == 0 ? "The body" : Quoted.Short(place))}: write {What(form, words)}, not {Shown(value)}.");
                break;
        }
    }

    private void LookAtFields(JsonElement value, JsonTypeInfo form, string place)
    {
        var comparer = form.Options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var fields = form.Properties.ToDictionary(p => p.Name, comparer);
        HashSet<string> seen = new(comparer);
        foreach (var given in value.EnumerateObject().TakeWhile(_ => !IsFull))
        {
            seen.Add(given.Name);
            if (fields.TryGetValue(given.Name, out var field))
                Look(given.Value, form.Options.GetTypeInfo(field.PropertyType), Join(place, field.Name), OneOfAttribute.WordsOf(field.AttributeProvider));
            else
                _problems.Add($"There is no field {Quoted.Of(Join(place, given.Name))}; {DidYouMean.Hint(given.Name, fields.Keys)}");
        }

        foreach (var field in form.Properties.Where(p => p.IsRequired && !seen.Contains(p.Name)).TakeWhile(_ => !IsFull))
            _problems.Add($"{Quoted.Short(Join(place, field.Name))} is missing: write {What(form.Options.GetTypeInfo(field.PropertyType), OneOfAttribute.WordsOf(field.AttributeProvider))}.");
    }

    private static bool CanBe(JsonElement value, JsonTypeInfo form)
    {
        try
        {
            value.Deserialize(form);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonTypeInfo Inner(JsonTypeInfo form) => form.Options.GetTypeInfo(form.ElementType!);

    private static string What(JsonTypeInfo form, IReadOnlyList<string>? words)
    {
        var type = Nullable.GetUnderlyingType(form.Type) ?? form.Type;
        words ??= type.IsEnum ? new OneOfAttribute(type).Words : null;
        return form.Kind switch
        {
            JsonTypeInfoKind.Object => $"an object with {string.Join(", ", form.Properties.Select(p => p.Name))}",
            JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => $"a list of {(form.ElementType == typeof(string) ? "texts" : "objects")}",
            _ when words is not null => $"one of {string.Join(", ", words)}",
            _ when type == typeof(string) => "a text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(DateTimeOffset) => "an instant such as \"2026-11-23T10:00:00Z\"",
            _ => "a whole number",
        };
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Quoted.Short(value.GetRawText()),
    };

    /// <summary>The place of a field.</summary>
    /// <param name="place">That of the object that has it; empty at the top.</param>
    public static string Join(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
