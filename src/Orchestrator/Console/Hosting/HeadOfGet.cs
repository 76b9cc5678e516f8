namespace SagaOrchestrator.Console.Hosting;

/// <summary>Each path that takes GET takes HEAD too, and answers it with the same status and headers.</summary>
internal static class HeadOfGet
{
    public static void Add(EndpointBuilder endpoint)
    {
        var index = endpoint.Metadata.ToList().FindLastIndex(item => item is IHttpMethodMetadata);
        if (index >= 0 && endpoint.Metadata[index] is IHttpMethodMetadata { HttpMethods: var methods } && methods.Contains(HttpMethods.Get))
        {
            endpoint.Metadata[index] = new HttpMethodMetadata(methods.Append(HttpMethods.Head).Distinct(StringComparer.Ordinal));
        }
    }
}
