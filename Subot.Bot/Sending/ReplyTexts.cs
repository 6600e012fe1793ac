namespace Subot.Bot.Sending;

/// <summary>The bot's words, in the languages it speaks.</summary>
internal sealed class ReplyTexts(string language)
{
    private readonly bool _french = language == "fr";

    /// <summary>The first reply to a request.</summary>
    public string Thanks => _french
        ? "Merci pour votre message, l'équipe va vous répondre dans ce fil :slightly_smiling_face:"
        : "Thanks for your message! The team will answer in this thread :slightly_smiling_face:";

    /// <summary>The first reply to somebody who opened another request a moment ago.</summary>
    public string KeepToThreads => _french
        ? "Merci de regrouper vos messages dans un même fil : cela nous aide à ne rien oublier :thread:"
        : "Please keep to one thread for one matter: it helps us not to miss anything :thread:";
}
