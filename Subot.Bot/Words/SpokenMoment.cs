namespace Subot.Bot.Words;

/// <summary>
/// A moment as people say it. What stands before it may depend on whether it names a day: a text chooses with <c>{until|à|au}</c>, the
/// first for a mere time of day.
/// </summary>
internal readonly record struct SpokenMoment(string Text, bool NamesDay)
{
    public override string ToString() => Text;
}
