using System.Globalization;

namespace SagaOrchestrator.Http.Problems;

/// <summary>
/// Paths of the API as the caller of a request sees them: with the host's path base and the prefix under which the API is mapped.
/// </summary>
/// <param name="Base">What stands before <see cref="Routes.Api"/>; empty when nothing does.</param>
/// <param name="Prefix">The same without the host's path base.</param>
internal readonly record struct ApiPaths(string Base, PathString Prefix)
{
    public static ApiPaths Of(HttpContext http)
    {
        var segments = http.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>()?.PrefixSegments ?? 0;
        var prefix = new PathString(
            string.Concat((http.Request.Path.Value ?? string.Empty).Split('/').Skip(1).Take(segments).Select(segment => "/" + segment))
        );
        return new ApiPaths(http.Request.PathBase.Add(prefix).ToUriComponent(), prefix);
    }

    public string Sagas => Base + Routes.Sagas;

    public string Contract => Base + Routes.Contract;

    public string DeadLetters => Base + Routes.DeadLetters;

    public string DeadLetter(Guid id) => $"{DeadLetters}/{id}";

    public string Saga(Guid id) => $"{Sagas}/{id}";

    public string BulkJob(Guid id) => $"{Base}{Routes.BulkJobs}/{id}";

    public string Webhook(Guid id) => $"{Base}{Routes.Webhooks}/{id}";

    public string Plans => Base + Routes.Plans;

    public string Plan(string type, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Plans}/{Uri.EscapeDataString(type)}/{version}");

    public string PlanDocuments => Base + Routes.PlanDocuments;

    public string PlanDocument(string type, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{PlanDocuments}/{Uri.EscapeDataString(type)}/{version}");

    public string History(Guid id) => $"{Sagas}/{id}/history";

    public string Explain(Guid id) => $"{Sagas}/{id}/explain";

    public string Diagram(Guid id) => $"{Sagas}/{id}/diagram";
}
