namespace Companion.Foundation.Kernel;

/// <summary>One decision that people have to make; also the id of its event stream. Derived from the invite, which has at most one of each subject.</summary>
[JsonConverter(typeof(GuidIdConverter<ApprovalId>))]
public readonly record struct ApprovalId(Guid Value) : IGuidId<ApprovalId>
{
    public static ApprovalId From(Guid value) => new(value);

    public static ApprovalId Of(InviteId invite, ApprovalSubject subject) =>
        new(DeterministicId.From(invite.Value, "approval", (int)subject));

    public override string ToString() => Value.ToString();
}
