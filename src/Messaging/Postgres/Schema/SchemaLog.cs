using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

internal static partial class SchemaLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The schema '{Schema}' is newer than this program, which does not know {Scripts}. That is so while a newer release is "
            + "rolled out; finish it, or take this program out of service."
    )]
    public static partial void Newer(ILogger log, string schema, string scripts);
}
