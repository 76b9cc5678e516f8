namespace SagaOrchestrator.Messages.Orders;

/// <summary>The queues of the order services. Each has a <c>.dead-letter</c> queue beside it.</summary>
public static class OrderQueues
{
    /// <summary>Commands for the inventory service.</summary>
    public const string Inventory = "inventory";

    /// <summary>Commands for the payments service.</summary>
    public const string Payments = "payments";

    /// <summary>Commands for the shipping service.</summary>
    public const string Shipping = "shipping";

    /// <summary>Commands for the notifications service.</summary>
    public const string Notifications = "notifications";
}
