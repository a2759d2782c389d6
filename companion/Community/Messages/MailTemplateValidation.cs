namespace Companion.Community.Messages;

/// <summary>Templates are read at the start, and by the doctor, rather than when the first mail is due.</summary>
internal sealed class MailTemplateValidation : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options) =>
        MailTemplateFiles.Load(options.TemplateFolder).Failures is { Count: > 0 } failures
            ? ValidateOptionsResult.Fail(failures)
            : ValidateOptionsResult.Success;
}
