using Companion.Hosting;

var app = CompanionApplication.Build(CompanionApplication.CreateBuilder(args));
await app.RunAsync();
