package org.companion.keycloak;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** What the factories of all steps in the flows have in common. */
abstract class InviteStepFactory<T extends Provider>
    implements ProviderFactory<T>, ConfigurableAuthenticatorFactory {
  @Override
  public final String getReferenceCategory() {
    return null;
  }

  @Override
  public final boolean isConfigurable() {
    return false;
  }

  @Override
  public final Requirement[] getRequirementChoices() {
    return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
  }

  @Override
  public final boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public final List<ProviderConfigProperty> getConfigProperties() {
    return List.of();
  }

  @Override
  public final void init(Config.Scope config) {}

  @Override
  public final void postInit(KeycloakSessionFactory factory) {}

  @Override
  public final void close() {}
}
