package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.mockito.MockedStatic;

class CompanionCallerTest {
  private final Scene scene = new Scene();
  private final ClientModel client = mock(ClientModel.class);
  private final RoleModel role = mock(RoleModel.class);

  @Test
  void The_service_account_with_the_role_is_let_in() throws ProblemException {
    AuthResult caller = caller("companion", true);
    try (MockedStatic<Keycloak26> keycloak = mockStatic(Keycloak26.class)) {
      keycloak.when(() -> Keycloak26.bearer(scene.session)).thenReturn(caller);
      CompanionCaller.authenticate(scene.session);
      keycloak.verify(() -> Keycloak26.admin(scene.realm, caller));
    }
  }

  @Test
  void Without_a_valid_token_nobody_is() {
    refused(null, 401, "unauthenticated");
  }

  @Test
  void A_person_with_the_role_is_no_service_account() {
    refused(caller(null, true), 403, "forbidden");
  }

  @Test
  void A_service_account_without_the_role_is_not_the_companion() {
    refused(caller("other", false), 403, "forbidden");
  }

  @Test
  void In_a_realm_without_the_role_nobody_is_the_companion() {
    AuthResult caller = caller("companion", true);
    when(client.getRole("newcomers")).thenReturn(null);
    refused(caller, 403, "forbidden");
    when(scene.realm.getClientByClientId("companion")).thenReturn(null);
    refused(caller, 403, "forbidden");
  }

  private AuthResult caller(String serviceAccountOf, boolean hasRole) {
    when(scene.realm.getClientByClientId("companion")).thenReturn(client);
    when(client.getRole("newcomers")).thenReturn(role);
    when(scene.user.getServiceAccountClientLink()).thenReturn(serviceAccountOf);
    when(scene.user.hasRole(role)).thenReturn(hasRole);
    return new AuthResult(scene.user, null, new AccessToken(), client);
  }

  private void refused(AuthResult caller, int status, String code) {
    try (MockedStatic<Keycloak26> keycloak = mockStatic(Keycloak26.class)) {
      keycloak.when(() -> Keycloak26.bearer(scene.session)).thenReturn(caller);
      Response response =
          catchThrowableOfType(
                  ProblemException.class, () -> CompanionCaller.authenticate(scene.session))
              .response();
      assertThat(response.getStatus()).isEqualTo(status);
      assertThat(((Map<?, ?>) response.getEntity()).get("code")).isEqualTo(code);
    }
  }
}
