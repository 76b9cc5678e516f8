using System.Globalization;
using System.Runtime.InteropServices;

namespace SagaOrchestrator.Chaos.Processes;

/// <summary>kill(2), and what /proc tells.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal. A process that is gone already is no error.</summary>
    public static void Send(int processId, int signal) => _ = SendSignal(processId, signal);

    /// <summary>The ids of a process's children, and their command lines.</summary>
    public static IReadOnlyList<(int Id, string Command)> ChildrenOf(int parent)
    {
        var children = new List<(int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ParentOf(folder) == parent
            )
            {
                children.Add((id, Read(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim()));
            }
        }

        return children;
    }

    // "pid (name) state parent ..."; the name may hold anything but is closed by the last parenthesis.
    private static int ParentOf(string folder)
    {
        var stat = Read(Path.Combine(folder, "stat"));
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended in between.
            return string.Empty;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
