package org.companion.keycloak;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.authentication.FormContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.GroupProviderFactory;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.ClientData;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** A request at realm {@code community} of a Keycloak that is all mocks, for one test. */
final class Scene {
  static final String FORM_URL = "https://id.example.org/form";
  static final Invitation INVITATION =
      new Invitation("0197-a", "Anna@example.org", "Alice", "Harbour", null);

  final KeycloakSession session = mock(KeycloakSession.class);
  final KeycloakSessionFactory server = mock(KeycloakSessionFactory.class);
  final KeycloakContext context = mock(KeycloakContext.class);
  final RealmModel realm = mock(RealmModel.class);
  final UserModel user = mock(UserModel.class);
  final UserProvider users = mock(UserProvider.class);
  final GroupProvider groups = mock(GroupProvider.class);
  final CompanionClient companion = mock(CompanionClient.class);
  final OrganizationProvider organizations = mock(OrganizationProvider.class);
  final KeycloakTransactionManager transactions = mock(KeycloakTransactionManager.class);
  final LoginFormsProvider pages = mock(LoginFormsProvider.class, RETURNS_SELF);
  final EventBuilder event = mock(EventBuilder.class, RETURNS_SELF);
  final HttpRequest request = mock(HttpRequest.class);
  final MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
  final MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
  final AuthenticationSessionModel tab = mock(AuthenticationSessionModel.class);
  final KeycloakUriInfo uri = mock(KeycloakUriInfo.class);

  /** What is to happen after the transaction. */
  KeycloakTransaction afterwards;

  private final Map<String, String> authNotes = new HashMap<>();
  private final Map<String, String> clientNotes = new HashMap<>();

  Scene() {
    Responses.install();
    when(realm.getName()).thenReturn("community");
    when(context.getRealm()).thenReturn(realm);
    when(context.getUri()).thenReturn(uri);
    when(uri.getBaseUriBuilder()).thenAnswer(call -> Responses.uri(FORM_URL));
    when(uri.getQueryParameters()).thenReturn(query);
    when(request.getDecodedFormParameters()).thenReturn(fields);
    session();
    tab();
    pages();
    when(user.getId()).thenReturn("account");
    when(user.getEmail()).thenReturn("anna@example.org");
    when(user.getUsername()).thenReturn("anna");
    when(user.getAttributeStream(anyString())).thenAnswer(call -> Stream.empty());
    when(user.getRequiredActionsStream()).thenAnswer(call -> Stream.empty());
  }

  /** The person has come with a link. */
  void arrive() {
    clientNotes.put("client_request_param_invite", "handle");
  }

  /** The gate has let the person in. */
  void letIn() {
    arrive();
    InviteNotes.keep(tab, INVITATION);
  }

  void requiredAction(String alias, boolean enabled) {
    RequiredActionProviderModel action = new RequiredActionProviderModel();
    action.setEnabled(enabled);
    when(realm.getRequiredActionProviderByAlias(alias)).thenReturn(action);
  }

  /** A group of the realm, below another one or, with null, at the top. */
  GroupModel group(GroupModel parent, String name) {
    GroupModel group = mock(GroupModel.class);
    when(group.getName()).thenReturn(name);
    when(group.getParent()).thenReturn(parent);
    when(group.getType()).thenReturn(GroupModel.Type.REALM);
    when(groups.getGroupByName(realm, parent, name)).thenReturn(group);
    return group;
  }

  /** An organization whose id is its alias. */
  OrganizationModel organization(String alias, boolean enabled) {
    OrganizationModel organization = mock(OrganizationModel.class);
    when(organization.getId()).thenReturn(alias);
    when(organization.getAlias()).thenReturn(alias);
    when(organization.isEnabled()).thenReturn(enabled);
    when(organizations.isEnabled()).thenReturn(true);
    when(organizations.getByAlias(alias)).thenReturn(organization);
    return organization;
  }

  /** What a step of the registration form gets. */
  <T extends FormContext> T step(Class<T> type) {
    T step = mock(type);
    when(step.getSession()).thenReturn(session);
    when(step.getRealm()).thenReturn(realm);
    when(step.getUser()).thenReturn(user);
    when(step.getAuthenticationSession()).thenReturn(tab);
    when(step.getHttpRequest()).thenReturn(request);
    when(step.getEvent()).thenReturn(event);
    when(step.newEvent()).thenReturn(event);
    return step;
  }

  private void session() {
    LoginProtocol protocol = mock(LoginProtocol.class);
    when(protocol.getClientData(any())).thenReturn(mock(ClientData.class));
    ExecutorsProvider executors = mock(ExecutorsProvider.class);
    when(session.getContext()).thenReturn(context);
    when(session.users()).thenReturn(users);
    when(session.sessions()).thenReturn(mock(UserSessionProvider.class));
    when(session.groups()).thenReturn(groups);
    when(session.getKeycloakSessionFactory()).thenReturn(server);
    doReturn(mock(GroupProviderFactory.class)).when(server).getProviderFactory(GroupProvider.class);
    when(session.getTransactionManager()).thenReturn(transactions);
    when(session.getProvider(CompanionClient.class)).thenReturn(companion);
    when(session.getProvider(LoginFormsProvider.class)).thenReturn(pages);
    when(session.getProvider(OrganizationProvider.class)).thenReturn(organizations);
    when(session.getProvider(ExecutorsProvider.class)).thenReturn(executors);
    when(session.getProvider(LoginProtocol.class, "openid-connect")).thenReturn(protocol);
    doAnswer(
            call -> {
              afterwards = call.getArgument(0);
              afterwards.begin();
              return null;
            })
        .when(transactions)
        .enlistAfterCompletion(any());
  }

  private void tab() {
    RootAuthenticationSessionModel browser = mock(RootAuthenticationSessionModel.class);
    ClientModel client = mock(ClientModel.class);
    when(browser.getId()).thenReturn("browser");
    when(client.getClientId()).thenReturn("companion-join");
    when(tab.getParentSession()).thenReturn(browser);
    when(tab.getTabId()).thenReturn("tab");
    when(tab.getRealm()).thenReturn(realm);
    when(tab.getClient()).thenReturn(client);
    when(tab.getProtocol()).thenReturn("openid-connect");
    when(tab.getAuthNote(any())).thenAnswer(call -> authNotes.get(call.<String>getArgument(0)));
    when(tab.getClientNote(any())).thenAnswer(call -> clientNotes.get(call.<String>getArgument(0)));
    doAnswer(call -> authNotes.put(call.getArgument(0), call.getArgument(1)))
        .when(tab)
        .setAuthNote(any(), any());
    doAnswer(call -> clientNotes.put(call.getArgument(0), call.getArgument(1)))
        .when(tab)
        .setClientNote(any(), any());
  }

  private void pages() {
    Response page = mock(Response.class);
    when(page.getStatus()).thenReturn(200);
    when(page.getHeaders()).thenReturn(new MultivaluedHashMap<>());
    when(pages.createForm(anyString())).thenReturn(page);
  }
}
