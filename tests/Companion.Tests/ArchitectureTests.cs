using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Companion.Foundation.Store;
using Companion.Host;
using NetArchTest.Rules;

namespace Companion.Tests;

/// <summary>Rules of the code base that a compiler does not know.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Outside = ["Npgsql", "Microsoft.", "System.Net", "System.Threading.Tasks", "System.Data", "System.IO"];

    /// <summary>Deciders, and the records they take and give: everything public in a folder with a decider, and its deciders.</summary>
    private static IEnumerable<Type> PureTypes => typeof(IStreamType).Assembly.GetTypes().Where(type =>
        type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && (type.Name.EndsWith("Decider", StringComparison.Ordinal)
            || type.Name.EndsWith("Refusals", StringComparison.Ordinal)
            || IsStoredRecord(type)));

    [Fact]
    public void Deciders_states_and_events_know_neither_database_nor_web_nor_clock()
    {
        PureTypes.Count().ShouldBeGreaterThan(10);
        foreach (var type in PureTypes)
        {
            var used = type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .SelectMany(UsedTypes)
                .SelectMany(Flatten)
                .Where(used => Outside.Any(outside => (used.FullName ?? used.Name).StartsWith(outside, StringComparison.Ordinal)));
            used.ShouldBeEmpty($"{type.Name} must be pure");
        }
    }

    [Fact]
    public void Pure_files_read_no_clock_and_make_no_ids_or_chance()
    {
        foreach (var file in Sources().Where(file => PureFile().IsMatch(Path.GetFileName(file))))
        {
            ForbiddenInPure().Matches(File.ReadAllText(file)).Select(match => match.Value).ShouldBeEmpty(Path.GetFileName(file));
        }
    }

    [Fact]
    public void No_statement_selects_everything() => Offences(SelectStar()).ShouldBeEmpty();

    /// <summary>An interpolated statement may only hold names that are constants or come from the aggregate's type.</summary>
    [Fact]
    public void Statements_are_literals() =>
        Sources().SelectMany(file => InterpolatedSql().Matches(File.ReadAllText(file))
                .SelectMany(statement => Hole().Matches(statement.Value))
                .Select(hole => (File: Path.GetFileName(file), Hole: hole.Groups["name"].Value)))
            .Where(found => found.Hole is not ("type.SnapshotTable" or "OutboxSignal.Channel") && !IsConstant(found.File, found.Hole))
            .ShouldBeEmpty();

    [Fact]
    public void No_statement_is_put_together_from_values() => Offences(ConcatenatedSql()).ShouldBeEmpty();

    [Fact]
    public void Nothing_but_Marten_writes_to_its_tables() => Offences(WritesEvents()).ShouldBeEmpty();

    /// <summary>That they end up in Marten's own shape, it says itself: see MartenSchemaTests.</summary>
    [Fact]
    public void Only_migrations_for_a_version_of_Marten_alter_its_tables() =>
        System.IO.Directory.GetFiles(Path.Combine(Companion(), "Foundation", "Store", "Migrations"), "*.sql")
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"alter\s+table\s+events\.mt_", RegexOptions.IgnoreCase))
            .ShouldAllBe(file => file.EndsWith("_marten.sql", StringComparison.Ordinal));

    /// <summary>docs/develop.md: a folder uses only what stands before it; inside Journey, too; adapters know the ports and nobody else.</summary>
    [Theory]
    [InlineData("Foundation", "Community", "Journey", "Oversight", "Adapters", "Host")]
    [InlineData("Community", "Journey", "Oversight", "Adapters", "Host")]
    [InlineData("Journey", "Oversight", "Adapters", "Host")]
    [InlineData("Journey.Invites", "Journey.Landing", "Journey.Registrations", "Journey.Onboarding", "Journey.Members")]
    [InlineData("Journey.Landing", "Journey.Registrations", "Journey.Onboarding", "Journey.Members")]
    [InlineData("Journey.Registrations", "Journey.Onboarding", "Journey.Members")]
    [InlineData("Journey.Onboarding", "Journey.Members")]
    [InlineData("Oversight", "Adapters", "Host")]
    [InlineData("Adapters", "Journey", "Oversight", "Host")]
    [InlineData("Adapters.Keycloak", "Adapters.Matrix", "Adapters.Smtp")]
    [InlineData("Adapters.Matrix", "Adapters.Keycloak", "Adapters.Smtp")]
    [InlineData("Adapters.Smtp", "Adapters.Keycloak", "Adapters.Matrix")]
    public void A_folder_uses_only_what_stands_before_it(string folder, params string[] later)
    {
        var types = Types.InAssembly(typeof(CompanionApplication).Assembly).That().ResideInNamespace($"Companion.{folder}");
        types.GetTypes().ShouldNotBeEmpty();
        types.ShouldNot().HaveDependencyOnAny([.. later.Select(name => $"Companion.{name}")]).GetResult().FailingTypeNames.ShouldBeNull();
    }

    [Fact]
    public void The_namespace_of_a_file_is_its_folder() =>
        Sources().Where(file => Path.GetDirectoryName(file) != Companion())
            .Where(file => Namespace().Match(File.ReadAllText(file)).Groups[1].Value
                != Path.GetRelativePath(Companion(), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'))
            .ShouldBeEmpty();

    [Fact]
    public void There_are_six_folders() =>
        System.IO.Directory.GetDirectories(Companion()).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order()
            .ShouldBe(["Adapters", "Community", "Foundation", "Host", "Journey", "Oversight"]);

    [Fact]
    public void Logging_goes_through_generated_methods_only() => Offences(DirectLogging()).ShouldBeEmpty();

    private static bool IsStoredRecord(Type type) =>
        StoredRoots.Any(root => type == root || type.BaseType == root) || (type.IsPublic && type.Namespace is not null
            && StoredRoots.Any(root => root.Namespace == type.Namespace) && type.GetMethod("<Clone>$") is not null);

    private static IReadOnlyList<Type> StoredRoots { get; } =
        [.. Foundation.Store.StreamTypes.All.Select(stream => stream.EventTypes.Values.First().BaseType!)];

    private static IEnumerable<Type> UsedTypes(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        _ => [],
    };

    private static IEnumerable<Type> Flatten(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Flatten).Append(type.GetGenericTypeDefinition()) : [type];

    private static IEnumerable<string> Offences(Regex regex) => Sources()
        .SelectMany(file => regex.Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

    private static bool IsConstant(string file, string name) => Regex.IsMatch(
        File.ReadAllText(Sources().Single(path => Path.GetFileName(path) == file)),
        $@"const (string|long|int) {Regex.Escape(name)}\b");

    private static IEnumerable<string> Sources() => System.IO.Directory.GetFiles(Companion(), "*.cs", SearchOption.AllDirectories);

    private static string Companion() => Repository.PathOf("companion");

    [GeneratedRegex(@"(Decider|Refusals|Events|Commands)\.cs$|^(Invite|Onboarding|Member|Approval|Pause)\.cs$")]
    private static partial Regex PureFile();

    [GeneratedRegex(@"^namespace Companion\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"UtcNow|\.Now\b|TimeProvider|NewGuid|CreateVersion7|Random\.|RandomNumberGenerator")]
    private static partial Regex ForbiddenInPure();

    [GeneratedRegex(@"select\s+(\w+\.)?\*", RegexOptions.IgnoreCase)]
    private static partial Regex SelectStar();

    [GeneratedRegex("""\$("{3}|")\s*(select|insert|update|delete|with|notify|listen|truncate)\b.*?\1""", RegexOptions.Singleline)]
    private static partial Regex InterpolatedSql();

    [GeneratedRegex(@"\{(?<name>[A-Za-z_.]+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex("""(select|insert into|update|delete from) [^"\n]*"\s*\+\s*(?!")""")]
    private static partial Regex ConcatenatedSql();

    [GeneratedRegex(@"(insert\s+into|update|delete\s+from|truncate)\s+events\.", RegexOptions.IgnoreCase)]
    private static partial Regex WritesEvents();

    [GeneratedRegex(@"logger\.Log(Trace|Debug|Information|Warning|Error|Critical)\(|Console\.Write")]
    private static partial Regex DirectLogging();
}
