namespace SagaOrchestrator.Http.Access;

internal static class AccessServices
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = AccessSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<AccessGate>();
        if (settings.Authority is not { } authority)
        {
            return;
        }

        services
            .AddAuthentication()
            .AddJwtBearer(
                AccessGate.Scheme,
                bearer =>
                {
                    bearer.Authority = authority;
                    bearer.Audience = settings.Audience;
                    bearer.RequireHttpsMetadata = !new Uri(authority).IsLoopback;
                    bearer.MapInboundClaims = false;
                    var valid = bearer.TokenValidationParameters;
                    (valid.RequireSignedTokens, valid.RequireExpirationTime, valid.RequireAudience, valid.ClockSkew) = (
                        true,
                        true,
                        true,
                        ClockSkew
                    );
                }
            );
    }
}
