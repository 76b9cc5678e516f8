using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// Compresses what is read, where the caller takes that: lists, exports, diagrams, the description. The host's own compression is not
/// touched, and what it has compressed is left as it is.
/// </summary>
internal static class Compression
{
    public static RequestDelegate Around(RequestDelegate route, IServiceProvider services) =>
        new ResponseCompressionMiddleware(route, new OfReads(services)).Invoke;

    private sealed class OfReads(IServiceProvider services) : ResponseCompressionProvider(services, Options.Create(Chosen))
    {
        private const int Smallest = 1024;

        // A caller shows who he is in a header that no page in a browser sends unasked. So what is secret and what a stranger wrote are not
        // compressed together on a stranger's request, and HTTPS gives nothing away.
        private static ResponseCompressionOptions Chosen { get; } = Make();

        // A strong tag says that not a byte differs, and compressed bytes do. Events must not wait for one another.
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength is null or >= Smallest
            && !context.Response.Headers.ETag.ToString().StartsWith('"')
            && base.ShouldCompressResponse(context);

        private static ResponseCompressionOptions Make()
        {
            var options = new ResponseCompressionOptions
            {
                EnableForHttps = true,
                MimeTypes = [ApiRoute.Json, "text/csv", "image/svg+xml", "text/vnd.mermaid", "text/html"],
            };
            options.Providers.Add(new BrotliCompressionProvider(new BrotliCompressionProviderOptions { Level = CompressionLevel.Fastest }));
            options.Providers.Add(new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));
            return options;
        }
    }
}
