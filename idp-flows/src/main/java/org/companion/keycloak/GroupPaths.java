package org.companion.keycloak;

import org.keycloak.models.RealmModel;

/** Lists of group paths in realm attributes; a path covers its subgroups. */
final class GroupPaths {
  static final String GRANTABLE = "companion.groups";
  static final String APPROVING = "companion.approval.groups";

  private GroupPaths() {}

  static boolean covers(RealmModel realm, String attribute, String path) {
    return RealmList.of(realm, attribute).stream()
        .filter(allowed -> !allowed.endsWith("/"))
        .anyMatch(allowed -> path.equals(allowed) || path.startsWith(allowed + "/"));
  }
}
