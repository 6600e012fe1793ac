using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Subot.Api.SignIn;

/// <summary>Programs show a token of the issuer's with each request.</summary>
internal static class BearerSetup
{
    public static void AddBearer(this AuthenticationBuilder authentication, IssuerOptions issuer) => authentication.AddJwtBearer(Session.BearerScheme, bearer =>
    {
        bearer.Authority = issuer.Url;
        bearer.RequireHttpsMetadata = issuer.IsSecure;
        bearer.MapInboundClaims = false;
        bearer.BackchannelTimeout = TimeSpan.FromSeconds(10);
        bearer.TokenValidationParameters = IssuerSetup.Validation(issuer);
        bearer.Events = new JwtBearerEvents { OnTokenValidated = ReadAsync };
    });

    private static Task ReadAsync(TokenValidatedContext validated)
    {
        var person = IssuerSetup.PersonOf(validated.Principal!);
        if (validated.HttpContext.RequestServices.GetRequiredService<SignInOptions>().Roles.Of(person.Groups) is not { } role)
        {
            validated.Fail($"{person.Id} is in no group that may.");
            return Task.CompletedTask;
        }

        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(validated.Principal!.FindFirstValue("exp")!, CultureInfo.InvariantCulture));
        validated.Principal = Session.Begin(person, role, until, Session.BearerScheme);
        return Task.CompletedTask;
    }
}
