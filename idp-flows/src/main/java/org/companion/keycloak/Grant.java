package org.companion.keycloak;

import java.util.List;

/** The accepted answer to a claim. */
record Grant(
    String inviteId,
    boolean approvalRequired,
    boolean addressVerified,
    List<Membership> memberships) {}
