namespace Companion.Foundation.Kernel;

internal static class SecretFiles
{
    /// <summary>
    /// A file for each setting, named like its environment variable, which it goes before: as container engines mount secrets, or where
    /// systemd says it has put credentials.
    /// </summary>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration) =>
        configuration.AddKeyPerFile(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") ?? "/run/secrets", optional: true);
}
