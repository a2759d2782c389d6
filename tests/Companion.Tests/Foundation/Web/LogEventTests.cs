using System.Reflection;
using Companion.Foundation.Web;
using Microsoft.Extensions.Logging;

namespace Companion.Tests.Foundation.Web;

public sealed class LogEventTests
{
    [Fact]
    public void Every_log_event_has_an_id_of_its_own() => typeof(HostingOptions).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>()
        .Select(message => message.EventId)
        .ShouldBeUnique();
}
