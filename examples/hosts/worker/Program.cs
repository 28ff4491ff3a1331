using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProbLang.Hosts.Worker;

var isOnce = args.Contains("--once");
var builder = Host.CreateApplicationBuilder(args.Where(a => a != "--once").ToArray());
builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
builder.Services.AddOptions<RefitOptions>().BindConfiguration("Refit").Configure(options => options.IsOnce |= isOnce);
builder.Services.AddHostedService<NightlyRefit>();
await builder.Build().RunAsync();
return Environment.ExitCode;
