using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>
/// Does by hand what a Dockerfile says: a folder for each stage, its COPY and RUN instructions in their order. What a base image
/// brings along has to be put there by <paramref name="fill"/>; its programs are this machine's.
/// </summary>
/// <param name="context">The build's context: the repository.</param>
/// <param name="fill">Is given an image and the stage's folder.</param>
internal sealed class DockerfileSteps(
    string context, string folder, Func<string, string, Task> fill, IReadOnlyDictionary<string, string?> environment)
{
    private static readonly HashSet<string> Ignored = ["bin", "obj", "target", "node_modules"];

    private readonly Dictionary<string, string> _stages = new(StringComparer.Ordinal);

    private string _stage = "";

    private string _work = "/";

    /// <returns>The folder that is the working directory of the finished image.</returns>
    public async Task<string> RunAsync(Dockerfile file, CancellationToken cancellationToken)
    {
        foreach (var (name, arguments) in file.Instructions)
        {
            switch (name)
            {
                case "FROM":
                    await BeginAsync(arguments.Split(' '));
                    break;
                case "WORKDIR":
                    _work = arguments;
                    System.IO.Directory.CreateDirectory(Here(""));
                    break;
                case "COPY":
                    Copy(arguments.Split(' '));
                    break;
                case "RUN":
                    await Tool.RunAsync("sh", ["-c", Dockerfile.CommandOf(arguments)], cancellationToken, workingDirectory: Here(""), environment: environment);
                    break;
            }
        }

        return Here("");
    }

    private Task BeginAsync(string[] from)
    {
        var name = from is [_, "AS", var alias] ? alias : $"{_stages.Count}";
        _stage = _stages[name] = System.IO.Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        _work = "/";
        return fill(from[0], _stage);
    }

    private void Copy(string[] words)
    {
        var root = words[0].StartsWith("--from=", StringComparison.Ordinal) ? _stages[words[0]["--from=".Length..]] : context;
        var to = Here(words[^1]);
        foreach (var source in words[..^1].Where(word => !word.StartsWith("--", StringComparison.Ordinal)))
        {
            var from = Path.Combine(root, source.TrimStart('/'));
            if (System.IO.Directory.Exists(from))
            {
                CopyFolder(from, to);
            }
            else
            {
                System.IO.Directory.CreateDirectory(to);
                File.Copy(from, Path.Combine(to, Path.GetFileName(from)));
            }
        }
    }

    private static void CopyFolder(string from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var file in System.IO.Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var child in System.IO.Directory.EnumerateDirectories(from).Where(child => !Ignored.Contains(Path.GetFileName(child))))
        {
            CopyFolder(child, Path.Combine(to, Path.GetFileName(child)));
        }
    }

    private string Here(string path) => Path.GetFullPath(Path.Combine(_stage, _work.TrimStart('/'), path));
}
