using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SagaOrchestrator.Console.Hosting;

/// <summary>Style sheet, scripts and icon. They are in the assembly, so they are there however the host is built and started.</summary>
internal static class ConsoleAssets
{
    /// <summary>Where the console's addresses begin.</summary>
    public const string Root = "/console";

    private const string Prefix = "console/";
    private const string Folder = Root + "/assets/";
    private const string Immutable = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, Asset> All = typeof(ConsoleAssets)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(name), StringComparer.Ordinal);

    /// <summary>Where a page finds it. Another content is at another address, so that a browser may keep it.</summary>
    public static string Address(string name) => $"{Folder.TrimStart('/')}{name}?v={All[name].Version}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var asset = routes.MapGet(Folder + "{name}", (string name, HttpContext http) => Answer(name, http)).ExcludeFromDescription();
        ((IEndpointConventionBuilder)asset).Finally(HeadOfGet.Add);
    }

    private static IResult Answer(string name, HttpContext http)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        var isPacked = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        http.Response.Headers.CacheControl = Immutable;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (isPacked)
        {
            http.Response.Headers.ContentEncoding = "br";
        }

        return TypedResults.Bytes(isPacked ? asset.Packed : asset.Bytes, asset.ContentType);
    }

    private static Asset Read(string name)
    {
        using var resource = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return new Asset(bytes.ToArray(), TypeOf(name), Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..12]);
    }

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/javascript; charset=utf-8",
        };

    private sealed class Asset(byte[] bytes, string contentType, string version)
    {
        private readonly Lazy<byte[]> packed = new(() => Pack(bytes));

        public byte[] Bytes => bytes;

        public byte[] Packed => packed.Value;

        public string ContentType => contentType;

        public string Version => version;

        private static byte[] Pack(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, CompressionLevel.Optimal))
            {
                brotli.Write(bytes);
            }

            return target.ToArray();
        }
    }
}
