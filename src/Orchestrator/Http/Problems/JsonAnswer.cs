using System.Text.Json;
using SagaOrchestrator.Http.Conditional;

namespace SagaOrchestrator.Http.Problems;

/// <summary>An answer in JSON. One that was asked for with GET has an entity tag, and is not sent to those who have it already.</summary>
internal sealed class JsonAnswer<T>(T body, int status) : IResult, IStatusCodeHttpResult, IJsonAnswer
{
    private const string MediaType = "application/json; charset=utf-8";

    public int? StatusCode => status;

    public JsonElement Json => JsonSerializer.SerializeToElement(body, ApiJson.Options);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options);
        if (status == StatusCodes.Status200OK && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            var tag = response.Headers.ETag.Count > 0 ? response.Headers.ETag.ToString() : EntityTags.OfContent(bytes);
            response.Headers.ETag = tag;
            if (EntityTags.IsKnown(request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

/// <summary>An answer in JSON, whatever its type.</summary>
internal interface IJsonAnswer
{
    /// <summary>What it writes.</summary>
    JsonElement Json { get; }
}
