using System.Globalization;
using System.Text;
using Subot.Benchmarks.Store;

namespace Subot.Benchmarks.Http;

/// <summary>Random questions about the ten years, as whoever may only look asks them: the same every time for the same seed.</summary>
internal sealed class ApiQuestions(int seed)
{
    private static readonly string[] s_statuses = ["unresponded", "responded", "fixed", "expired"];

    private readonly Random _random = new(seed);

    /// <summary>The summary of 365 days within the first years.</summary>
    public string SummaryOfYear(int years) => $"/v2/summary?{Year(years)}{Filter()}";

    /// <summary>The numbers of each step of 365 days within the first years.</summary>
    public string SeriesOfYear(int years, string step) => $"/v2/series?step={step}&{Year(years)}{Filter()}";

    /// <summary>The summary of any calendar month of the ten years.</summary>
    public string SummaryOfMonth()
    {
        var month = FirstDay.AddMonths(_random.Next(120));
        return $"/v2/summary?{Days(month, month.AddMonths(1))}{Filter()}";
    }

    private static DateOnly FirstDay => DateOnly.FromDateTime(TenYears.Period.From.ToDateTimeOffset().Date);

    private string Year(int years)
    {
        var from = FirstDay.AddDays(_random.Next((years - 1) * 365));
        return Days(from, from.AddDays(365));
    }

    private static string Days(DateOnly from, DateOnly to) =>
        string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");

    /// <summary>Each filter with a third of the questions.</summary>
    private string Filter()
    {
        var filter = new StringBuilder();
        if (_random.Next(3) == 0)
            filter.Append("&channel=").Append(TenYears.Channels[_random.Next(TenYears.Channels.Count)].Value);
        if (_random.Next(3) == 0)
            filter.Append("&status=").Append(s_statuses[_random.Next(s_statuses.Length)]);
        if (_random.Next(3) == 0)
            filter.Append("&tool=").Append(TenYears.Tool(_random.Next())).Append("&tool=").Append(TenYears.Tool(_random.Next()));
        if (_random.Next(3) == 0)
            filter.Append("&label=").Append(TenYears.Label(_random.Next()));
        return filter.ToString();
    }
}
