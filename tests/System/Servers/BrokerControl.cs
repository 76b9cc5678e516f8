using System.Diagnostics;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>
/// What the administrator of the broker that the tests share does with <c>rabbitmqctl</c>. It concerns every virtual host.
/// </summary>
internal static class BrokerControl
{
    public static async Task Run(params string[] arguments)
    {
        var command =
            Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ_CONTROL")
            ?? throw new InvalidOperationException(
                "SAGA_TEST_RABBITMQ_CONTROL is not set. Run infra/test, which starts the broker and sets it."
            );
        using var control = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"{command} {string.Join(' ', arguments)}"])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var said = await control.StandardError.ReadToEndAsync();
        await control.WaitForExitAsync();
        control.ExitCode.ShouldBe(0, said);
    }
}
