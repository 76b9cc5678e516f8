using System.Globalization;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>A file system of its own in memory, small enough to be filled.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const long Margin = 8_000_000;
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    private string Ballast => Path.Combine(folder, "ballast");

    /// <summary>Mounts it over a folder, which needs root.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="size">As mount knows it.</param>
    public static SmallDisk Mount(string folder, string size)
    {
        Tool.Run("mount", ["-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder]).GetAwaiter().GetResult();
        return new SmallDisk(folder);
    }

    /// <summary>Fills it up to so many bytes, whatever the server writes meanwhile.</summary>
    public async Task Fill(long left)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace - left;
        if (free > Margin)
        {
            await Tool.Run("fallocate", ["-l", (free - Margin).ToString(CultureInfo.InvariantCulture), Ballast]);
        }

        if (left == 0)
        {
            FillTheRest();
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose() => Tool.Run("umount", [folder]).GetAwaiter().GetResult();

    private void FillTheRest()
    {
        var block = new byte[64 * 1024];
        try
        {
            using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }
}
