using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Subot.Api.SignIn;

/// <summary>Sign-in of people at an issuer of OpenID Connect, by code flow.</summary>
internal static class IssuerSetup
{
    /// <summary>The scheme of people.</summary>
    public const string Scheme = "issuer";

    // Those with a public key: with a shared one the API's own secret, or the issuer's public key, could sign.
    private static readonly string[] s_algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void AddIssuer(this AuthenticationBuilder authentication, IssuerOptions issuer, ApiOptions api) =>
        authentication.AddOpenIdConnect(Scheme, oidc => Configure(oidc, issuer, api.PublicUrl));

    private static void Configure(OpenIdConnectOptions oidc, IssuerOptions issuer, Uri publicUrl)
    {
        oidc.Authority = issuer.Url;
        oidc.RequireHttpsMetadata = issuer.IsSecure;
        oidc.ClientId = issuer.ClientId;
        oidc.ClientSecret = issuer.Secret;
        oidc.SignInScheme = Session.Scheme;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // By the address, not by a form of the issuer's page: cookies that come with that would have to be SameSite=None.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.CallbackPath = "/auth/callback";
        oidc.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", "email", "groups" })
            oidc.Scope.Add(scope);
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.ClaimActions.Clear();
        foreach (var claim in new[] { "name", "email", "preferred_username", "groups" })
            oidc.ClaimActions.MapJsonKey(claim, claim);
        oidc.DisableTelemetry = true;
        oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
        oidc.TokenValidationParameters = Validation(issuer);
        foreach (var cookie in new[] { oidc.NonceCookie, oidc.CorrelationCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = SessionSetup.SecureAt(publicUrl);
            cookie.Path = publicUrl.AbsolutePath + "auth/callback";
        }

        oidc.Events.OnRedirectToIdentityProvider = redirect =>
        {
            // A proxy may have passed the request on, so that its own address is not the one that people see.
            redirect.ProtocolMessage.RedirectUri = publicUrl.AbsoluteUri + "auth/callback";
            return Task.CompletedTask;
        };
        // The library takes an id token without signature when the issuer itself handed it over.
        oidc.Events.OnTokenValidated = validated =>
        {
            if (!s_algorithms.Contains(validated.SecurityToken.Header.Alg))
                validated.Fail("The id token is not signed.");
            return Task.CompletedTask;
        };
        oidc.Events.OnTicketReceived = BeginAsync;
        oidc.Events.OnRemoteFailure = RefuseAsync;
    }

    /// <summary>What every token has to be like.</summary>
    public static TokenValidationParameters Validation(IssuerOptions issuer) => new()
    {
        ValidIssuer = issuer.Url,
        ValidAudience = issuer.ClientId,
        ValidAlgorithms = s_algorithms,
        ValidateIssuerSigningKey = true,
        ClockSkew = TimeSpan.FromMinutes(1),
    };

    /// <summary>Makes a session of what the issuer says, or none.</summary>
    private static async Task BeginAsync(TicketReceivedContext ticket)
    {
        var services = ticket.HttpContext.RequestServices;
        var (log, address) = (services.GetRequiredService<SignInLog>(), ticket.HttpContext.Connection.RemoteIpAddress);
        var person = PersonOf(ticket.Principal!);
        if (services.GetRequiredService<SignInOptions>().Roles.Of(person.Groups) is not { } role)
        {
            log.NoGroup(person.Id, address);
            ticket.HandleResponse();
            await ShowAsync(ticket.HttpContext, ticket.ReturnUri, Refusals.NoGroup, StatusCodes.Status401Unauthorized);
            return;
        }

        var until = services.GetRequiredService<TimeProvider>().GetUtcNow() + Session.Longest;
        ticket.Principal = Session.Begin(person, role, until, Session.Scheme);
        ticket.Properties = new AuthenticationProperties { ExpiresUtc = until };
        log.SignedIn("issuer", person.Id, role.ToString(), address);
    }

    private static Task RefuseAsync(RemoteFailureContext failure)
    {
        failure.HandleResponse();
        failure.HttpContext.RequestServices.GetRequiredService<SignInLog>().BadCallback(
            failure.HttpContext.Connection.RemoteIpAddress, Printable(failure.Failure?.Message ?? ""));
        return ShowAsync(failure.HttpContext, failure.Properties?.RedirectUri, "This sign-in cannot be completed: it was not begun in this browser, took too long, was completed before, or was refused. Begin anew.", StatusCodes.Status400BadRequest);
    }

    private static Task ShowAsync(HttpContext context, string? returnTo, string why, int status)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<SignInPage>().Show(context, services.GetRequiredService<ReturnAddress>().Of(returnTo), why, status).ExecuteAsync(context);
    }

    /// <summary>Who a token is about.</summary>
    public static Person PersonOf(ClaimsPrincipal user)
    {
        string Value(string claim) => user.FindFirstValue(claim) ?? "";
        return new Person(
            Value("sub"), Value("sub"), Value("preferred_username"), Value("name"), Value("email"), [.. user.FindAll("groups").Select(g => g.Value).Where(g => g.Length > 0).Distinct()]);
    }

    /// <summary>Some of it is what strangers sent.</summary>
    private static string Printable(string text) => string.Concat(text.Take(500).Select(c => char.IsControl(c) ? ' ' : c));
}
