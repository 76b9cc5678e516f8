namespace SagaOrchestrator.Architecture.Tests;

/// <summary>Which folder of a project uses which.</summary>
internal sealed class FolderGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> uses = new(StringComparer.Ordinal);

    /// <param name="files">The files of one project.</param>
    public FolderGraph(IReadOnlyList<SourceFile> files)
    {
        foreach (var file in files)
        {
            uses.TryAdd(file.Folder, new SortedDictionary<string, string>(StringComparer.Ordinal));
            foreach (var other in files.Where(other => other.Folder != file.Folder))
            {
                if (file.Used(other) is { } type)
                {
                    uses[file.Folder]
                        .TryAdd(other.Folder, $"{file.Folder} uses {other.Folder} ({string.Join(", ", file.Types.Take(1))} names {type})");
                }
            }
        }
    }

    /// <summary>Reads a project.</summary>
    /// <param name="project">Its folder, from the root of the clone.</param>
    public static FolderGraph Of(string project)
    {
        var root = Path.Combine(Clone.Root, project);
        var nested = Clone.Projects().Where(other => other.StartsWith(project + "/", StringComparison.Ordinal)).ToArray();
        return new FolderGraph([
            .. Directory
                .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Path: file, Folder: Path.GetRelativePath(root, Path.GetDirectoryName(file)!)))
                .Where(file => file.Folder.Split('/')[0] is not ("obj" or "bin"))
                .Where(file => !nested.Any(other => file.Path.StartsWith(Path.Combine(Clone.Root, other) + "/", StringComparison.Ordinal)))
                .Select(file => new SourceFile(file.Folder, File.ReadAllText(file.Path))),
        ]);
    }

    /// <summary>The uses that make a cycle, in order; none when there is no cycle.</summary>
    public IReadOnlyList<string> Cycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in uses.Keys)
        {
            if (Walk(folder, [], done) is { Count: > 0 } cycle)
            {
                return cycle;
            }
        }

        return [];
    }

    private IReadOnlyList<string> Walk(string folder, List<string> way, HashSet<string> done)
    {
        if (way.IndexOf(folder) is >= 0 and var start)
        {
            return [.. way.Skip(start).Zip(way.Skip(start + 1).Append(folder), (from, to) => uses[from][to])];
        }

        if (!done.Contains(folder))
        {
            way.Add(folder);
            foreach (var next in uses[folder].Keys)
            {
                if (Walk(next, way, done) is { Count: > 0 } cycle)
                {
                    return cycle;
                }
            }

            way.RemoveAt(way.Count - 1);
            done.Add(folder);
        }

        return [];
    }
}
