using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace SagaOrchestrator.Messages;

/// <summary>
/// Starts a saga of any type, also of one whose plan is a document. Send it to the queue <c>orchestrator</c>, or post the data to
/// <c>/api/v1/sagas/{type}</c>.
/// </summary>
/// <remarks>
/// Idempotent by the business key in the data: the same data changes nothing. Other data under the same key, and data that the plan
/// refuses, are dead letters with their reason. One of a type that nobody knows is retried briefly and dead-lettered as an orphan (rule
/// S12).
/// </remarks>
/// <param name="SagaType">The plan's name; its newest version is used.</param>
/// <param name="Data">The data of the new saga: a JSON object as the plan takes it over REST.</param>
public sealed record StartSaga([Length(1, 200)] string SagaType, JsonElement Data);
