using System.Text;
using Npgsql;

namespace SagaOrchestrator.Http.Problems;

/// <summary>
/// An exception for the log: its types and where it was thrown, without its message. Messages quote what was read, and that may be a
/// secret; type, place and SQLSTATE are enough to find the fault.
/// </summary>
internal static class FailureText
{
    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        for (var each = exception; each is not null; each = each.InnerException)
        {
            text.Append(text.Length == 0 ? string.Empty : " <- ").Append(each.GetType().Name);
            if (each is PostgresException postgres)
            {
                text.Append(' ').Append(postgres.SqlState);
            }
        }

        return text.AppendLine().Append(exception.StackTrace).ToString();
    }
}
