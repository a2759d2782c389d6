package org.companion.keycloak;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An organization's alias and a group's path; one of them may be null. */
record Membership(String organization, String group) {
  /** For people who read the audit. */
  String named() {
    return Stream.of(organization, group).filter(Objects::nonNull).collect(Collectors.joining(" "));
  }
}
