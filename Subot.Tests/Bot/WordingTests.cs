using System.Globalization;
using NUnit.Framework;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Tests.Bot;

/// <summary>The bot's words, in every language it speaks.</summary>
public sealed class WordingTests
{
    private static readonly string[] s_moments = ["from", "until", "complete", "compared"];
    private static readonly string[] s_names = [.. Enum.GetValues<TextId>().Select(Wording.NameOf)];

    [TestCaseSource(typeof(Wording), nameof(Wording.Languages))]
    public void Every_text_is_there_in_every_language_and_no_other(string language)
    {
        Assert.That(Wording.Texts(language).Keys, Is.EquivalentTo(s_names));
        Assert.That(Wording.Texts(language).Where(t => string.IsNullOrWhiteSpace(t.Value)), Is.Empty);
    }

    [TestCaseSource(nameof(s_names))]
    public void A_text_has_the_same_places_in_every_language(string name) =>
        Assert.That(Wording.PlacesOf(Wording.Texts("fr")[name]), Is.EquivalentTo(Wording.PlacesOf(Wording.Texts("en")[name])));

    [TestCaseSource(typeof(Wording), nameof(Wording.Languages))]
    public void All_texts_are_reviewed(string language)
    {
        var words = Wording.Of(new TeamSettings { Language = language });
        var lines = Enum.GetValues<TextId>().SelectMany(id => Enumerable.Range(0, 3).Select(n => Say(words, id, n)).Distinct().Select(text => $"{Wording.NameOf(id)}: {text}"));
        Snapshot.Matches($"words-{language}.txt", string.Join('\n', lines));
    }

    [Test]
    public void A_team_has_its_own_words_for_some_of_them()
    {
        var words = Wording.Of(new TeamSettings { Templates = new([KeyValuePair.Create("thanks", "Got it!")]) });
        Assert.That((words.Say(TextId.Thanks), words.Say(TextId.DaySign)), Is.EqualTo(("Got it!", "d")));
    }

    [Test]
    public void Own_words_that_cannot_be_used_are_refused()
    {
        ValueDictionary<string> own = new([KeyValuePair.Create("call_fireman", "{pompier} please"), KeyValuePair.Create("thank", "x"), KeyValuePair.Create("reminder", "{fireman}!")]);
        Assert.That(Wording.Problems(own), Has.Count.EqualTo(2));
        Assert.That(Wording.Problems(own)[0], Is.EqualTo("The template 'call_fireman' has no place {pompier}; it has: {fireman}."));
        Assert.That(Wording.Problems(own)[1], Does.StartWith("There is no template 'thank'. There are: "));
    }

    [TestCase("en", 0, "0 requests")]
    [TestCase("en", 1, "1 request")]
    [TestCase("fr", 0, "0 demande")]
    [TestCase("fr", 2, "2 demandes")]
    public void Words_go_by_the_number_as_the_language_has_it(string language, int count, string said) =>
        Assert.That(Wording.Of(new TeamSettings { Language = language }).Say(TextId.RemindersTitleNobody, ("count", count)).Replace("*", ""), Does.StartWith(said));

    [TestCase("2026-10-05T12:00:00Z", "jusqu'à 14:00")]
    [TestCase("2026-10-06T12:00:00Z", "jusqu'au mar. 6 oct. 14:00")]
    public void French_words_before_a_moment_go_by_whether_it_names_a_day(string instant, string said)
    {
        var words = Wording.Of(new TeamSettings { Language = "fr" });
        var moment = words.Moment(Ts.From(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)), Ts.From(new DateTimeOffset(2026, 10, 5, 8, 0, 0, TimeSpan.Zero)), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.That(words.Say(TextId.OncallNow, ("person", "Ann"), ("until", moment)), Does.EndWith(said));
    }

    /// <summary>What words go by: a moment, with its day or without, or a number.</summary>
    private static object Chooser(string place, int number) =>
        s_moments.Contains(place) ? new SpokenMoment($"<{place}>", NamesDay: number == 0) : number;

    /// <summary>A text with the names of its places in them, and numbers where words go by them.</summary>
    private static string Say(Wording words, TextId id, int number)
    {
        var text = Wording.Texts(words.Language)[Wording.NameOf(id)];
        return words.Say(id, [.. Wording.PlacesOf(text).Select(p => (p, text.Contains($"{{{p}|", StringComparison.Ordinal) ? Chooser(p, number) : $"<{p}>"))]);
    }
}
