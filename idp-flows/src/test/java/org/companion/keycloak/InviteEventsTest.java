package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEventListener;
import org.mockito.ArgumentCaptor;

/** Joining an approving group by a way that is no admin's: a workflow, a directory. */
class InviteEventsTest {
  private final Scene scene = new Scene();
  private final GroupModel members = scene.group(null, "members");
  private final GroupModel crew = scene.group(members, "crew");

  @BeforeEach
  void waiting() {
    when(scene.realm.getAttribute(GroupPaths.APPROVING)).thenReturn("/members");
    when(scene.realm.getEventsListenersStream()).thenAnswer(call -> Stream.of("invite-events"));
    when(scene.user.getFirstAttribute("invite_approval")).thenReturn("pending");
    when(scene.user.getFirstAttribute("invite_id")).thenReturn("0197-a");
  }

  @Test
  void Approves_and_tells_that_nobody_is_known_to_have_done_it() {
    joins(crew);
    verify(scene.user).setSingleAttribute("invite_approval", "approved");
    assertThat(scene.afterwards).isNotNull();
  }

  @Test
  void Is_no_approval_where_the_invitation_itself_grants_the_group() {
    when(scene.session.getAttribute("companion.granting")).thenReturn(true);
    joins(members);
    verify(scene.user, never()).setSingleAttribute(any(), any());
  }

  @Test
  void Is_no_approval_in_another_group_in_another_realm_or_of_somebody_denied() {
    joins(scene.group(null, "guests"));
    when(scene.user.getFirstAttribute("invite_approval")).thenReturn("denied");
    joins(members);
    when(scene.user.getFirstAttribute("invite_approval")).thenReturn("pending");
    when(scene.realm.getEventsListenersStream()).thenAnswer(call -> Stream.of("jboss-logging"));
    joins(members);
    verify(scene.user, never()).setSingleAttribute(any(), any());
    assertThat(scene.afterwards).isNull();
  }

  private void joins(GroupModel group) {
    KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
    new InviteEvents.Factory().postInit(factory);
    var listener = ArgumentCaptor.forClass(ProviderEventListener.class);
    verify(factory).register(listener.capture());
    GroupModel.GroupMemberJoinEvent event = mock(GroupModel.GroupMemberJoinEvent.class);
    when(event.getKeycloakSession()).thenReturn(scene.session);
    when(event.getRealm()).thenReturn(scene.realm);
    when(event.getUser()).thenReturn(scene.user);
    when(event.getGroup()).thenReturn(group);
    listener.getValue().onEvent(event);
  }
}
