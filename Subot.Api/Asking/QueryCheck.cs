using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Subot.Api.Answers;
using Subot.Hosting;

namespace Subot.Api.Asking;

/// <summary>
/// Refuses what a route of /v2 does not ask for: a parameter that is misspelt would be overlooked, and the answer be one to another
/// question. The routes of the first Subot are left alone, for old frontends may send anything.
/// </summary>
internal static class QueryCheck
{
    private const int MostTold = 20;

    public static void UseQueryCheck(this WebApplication app)
    {
        // The routes are known when the first request comes.
        var routes = new Lazy<Dictionary<string, Parameter[]>>(() => Routes(app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()));
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is RouteEndpoint endpoint
                && routes.Value.TryGetValue(Named(context.Request.Method.ToUpperInvariant(), endpoint.RoutePattern.RawText), out var parameters)
                && Problems(context.Request.Query, parameters) is { Count: > 0 } problems)
                throw RefusedException.Bad(problems);
            return next(context);
        });
    }

    /// <summary>The attribute of a parameter, or of the property that it is; null if it has none.</summary>
    public static T? AttributeOf<T>(ApiParameterDescription parameter)
        where T : Attribute => (parameter.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.GetCustomAttribute<T>();

    /// <summary>What the routes themselves say that they read.</summary>
    private static Dictionary<string, Parameter[]> Routes(IApiDescriptionGroupCollectionProvider descriptions) => descriptions.ApiDescriptionGroups.Items
        .SelectMany(group => group.Items)
        .Where(route => route.RelativePath?.StartsWith("v2/", StringComparison.Ordinal) is true)
        .ToDictionary(
            route => Named(route.HttpMethod, "/" + route.RelativePath),
            route => route.ParameterDescriptions.Where(p => p.Source == BindingSource.Query)
                .Select(p => new Parameter(p.Name, p.IsRequired, p.Type.IsArray, (Nullable.GetUnderlyingType(p.Type) ?? p.Type) == typeof(int), AttributeOf<DescriptionAttribute>(p)?.Description ?? "")).ToArray());

    private static string Named(string? method, string? path) => $"{method} {path}";

    private static List<string> Problems(IQueryCollection query, Parameter[] parameters)
    {
        List<string> problems = [];
        string[] names = [.. parameters.Select(p => p.Name)];
        List<string> unknown = [.. query.Keys.Except(names, StringComparer.OrdinalIgnoreCase)];
        problems.AddRange(unknown.Take(MostTold).Select(name => names.Length == 0
            ? $"There is no parameter {Quoted.Of(name)}; this route has none."
            : $"There is no parameter {Quoted.Of(name)}; {DidYouMean.Hint(name, names)}"));
        if (unknown.Count > MostTold)
            problems.Add($"There are {unknown.Count - MostTold} more that there are not.");
        problems.AddRange(parameters.Select(p => Problem(query, p)).OfType<string>());
        return problems;
    }

    private static string? Problem(IQueryCollection query, Parameter parameter)
    {
        var values = query[parameter.Name];
        if (values.Count == 0)
            return parameter.IsNeeded ? $"{parameter.Name} is missing. {parameter.What}" : null;
        if (values.Count > 1 && !parameter.IsList)
            return $"{parameter.Name}: it is given {values.Count} times; give it once.";
        if (parameter.IsNumber && values[0] is var text && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            return $"{parameter.Name}: {Quoted.Of(text)} cannot be read as a whole number. {parameter.What}";
        return null;
    }

    /// <summary>A parameter of a route.</summary>
    /// <param name="What">What it says, a sentence.</param>
    private sealed record Parameter(string Name, bool IsNeeded, bool IsList, bool IsNumber, string What);
}
