package org.companion.keycloak;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Gives the companion's client its own place in Keycloak's configuration. */
public final class CompanionSpi implements Spi {
  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "companion";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return CompanionClient.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface asks for the raw type
  public Class<? extends ProviderFactory> getProviderFactoryClass() {
    return CompanionClient.Factory.class;
  }
}
