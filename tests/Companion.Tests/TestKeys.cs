using System.Security.Cryptography;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Tests;

/// <summary>Keys of one test run.</summary>
internal static class TestKeys
{
    public static DerivedKeys Create() => new(Options.Create(
        new SecurityOptions { MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }));
}
