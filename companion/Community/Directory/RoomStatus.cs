namespace Companion.Community.Directory;

/// <summary>How far a person is into a room. In the order of their weight: of two outcomes that were reported the weightier stands, whichever came first.</summary>
public enum RoomStatus
{
    Pending,
    Parked,
    Skipped,
    Declined,
    Blocked,
    Invited,
    Joined,
}
