package org.companion.keycloak;

import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/** Adds nothing to tokens: it fails for a held account, so that no client gets one. */
public final class HoldMapper extends AbstractOIDCProtocolMapper
    implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper {
  @Override
  public AccessToken transformAccessToken(
      AccessToken token,
      ProtocolMapperModel mapping,
      KeycloakSession session,
      UserSessionModel userSession,
      ClientSessionContext client) {
    ensureFree(userSession);
    return token;
  }

  @Override
  public IDToken transformIDToken(
      IDToken token,
      ProtocolMapperModel mapping,
      KeycloakSession session,
      UserSessionModel userSession,
      ClientSessionContext client) {
    ensureFree(userSession);
    return token;
  }

  @Override
  public AccessToken transformUserInfoToken(
      AccessToken token,
      ProtocolMapperModel mapping,
      KeycloakSession session,
      UserSessionModel userSession,
      ClientSessionContext client) {
    ensureFree(userSession);
    return token;
  }

  private static void ensureFree(UserSessionModel userSession) {
    if (Hold.of(userSession.getRealm(), userSession.getUser()) != null) {
      throw new WebApplicationException(SignInVeto.tokenError());
    }
  }

  @Override
  public String getId() {
    return "invite-hold-mapper";
  }

  @Override
  public String getDisplayType() {
    return "Invite hold";
  }

  @Override
  public String getDisplayCategory() {
    return TOKEN_MAPPER_CATEGORY;
  }

  @Override
  public String getHelpText() {
    return "Refuses tokens for accounts that wait for approval, were denied, or owe the proof of"
        + " their address.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return List.of();
  }
}
