package org.companion.keycloak;

import java.util.Arrays;
import org.keycloak.models.RealmModel;

/**
 * Lists of group paths in realm attributes, separated by {@code ##}; a path covers its subgroups.
 */
final class GroupPaths {
  static final String GRANTABLE = "companion.groups";
  static final String APPROVING = "companion.approval.groups";

  private GroupPaths() {}

  static boolean covers(RealmModel realm, String attribute, String path) {
    String value = realm.getAttribute(attribute);
    return value != null
        && Arrays.stream(value.split("##"))
            .map(String::strip)
            .filter(allowed -> !allowed.isEmpty() && !allowed.endsWith("/"))
            .anyMatch(allowed -> path.equals(allowed) || path.startsWith(allowed + "/"));
  }
}
