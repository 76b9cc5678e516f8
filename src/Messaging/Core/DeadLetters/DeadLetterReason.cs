using System.Runtime.Serialization;
using System.Text.Json;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>The words that the header <c>dead-letter-reason</c> can hold.</summary>
public static class DeadLetterReason
{
    /// <summary>The body is not what its content type or message type says.</summary>
    public const string Malformed = "malformed";

    /// <summary>Nobody at this queue handles that message type.</summary>
    public const string UnknownMessageType = "unknown-message-type";

    /// <summary>The message is for something that does not exist.</summary>
    public const string Orphan = "orphan";

    /// <summary>A reply to a command that its sender was not sent.</summary>
    public const string Forged = "forged";

    /// <summary>A start under a business key that another saga with other data has.</summary>
    public const string Conflict = "conflict";

    /// <summary>A start whose data is not valid.</summary>
    public const string Invalid = "invalid";

    /// <summary>Another message with the same id was handled before.</summary>
    public const string ReusedId = "message-id-reused";

    /// <summary>A value that is marked as sensitive came unencrypted, to a service that has the keys.</summary>
    public const string Plain = "plain";

    /// <summary>The saga cannot keep so much.</summary>
    public const string LimitExceeded = "limit-exceeded";

    /// <summary>The message was requeued too often.</summary>
    public const string DeliveryLimit = "delivery-limit";

    /// <summary>Somebody took it from its queue and rejected it, for example in the console. The broker moved it.</summary>
    public const string Rejected = "rejected";

    /// <summary>It stayed in its queue longer than its sender, or a policy, allows. The broker moved it.</summary>
    public const string Expired = "expired";

    /// <summary>Its queue held more than a policy allows. The broker moved it.</summary>
    public const string Overflow = "overflow";

    /// <summary>The handler threw, time and again.</summary>
    public const string HandlerFailed = "handler-failed";

    /// <summary>The reason, and the exception that tells it best.</summary>
    internal static (string Reason, Exception Cause) Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusedMessageException refused)
            {
                return (refused.Reason, refused);
            }

            if (cause is StoredDataException)
            {
                return (HandlerFailed, cause);
            }

            if (cause is SerializationException or JsonException)
            {
                return (Malformed, exception.GetBaseException());
            }
        }

        return (HandlerFailed, exception);
    }
}
