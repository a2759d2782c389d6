using Sandbox.Components;

namespace Companion.IntegrationTests.Containers;

/// <summary>A Dockerfile of this repository: one instruction a line, stages named where another one copies from them.</summary>
internal sealed record Dockerfile(IReadOnlyList<DockerInstruction> Instructions)
{
    public IEnumerable<string> Images => Of("FROM").Select(from => from.Split(' ')[0]);

    public static Dockerfile Read(string path)
    {
        var file = Path.Combine(ComponentSettings.FromEnvironment().Repository, path);
        return new(
        [
            .. File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split(' ', 2))
                .Select(parts => new DockerInstruction(parts[0], parts[1])),
        ]);
    }

    /// <summary>The arguments of all instructions of a kind.</summary>
    public IEnumerable<string> Of(string name) =>
        Instructions.Where(instruction => instruction.Name == name).Select(instruction => instruction.Arguments);

    /// <summary>What a RUN instruction runs, without its options, which are for the builder.</summary>
    public static string CommandOf(string run) => string.Join(' ', run.Split(' ').SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal)));

    /// <summary>The last instruction of a kind: the one that holds for the image.</summary>
    public string Last(string name) => Of(name).Last();
}

internal sealed record DockerInstruction(string Name, string Arguments);
