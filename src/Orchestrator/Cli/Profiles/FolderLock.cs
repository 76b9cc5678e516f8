using System.Diagnostics;

namespace SagaOrchestrator.Cli.Profiles;

/// <summary>Held by the one command that changes a folder. It ends with its process, whatever becomes of that.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until no other command has it.</summary>
    /// <param name="path">The file that is locked. It stays, empty.</param>
    /// <exception cref="IOException">Another command does not give it back.</exception>
    public static IDisposable Take(string path)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, Options());
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && waited.Elapsed < Patience)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
