using System.Data.Common;
using System.Net.Sockets;

namespace SagaOrchestrator.Telemetry;

/// <summary>
/// What a program's settings or surroundings lack is one line on standard error and the exit status 1; a stack trace would hide it.
/// </summary>
public static class Complaint
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">Returns the exit status.</param>
    public static async Task<int> InOneLine(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or ArgumentException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or HttpRequestException
                        or SocketException
                        or DbException
            )
        {
            await Console.Error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
    }
}
