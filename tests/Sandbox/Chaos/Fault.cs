using StandIns.Homeserver;
using StandIns.IdentityProvider;
using StandIns.Mail;
using StandIns.Relay;

namespace Sandbox.Chaos;

/// <summary>One thing that goes wrong.</summary>
internal abstract record Fault(string Name)
{
    /// <param name="Companion">Which one, from 0.</param>
    public sealed record Kill(int Companion) : Fault("kill -9 of a companion");

    public sealed record Freeze(int Companion, TimeSpan For) : Fault("SIGSTOP of a companion");

    /// <param name="Crash">As after a power cut; otherwise in order, with connections cut.</param>
    public sealed record RestartDatabase(bool Crash) : Fault(Crash ? "crash of PostgreSQL" : "restart of PostgreSQL");

    public sealed record CutCommit(CommitCut Cut) : Fault("connection cut at COMMIT");

    public sealed record Webhook(string Type, WebhookFault What) : Fault($"webhook: {What switch
    {
        WebhookFault.Lost => "lost",
        WebhookFault.Repeated => "repeated",
        _ => "answer lost",
    }}");

    /// <param name="Part">Occurs in the request's path.</param>
    public sealed record Provider(string Method, string Part, RequestFault What) : Fault("identity provider: no good answer");

    public sealed record Mail(MailPoint Point, MailFault What) : Fault($"mail server: {What switch
    {
        MailFault.Silence => "silent",
        MailFault.Drop => "connection dropped",
        _ => "try later",
    }}");

    /// <inheritdoc cref="Provider"/>
    public sealed record Chat(string Method, string Part, HomeserverFault What) : Fault($"homeserver: {What switch
    {
        HomeserverFault.Limited => "429",
        HomeserverFault.LostAnswer => "answer lost",
        _ => "500",
    }}");
}
