using System.Net;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>A backup without the keys is restored: nobody has forgotten anybody.</summary>
public sealed class When_a_key_is_lost
{
    private const string Name = "Emmy Noether";

    [Test]
    public async Task Should_wait_for_the_key_and_go_on_when_it_is_restored()
    {
        await using var system = await MarkedSystem.Start();
        var saga = await system.StartOrder("lost-1", "l-1", Name);
        await system.IsApprovedNext(saga);
        var id = await system.Sandbox.Query<string>("select id from orchestrator.subject_key where subject = 'l-1'");
        await system.Sandbox.Execute("create table kept as select * from orchestrator.subject_key; delete from orchestrator.subject_key");

        await system.Approve(saga, "Charles Babbage");
        var answer = await system.Api.GetAsync($"/api/v1/subject-keys/{id}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("type").GetString()!.ShouldEndWith("unknown-subject-key");

        await system.Sandbox.Execute("insert into orchestrator.subject_key select * from kept");
        await system.Waits(saga, "Completed");
        ((Ship)WhatWasRead.Commands["lost-1/Ship"]).Name.ShouldBe(Name);
    }
}
