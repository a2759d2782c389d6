namespace Companion.Host.Doctor;

/// <summary>Examines a deployment from the inside and says what to mend.</summary>
internal sealed class Doctor(IServiceProvider services, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>In the order in which they are told. Each is made when its turn comes: wrong settings of one keep no other from running.</summary>
    private static readonly (string Subject, Func<IServiceProvider, Examination> Make)[] Examinations =
    [
        ("settings", Make<SettingsExamination>),
        ("database", Make<DatabaseExamination>),
        ("keycloak", Make<KeycloakExamination>),
        ("realm", Make<RealmExamination>),
        ("mail", Make<MailExamination>),
        ("matrix", Make<MatrixExamination>),
        ("webhooks", Make<WebhookExamination>),
    ];

    /// <returns>How many problems were found.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var problems = 0;
        foreach (var (subject, make) in Examinations)
        {
            foreach (var finding in await ExamineAsync(make, cancellationToken))
            {
                problems += finding.Kind == FindingKind.Problem ? 1 : 0;
                await output.WriteLineAsync($"{Word(finding.Kind),-8} {subject,-9} {finding.Text}");
            }
        }

        await output.WriteLineAsync(problems switch
        {
            0 => "No problems found.",
            1 => "1 problem found.",
            _ => FormattableString.Invariant($"{problems} problems found."),
        });
        return problems;
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(Func<IServiceProvider, Examination> make, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await make(services).RunAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Problem("Nothing answered in time.")];
        }
        catch (Exception exception) when (SettingFailures.Of(exception) is not null)
        {
            return [Finding.Advice("Not looked at: settings are missing or wrong, see above.")];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return [Finding.Problem($"This could not be looked at ({exception.GetType().Name}). Check the settings of this part.")];
        }
    }

    private static TExamination Make<TExamination>(IServiceProvider services)
        where TExamination : Examination => ActivatorUtilities.CreateInstance<TExamination>(services);

    private static string Word(FindingKind kind) => kind switch
    {
        FindingKind.Good => "ok",
        FindingKind.Advice => "note",
        _ => "PROBLEM",
    };
}
