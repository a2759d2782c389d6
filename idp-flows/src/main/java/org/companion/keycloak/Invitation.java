package org.companion.keycloak;

/** The accepted answer to an inspection; the names may be null. */
record Invitation(String inviteId, String address, String inviterName, String communityName) {
  @Override
  public String toString() {
    return "Invitation[" + inviteId + "]";
  }
}
