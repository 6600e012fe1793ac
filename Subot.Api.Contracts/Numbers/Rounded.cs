namespace Subot.Api.Contracts.Numbers;

/// <summary>What is divided is rounded: its last digits tell of the machine.</summary>
public static class Rounded
{
    /// <summary>Six digits after the point.</summary>
    public static double? To6(double? value) => value is { } known ? Math.Round(known, 6) : null;
}
