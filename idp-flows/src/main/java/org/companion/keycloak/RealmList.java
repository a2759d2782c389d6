package org.companion.keycloak;

import java.util.Arrays;
import java.util.List;
import org.keycloak.models.RealmModel;

/** Lists in realm attributes, separated by {@code ##}. */
final class RealmList {
  private RealmList() {}

  static List<String> of(RealmModel realm, String attribute) {
    String value = realm.getAttribute(attribute);
    return value == null
        ? List.of()
        : Arrays.stream(value.split("##"))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .distinct()
            .toList();
  }
}
