using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Subot.Tests.Api.SignIn;

/// <summary>An issuer that signs whatever a test wants it to. Who comes is signed in at once, as the person that it is told.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string ClientId = "subot";
    public const string Secret = "a secret of the client that is long enough to sign with";

    private readonly WebApplication _app = LoopbackApp.Build(null);
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new();

    /// <summary>As it calls itself.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The groups of whoever signs in.</summary>
    public string[] Groups { get; set; } = ["engprod"];

    /// <summary>What the API asked when it sent somebody here last.</summary>
    public IQueryCollection Asked { get; private set; } = QueryCollection.Empty;

    /// <summary>What the API asked for a token last.</summary>
    public IFormCollection AskedForToken { get; private set; } = FormCollection.Empty;

    /// <summary>Makes the id token of a nonce another one.</summary>
    public Func<JsonObject, string>? IdToken { get; set; }

    public static async Task<FakeIssuer> StartAsync()
    {
        var issuer = new FakeIssuer();
        issuer.Map();
        await issuer._app.StartAsync();
        issuer.Url = $"http://localhost:{LoopbackApp.AddressOf(issuer._app).Port}";
        return issuer;
    }

    /// <summary>What the API has to know of it.</summary>
    public Dictionary<string, string> Parameters() => new()
    {
        ["DEX_ISSUER_URL"] = Url,
        ["DEX_CLIENT_ID"] = ClientId,
        ["DEX_SECRET"] = Secret,
        ["DEX_ADMIN_GROUP"] = "support-admins",
        ["DEX_AGENT_GROUP"] = "support-agents",
    };

    /// <summary>What a good token says.</summary>
    public JsonObject Claims(string subject = "alice") => new()
    {
        ["iss"] = Url,
        ["aud"] = ClientId,
        ["sub"] = subject,
        ["exp"] = Now(600),
        ["iat"] = Now(0),
        ["name"] = "Alice Martin",
        ["email"] = "alice@example.org",
        ["groups"] = new JsonArray([.. Groups.Select(g => (JsonNode)g)]),
    };

    /// <summary>Seconds since 1970, some seconds from now.</summary>
    public static long Now(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

    /// <summary>Signs with the issuer's key.</summary>
    public string Sign(JsonObject claims) => Sign(claims, new SigningCredentials(Key(_key), "RS256"));

    /// <summary>Signs with a key that only calls itself the issuer's.</summary>
    public static string SignWithOtherKey(JsonObject claims)
    {
        using var other = RSA.Create(2048);
        return Sign(claims, new SigningCredentials(Key(other), "RS256"));
    }

    /// <summary>Signs with the client's secret, which others of its owners know as well.</summary>
    public static string SignWithSecret(JsonObject claims) =>
        Sign(claims, new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)) { KeyId = "1" }, "HS256"));

    /// <summary>Does not sign.</summary>
    public static string NotSigned(JsonObject claims) =>
        $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.";

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string Sign(JsonObject claims, SigningCredentials credentials) =>
        new JsonWebTokenHandler().CreateToken(claims.ToJsonString(), credentials);

    private static RsaSecurityKey Key(RSA key) =>
        new(key) { KeyId = "1", CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = Url + "/authorize",
            ["token_endpoint"] = Url + "/token",
            ["jwks_uri"] = Url + "/keys",
            ["userinfo_endpoint"] = Url + "/userinfo",
        }));
        var key = _key.ExportParameters(includePrivateParameters: false);
        var keys = new { keys = new[] { new { kty = "RSA", use = "sig", kid = "1", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
        _app.MapGet("/keys", () => Results.Text(JsonSerializer.Serialize(keys), "application/json"));
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            Asked = request.Query;
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = request.Query;
            return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}");
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            AskedForToken = await request.ReadFormAsync();
            if (!_codes.TryRemove(AskedForToken["code"].ToString(), out var asked))
                return Results.Json(new Dictionary<string, string> { ["error"] = "invalid_grant" }, statusCode: 400);
            var claims = Claims();
            claims["nonce"] = asked["nonce"].ToString();
            return Results.Json(new Dictionary<string, object> { ["access_token"] = "opaque", ["token_type"] = "Bearer", ["expires_in"] = 600, ["id_token"] = IdToken?.Invoke(claims) ?? Sign(claims) });
        });
        _app.MapGet("/userinfo", () => Results.Text($$"""{"sub":"alice","preferred_username":"alice.m"}""", "application/json"));
    }
}
