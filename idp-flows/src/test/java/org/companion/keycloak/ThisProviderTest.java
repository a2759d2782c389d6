package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThisProviderTest {
  @Test
  void The_version_is_that_of_the_build() {
    assertThat(ThisProvider.VERSION).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(ThisProvider.NODE).isNotBlank();
  }

  @Test
  void The_server_info_shows_it() {
    assertThat(new CompanionClient.Factory().getOperationalInfo())
        .containsEntry("version", ThisProvider.VERSION)
        .containsEntry("contract", "1");
  }
}
