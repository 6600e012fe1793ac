using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Subot.Api.Access;
using Subot.Api.Asking;
using Subot.Api.Contracts;
using Subot.Api.SignIn;

namespace Subot.Api.Documenting;

/// <summary>What the document says of each route besides what its handler's signature says.</summary>
internal static class Operations
{
    private static readonly JsonSerializerOptions s_withoutNulls = new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What it is for, for whom, and what it answers to what it refuses.</summary>
    public static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, ApiOptions options, CancellationToken ct)
    {
        if (AccessTable.Find(context.Description.HttpMethod ?? "", "/" + context.Description.RelativePath) is not { } row)
            return;
        (operation.Summary, operation.Description) = (char.ToUpperInvariant(row.What[0]) + row.What[1..], $"For {AccessGate.Plural(row.Role)}.");
        foreach (var asked in context.Description.ParameterDescriptions)
        {
            if (QueryCheck.AttributeOf<OneOfAttribute>(asked) is { } oneOf && operation.Parameters?.FirstOrDefault(p => p.Name == asked.Name)?.Schema is OpenApiSchema schema)
                (schema.Items as OpenApiSchema ?? schema).Enum = Enum(oneOf.Words);
        }

        var document = context.Document!;
        document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, ct));
        (operation.Responses ??= [])["default"] = new OpenApiResponse
        {
            Description = "Refused: what is wrong, and what to send instead",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
        };
        operation.Security = [.. ((string[])[Session.Scheme, Session.BearerScheme]).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
        if (options.NeedsNobody(row.Role))
            operation.Security.Add([]);
    }

    /// <summary>Words that a text may be.</summary>
    public static List<JsonNode> Enum(IReadOnlyList<string> words) => [.. words.Select(w => (JsonNode)JsonValue.Create(w)!)];

    /// <summary>Says that some parameters, which other routes can do without, are needed here.</summary>
    public static TBuilder Needing<TBuilder>(this TBuilder route, params string[] names)
        where TBuilder : IEndpointConventionBuilder => route.Saying(operation =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => names.Contains(p.Name)))
                (parameter.Required, parameter.Description) = (true, parameter.Description?.Split(';')[0].TrimEnd('.') + "; needed here.");
        });

    /// <summary>Shows a body that is accepted.</summary>
    public static TBuilder Showing<TBuilder, TBody>(this TBuilder route, TBody body)
        where TBuilder : IEndpointConventionBuilder => route.Saying(operation =>
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
                content.Example = JsonSerializer.SerializeToNode(body, s_withoutNulls);
        });

    /// <summary>Says that the answer has the tag of a version.</summary>
    public static TBuilder AnsweringTag<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.Saying(operation =>
        {
            foreach (var answer in (operation.Responses ?? []).Where(r => r.Key.StartsWith('2')).Select(r => r.Value).OfType<OpenApiResponse>())
                (answer.Headers ??= new Dictionary<string, IOpenApiHeader>())["ETag"] = new OpenApiHeader { Description = "The version of the settings, which If-Match names.", Schema = Text() };
        });

    /// <summary>Says that the tag of the version that was read has to be sent.</summary>
    public static TBuilder NeedingTag<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.Saying(operation => (operation.Parameters ??= []).Add(
            new OpenApiParameter { Name = "If-Match", In = ParameterLocation.Header, Required = true, Description = "The ETag of the settings that were read and changed.", Schema = Text() }));

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static TBuilder Saying<TBuilder>(this TBuilder route, Action<OpenApiOperation> say)
        where TBuilder : IEndpointConventionBuilder => route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            say(operation);
            return Task.CompletedTask;
        });
}
