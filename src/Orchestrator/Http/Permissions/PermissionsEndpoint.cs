using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Permissions;

/// <summary>What the caller may do, and whom to ask for the rest.</summary>
internal static class PermissionsEndpoint
{
    private static readonly (SagaRole Role, string Does)[] Roles =
    [
        (SagaRole.Read, "See sagas, lists, statistics, outcomes, participants, dead letters and what operators did."),
        (SagaRole.Start, "Start sagas, and signal them."),
        (
            SagaRole.Operate,
            "Retry, skip, resolve, pause, resume, extend and cancel sagas, one by one or by bulk jobs; set breakers; redrive and discard "
                + "dead letters; test webhooks, and redeliver what they were to get. May read too."
        ),
        (SagaRole.Sensitive, "See what is encrypted of a saga, which is noted."),
        (SagaRole.Keys, "Get the wrapped keys of subjects, as a participant that has the ring of keys."),
        (SagaRole.Administer, "Everything."),
    ];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", (HttpContext http, AccessSettings settings) => ApiJson.Answer(Of(Caller.Of(http), settings)))
            .WithName("getPermissions")
            .WithSummary("What the caller may do, and whom to ask for the rest")
            .Produces<CallerPermissions>();

    private static CallerPermissions Of(Caller caller, AccessSettings settings) =>
        new(
            caller.Name,
            [.. Roles.Select(one => new Permission(Caller.Word(one.Role), one.Does, caller.May(one.Role, null)))],
            [.. caller.StartableTypes],
            settings switch
            {
                { IsConfigured: false } => "Nobody has to say who he is here.",
                { Authority: { } issuer } => $"Whoever gives roles at {issuer} gives them.",
                _ => "Whoever sets the keys of this API gives them.",
            }
        );
}

/// <summary>What a caller may do.</summary>
/// <param name="Name">As which the API knows him; null where nobody has to say who he is.</param>
/// <param name="Roles">Each role, and whether he has it or one that holds it.</param>
/// <param name="StartableTypes">The saga types that he may start, beside those that the role start lets him.</param>
/// <param name="Rest">Whom to ask for the others.</param>
internal sealed record CallerPermissions(string? Name, IReadOnlyList<Permission> Roles, IReadOnlyList<string> StartableTypes, string Rest);

/// <summary>One role.</summary>
/// <param name="Role">Its word.</param>
/// <param name="Does">What it lets somebody do.</param>
/// <param name="May">Whether the caller may.</param>
internal sealed record Permission(string Role, string Does, bool May);
