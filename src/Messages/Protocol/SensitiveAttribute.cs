using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages;

/// <summary>
/// Marks a member of a start, a command, a result or a signal's data whose value is not to be read by everybody: it is encrypted wherever
/// it is kept or sent. On the type of a start it names whom the data is about.
/// <code>
/// [Sensitive(Subject = nameof(CustomerId))]
/// public sealed record StartOrder([property: Key] string OrderId, string CustomerId, [Sensitive] string Name);
/// </code>
/// </summary>
/// <remarks>
/// A marked member must have an empty value, which stands for one that was forgotten: it is a text, a list, a map, or nullable.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class)]
public sealed class SensitiveAttribute() : DataTypeAttribute(Mark)
{
    private const string Mark = "sensitive";

    /// <summary>
    /// The member of the start that says whom the data is about, for example a customer's id. All values of one subject have one key, which
    /// can be deleted. Without a subject they have the system's.
    /// </summary>
    public string? Subject { get; init; }
}
