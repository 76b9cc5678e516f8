namespace SagaOrchestrator.Http.Answers;

/// <summary>Each route that takes GET takes HEAD too, and answers it with the same status and headers.</summary>
internal static class HeadOfGet
{
    /// <returns>Whether the route takes GET.</returns>
    public static bool Add(RouteEndpointBuilder route)
    {
        var index = route.Metadata.ToList().FindLastIndex(item => item is IHttpMethodMetadata);
        if (
            index < 0
            || route.Metadata[index] is not IHttpMethodMetadata { HttpMethods: var methods }
            || !methods.Contains(HttpMethods.Get)
        )
        {
            return false;
        }

        route.Metadata[index] = new HttpMethodMetadata(methods.Append(HttpMethods.Head).Distinct(StringComparer.Ordinal));
        return true;
    }
}
