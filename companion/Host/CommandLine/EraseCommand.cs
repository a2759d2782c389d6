using System.CommandLine;
using System.CommandLine.Parsing;
using Companion.Community.Contacts;
using Companion.Oversight.Erasing;

namespace Companion.Host.CommandLine;

internal static class EraseCommand
{
    public static Command Create(CompanionCommandLine line)
    {
        var contact = new Argument<EmailAddress>("contact")
        {
            Description = "The person's address, in any spelling that reaches the same mailbox.",
            CustomParser = Parse,
        };
        var revoke = new Option<bool>("--revoke") { Description = "Take back an open invitation to it first. Without this, nothing is erased while one is open." };
        var json = new Option<bool>("--json") { Description = "Write a JSON object for scripts." };
        var command = new Command(
            "erase",
            "Erases all that can be read about a person: addresses, messages, notes, answers, chat account, picture. The account at the identity provider is not touched.")
        {
            contact,
            revoke,
            json,
        };
        command.SetAction((parsed, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
            var (report, refusal) = await services.GetRequiredService<ErasePerson>().RunAsync(
                parsed.GetRequiredValue(contact), parsed.GetValue(revoke), cancellationToken);
            await output.WriteLineAsync(
                report is null ? throw new NotErasedException(refusal!)
                : parsed.GetValue(json) ? JsonSerializer.Serialize(ErasureSummary.Of(report), ErasureJson.Default.ErasureSummary)
                : InWords(report));
        }));
        return command;
    }

    private static EmailAddress? Parse(ArgumentResult result)
    {
        if (result.Tokens is [var token] && EmailAddress.TryParse(token.Value, out var address))
        {
            return address;
        }

        result.AddError("The contact must be one address such as anna@example.org.");
        return null;
    }

    private static string InWords(ErasureReport report)
    {
        var erased = report.Erased;
        List<string> lines = [erased.IsNothing && report.Revoked == 0
            ? "Nothing about this address was found."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Erased: contacts {erased.Contacts}, notes {erased.Notes}, chat accounts {erased.ChatAccounts}, pictures {erased.Pictures}, stored answers {erased.StoredAnswers}. Invitations taken back: {report.Revoked}.")];
        lines.Add("Events and the timeline stay: they hold ids only.");
        if (report.IsSuppressed)
        {
            lines.Add("The address asked never to be written to again: that stays, as a keyed hash.");
        }

        if (report.Account is { } account)
        {
            lines.Add($"Account {account} has this address at the identity provider and stays there.");
        }

        return string.Join(Environment.NewLine, lines);
    }
}

/// <param name="Account">That has the address at the identity provider; null for none.</param>
internal sealed record ErasureSummary(
    int Contacts, int Notes, int ChatAccounts, int Pictures, int StoredAnswers, int Revoked, bool Suppressed, string? Account)
{
    public static ErasureSummary Of(ErasureReport report) => new(
        report.Erased.Contacts,
        report.Erased.Notes,
        report.Erased.ChatAccounts,
        report.Erased.Pictures,
        report.Erased.StoredAnswers,
        report.Revoked,
        report.IsSuppressed,
        report.Account?.Value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ErasureSummary))]
internal sealed partial class ErasureJson : JsonSerializerContext;

/// <summary>Why nothing was erased.</summary>
internal sealed class NotErasedException(Refusal refusal) : Exception(refusal.Message);
