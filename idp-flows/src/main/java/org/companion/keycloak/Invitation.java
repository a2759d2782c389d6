package org.companion.keycloak;

/** The accepted answer to an inspection; names and language may be null. */
record Invitation(
    String inviteId, String address, String inviterName, String communityName, String language) {
  @Override
  public String toString() {
    return "Invitation[" + inviteId + "]";
  }
}
