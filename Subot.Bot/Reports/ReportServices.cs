using Microsoft.Extensions.DependencyInjection;
using Subot.Bot.CatchingUp;
using Subot.Bot.Scheduling;

namespace Subot.Bot.Reports;

/// <summary>Puts the reports together.</summary>
internal static class ReportServices
{
    public static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton<IsBehind>(p => p.GetRequiredService<CatchUpService>().IsBehindOn);
        services.AddSingleton<ReportReader>();
        services.AddSingleton<ReportOnCall>();
        services.AddSingleton<ReportWriter>();
        services.AddSingleton<ReportPictures>();
        services.AddSingleton<ReportComposer>();
        services.AddSingleton<ReportPreview>();
        services.AddSingleton<ISchedule, ReportSchedule>();
    }
}
