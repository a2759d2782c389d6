package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.RealmModel;

class GroupPathsTest {
  @ParameterizedTest
  @CsvSource({
    "/members, /members, true",
    "/members, /members/crew, true",
    "/crew ## /members, /members, true",
    "/members, /membership, false",
    "/members, /moderators, false",
    "/members/crew, /members, false",
    "'', /members, false",
    "/, /members, false",
    "##, /members, false",
    ", /members, false"
  })
  void A_path_covers_itself_and_what_is_below(String listed, String path, boolean covered) {
    RealmModel realm = mock(RealmModel.class);
    when(realm.getAttribute(GroupPaths.GRANTABLE)).thenReturn(listed);
    assertThat(GroupPaths.covers(realm, GroupPaths.GRANTABLE, path)).isEqualTo(covered);
  }
}
