package org.companion.keycloak;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@link CompanionResource} below {@code /realms/{realm}/companion}. */
public final class CompanionResourceProvider implements RealmResourceProvider {
  private final KeycloakSession session;

  CompanionResourceProvider(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public Object getResource() {
    return new CompanionResource(session);
  }

  @Override
  public void close() {}

  /** The id is the path segment. */
  public static final class Factory implements RealmResourceProviderFactory {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
      return new CompanionResourceProvider(session);
    }

    @Override
    public String getId() {
      return "companion";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
  }
}
