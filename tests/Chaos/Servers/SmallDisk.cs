using System.Globalization;

namespace SagaOrchestrator.Chaos.Servers;

/// <summary>A file system of its own in memory, small enough to be filled.</summary>
internal sealed class SmallDisk : IDisposable
{
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

    /// <summary>Fills it up to so many bytes.</summary>
    public async Task Fill(long left)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace - left;
        if (free > 0)
        {
            await Tool.Run("fallocate", ["-l", free.ToString(CultureInfo.InvariantCulture), Ballast]);
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose() => Tool.Run("umount", [folder]).GetAwaiter().GetResult();
}
