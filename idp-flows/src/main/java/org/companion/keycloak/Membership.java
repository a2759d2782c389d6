package org.companion.keycloak;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With an organization's alias, {@code group} is the name of a role group in it, or null for the
 * organization alone; without one, it is the path of a group of the realm.
 */
record Membership(String organization, String group) {
  /** For people who read the audit. */
  String named() {
    return Stream.of(organization, group).filter(Objects::nonNull).collect(Collectors.joining(" "));
  }
}
