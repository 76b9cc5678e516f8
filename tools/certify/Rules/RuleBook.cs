namespace SagaOrchestrator.Certify.Rules;

/// <summary>Every rule, in the order in which they are tried.</summary>
internal static class RuleBook
{
    public static IReadOnlyList<Rule> OfSteps { get; } =
    [.. AnswerRules.All, .. RepeatRules.All, .. CompensationRules.All, .. EnquiryRules.All, EndRules.Rejection, .. FormRules.All];

    public static IReadOnlyList<Rule> OfQueue { get; } = [.. ConsumerRules.OfQueue, .. FormRules.OfQueue, .. EndRules.OfQueue];
}
