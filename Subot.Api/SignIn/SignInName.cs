namespace Subot.Api.SignIn;

/// <summary>The name that somebody types to sign in.</summary>
internal static class SignInName
{
    /// <summary>The longest that is asked for.</summary>
    public const int Longest = 256;

    /// <summary>Whether it can be one at all.</summary>
    public static bool CanBe(string name) => name.Length <= Longest && Fold(name).Length > 0 && !name.Any(char.IsControl);

    /// <summary>The name as directories compare it: without regard to case and to spaces around and between.</summary>
    public static string Fold(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}
