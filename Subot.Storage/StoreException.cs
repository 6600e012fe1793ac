namespace Subot.Storage;

/// <summary>The store cannot do what was asked; nothing of it was done. The message says what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>A problem of the store.</summary>
    /// <param name="mayPass">It may go away by itself (a full disk, a lock): trying again makes sense.</param>
    public StoreException(string message, bool mayPass, Exception? inner = null)
        : base(message, inner) => MayPass = mayPass;

    /// <summary>Whether trying again makes sense.</summary>
    public bool MayPass { get; }
}
