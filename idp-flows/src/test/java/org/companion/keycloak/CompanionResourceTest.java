package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.util.JsonSerialization;
import org.mockito.ArgumentCaptor;
import org.mockito.MockedStatic;

class CompanionResourceTest {
  private final Scene scene = new Scene();
  private final EventStoreProvider audit = mock(EventStoreProvider.class);
  private final MockedStatic<CompanionCaller> caller = mockStatic(CompanionCaller.class);
  private CompanionResource resource;

  @BeforeEach
  void open() {
    AdminAuth companion = mock(AdminAuth.class);
    when(companion.getRealm()).thenReturn(scene.realm);
    when(companion.getClient()).thenReturn(mock(ClientModel.class));
    when(companion.getUser()).thenReturn(mock(UserModel.class));
    caller.when(() -> CompanionCaller.authenticate(scene.session)).thenReturn(companion);
    when(scene.context.getConnection()).thenReturn(mock(ClientConnection.class));
    when(scene.realm.isAdminEventsEnabled()).thenReturn(true);
    when(scene.realm.getEventsListenersStream()).thenAnswer(call -> Stream.empty());
    when(scene.server.getProviderFactoriesStream(any())).thenAnswer(call -> Stream.empty());
    when(scene.session.getProvider(EventStoreProvider.class)).thenReturn(audit);
    when(scene.users.getUserById(scene.realm, "account")).thenReturn(scene.user);
    resource = new CompanionResource(scene.session);
  }

  @AfterEach
  void close() {
    caller.close();
  }

  @Test
  void A_grant_tells_what_is_new_and_goes_to_the_audit() throws IOException {
    var harbour = scene.organization("harbour", true);
    when(scene.organizations.addMember(harbour, scene.user)).thenReturn(true);
    var body = "{\"memberships\":[{\"organization\":\"harbour\"}],\"inviteId\":\"0197-a\"}";
    assertThat(ok(resource.grant("account", body(body))))
        .isEqualTo("{\"granted\":[{\"organization\":\"harbour\"}],\"already\":[]}");
    assertThat(audited().getDetails())
        .isEqualTo(Map.of("granted", "harbour", "inviteId", "0197-a"));
  }

  @Test
  void What_holds_already_is_not_audited_again() throws IOException {
    scene.organization("harbour", true);
    var body = "{\"memberships\":[{\"organization\":\"harbour\"}],\"inviteId\":\"0197-a\"}";
    assertThat(ok(resource.grant("account", body(body)))).contains("\"granted\":[]");
    verify(audit, never()).onEvent(any(AdminEvent.class), anyBoolean());
  }

  @Test
  void A_picture_is_set_once_and_its_address_stays_out_of_the_audit() throws IOException {
    String body = "{\"url\":\"https://example.org/a.png\"}";
    assertThat(ok(resource.show("account", body(body)))).isEqualTo("{\"changed\":true}");
    verify(scene.user).setSingleAttribute("picture", "https://example.org/a.png");
    assertThat(audited().getDetails()).isEqualTo(Map.of("picture", "set"));
    when(scene.user.getFirstAttribute("picture")).thenReturn("https://example.org/a.png");
    assertThat(ok(resource.show("account", body(body)))).isEqualTo("{\"changed\":false}");
    assertThat(ok(resource.show("account", body("{\"url\":null}"))))
        .isEqualTo("{\"changed\":true}");
    verify(scene.user).removeAttribute("picture");
  }

  @ParameterizedTest
  @CsvSource({"false, , true", "true, , false", "false, VERIFY_EMAIL, false"})
  void An_address_is_to_be_confirmed_unless_that_was_done_or_asked(
      boolean verified, String action, boolean changed) throws IOException {
    when(scene.user.isEmailVerified()).thenReturn(verified);
    when(scene.user.getRequiredActionsStream()).thenAnswer(call -> Stream.ofNullable(action));
    assertThat(ok(resource.verify("account", body("{}"))))
        .isEqualTo("{\"changed\":" + changed + "}");
    verify(scene.user, changed ? times(1) : never()).addRequiredAction("VERIFY_EMAIL");
  }

  @Test
  void The_connection_tells_the_answer_and_which_provider_runs() throws IOException {
    when(scene.companion.probe("community")).thenReturn(401);
    assertThat(ok(resource.connection()))
        .startsWith("{\"status\":401,\"version\":\"" + ThisProvider.VERSION + "\",\"contract\":1,");
  }

  @Test
  void A_service_account_is_no_account_of_a_person() {
    when(scene.user.getServiceAccountClientLink()).thenReturn("companion");
    refused(resource.verify("account", body("{}")), 404, "account_unknown");
    refused(resource.verify("nobody", body("{}")), 404, "account_unknown");
  }

  @Test
  void Who_is_not_the_companion_reads_and_changes_nothing() {
    caller
        .when(() -> CompanionCaller.authenticate(scene.session))
        .thenThrow(new ProblemException(Response.Status.FORBIDDEN, "forbidden", "no"));
    refused(resource.grant("account", body("{}")), 403, "forbidden");
    refused(resource.decide("account", body("{}")), 403, "forbidden");
    refused(resource.show("account", body("{}")), 403, "forbidden");
    refused(resource.verify("account", body("{}")), 403, "forbidden");
    refused(resource.connection(), 403, "forbidden");
    verify(scene.users, never()).getUserById(any(), anyString());
    verify(scene.companion, never()).probe(anyString());
  }

  @Test
  void A_body_that_can_not_be_meant_changes_nothing() {
    refused(resource.grant("account", body("{\"memberships\":[{}]}")), 400, "malformed");
    refused(resource.show("account", body("{}")), 400, "malformed");
    refused(resource.decide("account", body("{\"decision\":\"perhaps\"}")), 400, "malformed");
    refused(resource.verify("account", body(" ".repeat(17_000))), 413, "too_large");
  }

  private AdminEvent audited() {
    ArgumentCaptor<AdminEvent> event = ArgumentCaptor.forClass(AdminEvent.class);
    verify(audit).onEvent(event.capture(), anyBoolean());
    assertThat(event.getValue().getOperationType()).isEqualTo(OperationType.ACTION);
    assertThat(event.getValue().getResourcePath()).isEqualTo("users/account/companion");
    return event.getValue();
  }

  private static String ok(Response response) throws IOException {
    assertThat(response.getStatus()).isEqualTo(200);
    return JsonSerialization.writeValueAsString(response.getEntity());
  }

  private static void refused(Response response, int status, String code) {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(((Map<?, ?>) response.getEntity()).get("code")).isEqualTo(code);
  }

  private static InputStream body(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
