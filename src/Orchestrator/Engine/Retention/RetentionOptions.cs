using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messaging.Postgres.Retention;

namespace SagaOrchestrator.Engine.Retention;

/// <summary>How long the orchestrator keeps what (rule S31). Bound from the configuration section <c>Retention</c>.</summary>
public sealed record RetentionOptions
{
    private static readonly TimeSpan Runs = TimeSpan.FromDays(7);

    /// <summary>How often to clean up.</summary>
    [Range(typeof(TimeSpan), "1s", "30d")]
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Ids of handled messages.</summary>
    [Range(typeof(TimeSpan), "1d", "3650d")]
    public TimeSpan Inbox { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Ended sagas, with their history and what operators did; ended bulk jobs, alarms that are over, ended deliveries of webhooks,
    /// and dead letters that were redriven, discarded or found gone. A day at least: no message may outlive its saga (rule S30).
    /// </summary>
    [Range(typeof(TimeSpan), "1d", "36500d")]
    public TimeSpan Sagas { get; init; } = TimeSpan.FromDays(90);

    internal IReadOnlyList<RetentionRule> Rules(string schema) =>
        [
            RetentionRule.Inbox(schema, Inbox),
            new("ended sagas", Sagas, $"select {schema}.clean_up_sagas($1, $2)"),
            new(
                "alarms that are over",
                Sagas,
                $"delete from {schema}.alarm where id in (select id from {schema}.alarm where cleared_at < now() - $1 limit $2)"
            ),
            new("refused actions", Sagas, $"select {schema}.clean_up_refused_actions($1, $2)"),
            new("ended bulk jobs", Sagas, $"select {schema}.clean_up_bulk_jobs($1, $2)"),
            new("ended dead letters", Sagas, $"select {schema}.clean_up_dead_letters($1, $2)"),
            new(
                "ended deliveries of webhooks",
                Sagas,
                $"""
                delete from {schema}.webhook_delivery where (webhook_id, number) in (
                    select webhook_id, number from {schema}.webhook_delivery where ended_at < now() - $1 limit $2)
                """
            ),
            new(
                "findings of the auditor that are over",
                Sagas,
                $"""
                delete from {schema}.audit_finding where id in (
                    select id from {schema}.audit_finding where ended_at < now() - $1 limit $2)
                """
            ),
            new(
                "runs of the auditor",
                Sagas < Runs ? Sagas : Runs,
                $"""
                delete from {schema}.audit_run where number in (
                    select number from {schema}.audit_run where ended_at < now() - $1 limit $2)
                """
            ),
            new("events of webhooks", Sagas, $"select {schema}.clean_up_webhook_events($1, $2)"),
        ];
}
