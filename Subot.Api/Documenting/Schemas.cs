using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Privacy;

namespace Subot.Api.Documenting;

/// <summary>What the document says of contracts besides what their types say.</summary>
internal static class Schemas
{
    private static readonly string[] s_oneOfBoth = ["person", "texts_before"];

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        if (OneOfAttribute.WordsOf(context.JsonPropertyInfo?.AttributeProvider) is { } words)
            schema.Enum = Operations.Enum(words);
        // That is for those who change the code.
        schema.Description = schema.Description?.Replace(" Stored: never renumber.", "", StringComparison.Ordinal);
        if (context.JsonTypeInfo.Type == typeof(ForgetWish) && context.JsonPropertyInfo is null)
            schema.OneOf = [.. s_oneOfBoth.Select(name => new OpenApiSchema { Required = new HashSet<string> { name } })];
        return Task.CompletedTask;
    }
}
