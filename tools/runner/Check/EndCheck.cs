namespace SagaOrchestrator.Runner.Check;

/// <summary>What must hold when every order has ended. Pure.</summary>
internal static class EndCheck
{
    public static IReadOnlyList<CheckResult> Run(Evidence evidence) =>
        [
            .. evidence.Unreadable.Count == 0 ? Array.Empty<CheckResult>() : [Check("every saga can be read", evidence.Unreadable)],
            Check("every saga ended Completed or Failed", Ended(evidence)),
            .. evidence.Products is { } products
                ?
                [
                    Check("no stock below zero", Negative(products)),
                    Check("initial stock = available + reserved by completed orders", Stock(evidence, products)),
                ]
                : Array.Empty<CheckResult>(),
            .. evidence.Money is { } money
                ? [Check("money charged - refunded = total of completed orders", Money(evidence, money))]
                : Array.Empty<CheckResult>(),
            Check("completed sagas: every step done, none undone", Completed(evidence)),
            Check("failed sagas: every effect undone, in reverse order of start", [.. Failed(evidence), .. LeftStanding(evidence)]),
            .. evidence.Answers is { } answers
                ?
                [
                    Check(
                        "participants of others, when asked: all done of completed sagas, nothing of failed ones",
                        Answers(evidence, answers)
                    ),
                ]
                : Array.Empty<CheckResult>(),
            Check("outboxes empty", NotEmpty(evidence.Outboxes)),
            .. evidence.Queues is { } queues
                ? [Check("dead-letter queues, unrouted and all other queues empty", NotEmpty(queues))]
                : Array.Empty<CheckResult>(),
        ];

    private static CheckResult Check(string name, IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        return new CheckResult(name, all);
    }

    private static IEnumerable<string> Ended(Evidence evidence) =>
        evidence
            .Sagas.Where(saga => saga.State is not ("Completed" or "Failed"))
            .Select(saga => $"saga {saga.Id} ({saga.BusinessKey}) is {saga.State}");

    private static IEnumerable<string> Negative(IReadOnlyList<ProductFact> products) =>
        products
            .Where(product => product.Available < 0 || product.Reserved < 0)
            .Select(product => $"product {product.ProductId}: available {product.Available}, reserved {product.Reserved}");

    private static IEnumerable<string> Stock(Evidence evidence, IReadOnlyList<ProductFact> products)
    {
        var ordered = evidence
            .Sagas.Where(saga => saga.State == "Completed")
            .SelectMany(saga => saga.Lines)
            .GroupBy(line => line.ProductId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity), StringComparer.Ordinal);
        return products
            .Where(product =>
                product.Initial != product.Available + ordered.GetValueOrDefault(product.ProductId)
                || product.Reserved != ordered.GetValueOrDefault(product.ProductId)
            )
            .Select(product =>
                $"product {product.ProductId}: initial {product.Initial}, available {product.Available}, reserved {product.Reserved}, "
                + $"in completed orders {ordered.GetValueOrDefault(product.ProductId)}"
            );
    }

    private static IEnumerable<string> Money(Evidence evidence, MoneyFact money)
    {
        var total = evidence.Sagas.Where(saga => saga.State == "Completed").Sum(saga => saga.Total);
        if (money.Charged - money.Refunded != total)
        {
            yield return $"the ledger holds {money.Charged} - {money.Refunded}, completed orders sum up to {total}";
        }

        if (money.HeldByGateway != total)
        {
            yield return $"the gateway holds {money.HeldByGateway}, completed orders sum up to {total}";
        }
    }

    private static IEnumerable<string> Completed(Evidence evidence)
    {
        var effects = evidence.Effects.ToLookup(effect => effect.SagaId);
        foreach (var saga in evidence.Sagas.Where(saga => saga.State == "Completed"))
        {
            var done = effects[saga.Id]
                .Where(effect => effect.Done is not null)
                .Select(effect => effect.Step)
                .ToHashSet(StringComparer.Ordinal);
            if (!done.SetEquals(saga.Started) || effects[saga.Id].Any(effect => effect.Undone is not null))
            {
                yield return $"saga {saga.Id} ({saga.BusinessKey}): done {string.Join(", ", done)}";
            }
        }
    }

    private static IEnumerable<string> Failed(Evidence evidence)
    {
        var effects = evidence.Effects.ToLookup(effect => effect.SagaId);
        foreach (var saga in evidence.Sagas.Where(saga => saga.State == "Failed"))
        {
            var done = effects[saga.Id].Where(effect => effect.Done is not null).ToArray();
            if (done.Any(effect => effect.Undone is null))
            {
                yield return $"saga {saga.Id} ({saga.BusinessKey}): not undone "
                    + $"{string.Join(", ", done.Where(effect => effect.Undone is null).Select(effect => effect.Step))}";
                continue;
            }

            var undoneInOrder = done.OrderBy(effect => effect.Undone).Select(effect => effect.Step);
            var startedInReverse = saga.Started.Reverse().Where(step => done.Any(effect => effect.Step == step));
            if (!undoneInOrder.SequenceEqual(startedInReverse, StringComparer.Ordinal))
            {
                yield return $"saga {saga.Id} ({saga.BusinessKey}): undone in the order {string.Join(", ", undoneInOrder)}";
            }
        }
    }

    // What the services themselves show; the history above is what they have answered.
    private static IEnumerable<string> LeftStanding(Evidence evidence)
    {
        var failed = evidence.Sagas.Where(saga => saga.State == "Failed").ToDictionary(saga => saga.Id, saga => saga.BusinessKey);
        return evidence
            .Standing.Where(standing => failed.ContainsKey(standing.SagaId))
            .Select(standing => $"saga {standing.SagaId} ({failed[standing.SagaId]}): {standing.Service} still has something of it");
    }

    private static IEnumerable<string> Answers(Evidence evidence, IReadOnlyList<AnswerFact> answers)
    {
        var sagas = evidence.Sagas.ToDictionary(saga => saga.Id);
        foreach (var answer in answers)
        {
            var saga = sagas[answer.SagaId];
            var expected = saga.State == "Completed" ? "done" : "not_done";
            if (answer.Outcome != expected)
            {
                yield return $"saga {saga.Id} ({saga.BusinessKey}) is {saga.State}: of {answer.Step} {answer.Participant} says "
                    + (answer.Outcome ?? "nothing");
            }
        }
    }

    private static IEnumerable<string> NotEmpty(IReadOnlyDictionary<string, long> counts) =>
        counts.Where(count => count.Value != 0).Select(count => $"{count.Key} holds {count.Value}");
}

/// <summary>One line of the check. It holds when there is no finding.</summary>
internal sealed record CheckResult(string Name, IReadOnlyList<string> Findings)
{
    public bool Holds => Findings.Count == 0;
}
