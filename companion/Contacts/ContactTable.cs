using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Database;
using Companion.EventStore;
using Npgsql;

namespace Companion.Contacts;

/// <summary>Table companion.contact: the one place where invited addresses, and what was written to them, can be read and erased.</summary>
internal sealed class ContactTable(NpgsqlDataSource dataSource, ContactKeys keys)
{
    /// <summary>All that tells who it is or what was written; the abuse key alone tells neither.</summary>
    private const string Readable = "address = null, message = null, note = null, answers = null, match_key = null";

    private const string Whole = $"{Readable}, abuse_key = null, erased_at = coalesce(erased_at, @now)";

    /// <summary>The read model's copy goes with it.</summary>
    private const string Copies = "update companion.invite_details d set match_key = null from gone where d.contact_id = gone.contact_id";

    private const string EraseOne =
        $"with gone as (update companion.contact set {Whole} where contact_id = @contact_id returning contact_id) {Copies}";

    private const string EraseMatching =
        $"""
        with gone as (
          update companion.contact set {Whole}
          where match_key = @match_key or address is null and abuse_key = @abuse_key returning contact_id)
        {Copies}
        """;

    /// <summary>Queues a new contact. One per invite, so that each can be forgotten by itself.</summary>
    public static void Add(UnitOfWork unit, Contact contact, byte[] matchKey, byte[] abuseKey) => unit.Queue(
        """
        insert into companion.contact (contact_id, address, match_key, abuse_key, message, note, created_at)
        values (@contact_id, @address, @match_key, @abuse_key, @message, @note, @now)
        """,
        Param.Uuid("contact_id", contact.Id.Value),
        Param.Text("address", contact.Address.Value),
        Param.Bytes("match_key", matchKey),
        Param.Bytes("abuse_key", abuseKey),
        Param.Text("message", contact.Message),
        Param.Text("note", contact.Note),
        Param.Time("now", unit.Now));

    /// <summary>Queues what the invitee answered to the community's questions; a later answer takes its place.</summary>
    public static void Answer(UnitOfWork unit, ContactId contact, IReadOnlyDictionary<string, IReadOnlyList<string>> answers) => unit.Queue(
        "update companion.contact set answers = @answers where contact_id = @contact_id and address is not null",
        Param.Uuid("contact_id", contact.Value),
        Param.Json("answers", JsonSerializer.SerializeToUtf8Bytes(answers, ContactJson.Default.IReadOnlyDictionaryStringIReadOnlyListString)));

    /// <returns>Null when it was erased.</returns>
    public async Task<Contact?> FindAsync(ContactId contact, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select address, message, note from companion.contact where contact_id = @contact_id and address is not null",
            reader => Read(contact, reader),
            [Param.Uuid("contact_id", contact.Value)],
            cancellationToken);
        return rows.SingleOrDefault();
    }

    /// <summary>As <see cref="FindAsync(ContactId, CancellationToken)"/>; holds off an erasure until the transaction ends.</summary>
    public static async Task<Contact?> FindAsync(UnitOfWork unit, ContactId contact, CancellationToken cancellationToken)
    {
        var rows = await unit.QueryAsync(
            "select address, message, note from companion.contact where contact_id = @contact_id and address is not null for update",
            reader => Read(contact, reader),
            [Param.Uuid("contact_id", contact.Value)],
            cancellationToken);
        return rows.SingleOrDefault();
    }

    /// <summary>
    /// Queues what happens when the time to keep an ended invite's contact is over: nothing readable stays, only the keyed hash by
    /// which a mailbox is not invited again and again.
    /// </summary>
    public static void Forget(UnitOfWork unit, ContactId contact) => unit.Queue(
        $"""
        with gone as (
          update companion.contact set {Readable}, erased_at = @now
          where contact_id = @contact_id and erased_at is null returning contact_id)
        {Copies}
        """,
        Param.Uuid("contact_id", contact.Value),
        Param.Time("now", unit.Now));

    /// <summary>Erases one contact whole, the keyed hashes too.</summary>
    public Task EraseAsync(ContactId contact, DateTimeOffset now, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        EraseOne, [Param.Uuid("contact_id", contact.Value), Param.Time("now", now)], cancellationToken);

    /// <summary>Erases every contact of one address whole, the keyed hashes too.</summary>
    public Task EraseAsync(EmailAddress address, DateTimeOffset now, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        EraseMatching,
        [Param.Bytes("match_key", keys.Match(address)), Param.Bytes("abuse_key", keys.Abuse(address)), Param.Time("now", now)],
        cancellationToken);

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadAnswers(byte[] json) =>
        JsonSerializer.Deserialize(json, ContactJson.Default.IReadOnlyDictionaryStringIReadOnlyListString)!;

    private static Contact Read(ContactId id, NpgsqlDataReader reader) =>
        new(id, EmailAddress.FromStored(reader.GetString(0)), reader.NullableText(1), reader.NullableText(2));
}

/// <summary>Column companion.contact.answers.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
internal sealed partial class ContactJson : JsonSerializerContext;

/// <param name="Message">What the inviter wrote to it; plain text.</param>
/// <param name="Note">What the inviter told the moderators about it; plain text.</param>
internal sealed record Contact(ContactId Id, EmailAddress Address, string? Message, string? Note = null)
{
    public override string ToString() => $"Contact {Id}";
}
