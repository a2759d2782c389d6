package org.companion.keycloak;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Tells the companion how the transaction of a claim ended, unless the claim was refused. */
final class ClaimEnd extends AbstractKeycloakTransaction {
  private final Background background;
  private final Message.Claim claim;
  private String inviteId;
  private boolean refused;

  ClaimEnd(Background background, Message.Claim claim) {
    this.background = background;
    this.claim = claim;
  }

  /** Must be called before the claim is sent: a claim without an answer may have been granted. */
  static ClaimEnd watch(KeycloakSession session, Message.Claim claim) {
    ClaimEnd end = new ClaimEnd(Background.of(session), claim);
    session.getTransactionManager().enlistAfterCompletion(end);
    return end;
  }

  void granted(String inviteId) {
    this.inviteId = inviteId;
  }

  void refused() {
    refused = true;
  }

  @Override
  protected void commitImpl() {
    if (inviteId != null) {
      background.tell(claim.registered(inviteId));
    }
  }

  @Override
  protected void rollbackImpl() {
    if (!refused) {
      background.tell(claim.release());
    }
  }
}
