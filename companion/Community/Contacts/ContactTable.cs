namespace Companion.Community.Contacts;

/// <summary>Table companion.contact: the one place where invited addresses, and what was written to them, can be read.</summary>
internal sealed class ContactTable(NpgsqlDataSource dataSource)
{
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
