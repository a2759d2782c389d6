using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What somebody posted, with the invited address in place of whatever address came.</summary>
internal sealed class RegistrationForm(IFormCollection fields, string invitedAddress)
{
    public string Username { get; } = fields["username"].ToString().Trim().ToLowerInvariant();

    /// <summary>What was answered to the realm's questions; what is blank is no answer.</summary>
    public IReadOnlyList<string> Answers(Question question) => [.. fields[question.Name].OfType<string>().Where(answer => !string.IsNullOrWhiteSpace(answer))];

    public string Email { get; } = invitedAddress.ToLowerInvariant();

    private string FirstName { get; } = fields["firstName"].ToString().Trim();

    private string LastName { get; } = fields["lastName"].ToString().Trim();

    private string Password { get; } = fields["password"].ToString();

    /// <returns>One complaint per field at most; none when the account can be made.</returns>
    public Dictionary<string, Complaint> Check(Realm realm)
    {
        var complaints = new Dictionary<string, Complaint>();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("username", Username), ("email", Email), ("firstName", FirstName), ("lastName", LastName)])
        {
            if (realm.Profile.Check(name, value, byPerson: true) is { } complaint)
            {
                complaints.Add(name, complaint);
            }
        }

        foreach (var question in realm.Profile.Questions)
        {
            if (realm.Profile.Check(question, Answers(question)) is { } complaint)
            {
                complaints.Add(question.Name, complaint);
            }
        }

        if (realm.Accounts.HasUsername(Username))
        {
            complaints.TryAdd("username", new Complaint("usernameExistsMessage"));
        }

        if (realm.Accounts.HasEmail(Email))
        {
            complaints.TryAdd("email", new Complaint("emailExistsMessage"));
        }

        CheckPassword(realm, complaints);
        return complaints;
    }

    public Account ToAccount(Realm realm, DateTimeOffset now)
    {
        var account = new Account(Username, now) { Email = Email, FirstName = FirstName, LastName = LastName, Password = Password };
        foreach (var (question, answers) in realm.Profile.Questions.Select(question => (question, Answers(question))).Where(given => given.Item2.Count > 0))
        {
            account.Attributes[question.Name] = [.. answers];
        }

        return account;
    }

    private void CheckPassword(Realm realm, Dictionary<string, Complaint> complaints)
    {
        if (Password.Length == 0)
        {
            complaints.Add("password", new Complaint("missingPasswordMessage"));
            return;
        }

        if (fields["password-confirm"].ToString() != Password)
        {
            complaints.Add("password-confirm", new Complaint("invalidPasswordConfirmMessage"));
        }

        if (realm.Passwords.Check(Password, Username, Email) is { } weak)
        {
            complaints.Add("password", weak);
        }
    }
}
