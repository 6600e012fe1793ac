namespace Subot.Api.Answers;

/// <summary>A request is refused: the status, and what is wrong in sentences that say what to change.</summary>
internal sealed class RefusedException(int status, params IReadOnlyList<string> problems) : Exception(string.Join(' ', problems))
{
    public int Status { get; } = status;

    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>Something in the request is wrong.</summary>
    public static RefusedException Bad(params IReadOnlyList<string> problems) => new(StatusCodes.Status400BadRequest, problems);

    /// <summary>There is no such thing.</summary>
    public static RefusedException Missing(string what) => new(StatusCodes.Status404NotFound, what);
}
