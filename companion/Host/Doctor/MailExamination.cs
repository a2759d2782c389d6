using System.Net.Sockets;
using System.Security.Authentication;
using Companion.Community.Messages;
using Microsoft.Extensions.Options;

namespace Companion.Host.Doctor;

internal sealed class MailExamination(IOptions<MailOptions> options) : Examination
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            return [Finding.Problem("Mail:Host is not set: invitations are issued and wait.")];
        }

        try
        {
            await new SmtpProbe(options.Value).RunAsync(cancellationToken);
            return [Finding.Good("The mail server takes our greeting, login and sender.")];
        }
        catch (SocketException)
        {
            return [Finding.Problem("The mail server can't be reached. Check Mail:Host, Mail:Port and the firewall.")];
        }
        catch (AuthenticationException)
        {
            return [Finding.Problem("The mail server's certificate is not trusted for the name in Mail:Host. Use the name on the certificate, or trust its issuer on this machine.")];
        }
        catch (IOException exception)
        {
            return [Finding.Problem($"The mail server does not go along: {exception.Message}. Check Mail:Security, Mail:Username, Mail:Password and Mail:From.")];
        }
    }
}
