// The composition root of the server, in the order in which things are made; they are destroyed the other way round.
#include "api/app/commands.hpp"
#include "api/app/duration.hpp"
#include "api/app/notify.hpp"
#include "api/net/socket_client.hpp"
#include "api/server.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/lock_file.hpp"

#include <boost/asio/ip/address.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <memory>
#include <thread>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string listen = "127.0.0.1:8080";
    std::string new_origin;
    bool accept_rollback = false;
    bool accept_clock = false;
    bool insecure = false;
    std::string log_format = "text";
    bool log_requests = false;
    std::string webhooks;
    TlsFiles tls;
    RateLimit::Options rate;
    bool log_addresses = false;
    std::string verify_every = "24h";
    std::string config;  // read before the command line is: config_file.hpp
};

/// ADDRESS:PORT; an IPv6 address stands in brackets.
Result<ServerOptions> parse_listen(std::string const& text) {
    Error const wrong = fail(errc::usage, "--listen must be ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080, not " + text);
    ServerOptions options;
    auto const colon = text.rfind(':');
    if (colon == std::string::npos) {
        return wrong;
    }
    std::string_view address = std::string_view(text).substr(0, colon);
    bool const bracketed = address.starts_with('[') && address.ends_with(']');
    if (bracketed) {
        address = address.substr(1, address.size() - 2);
    }
    std::string_view const port = std::string_view(text).substr(colon + 1);
    auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    if (error != std::errc{} || end != port.data() + port.size()) {
        return wrong;
    }
    boost::system::error_code no_address;
    auto const parsed = boost::asio::ip::make_address(std::string(address), no_address);
    if (no_address || parsed.is_v6() != bracketed) {
        return fail(errc::usage, "--listen: " + std::string(text, 0, colon) +
                                     " is no IP address, like 127.0.0.1 or [::1]; names are not looked up");
    }
    options.address = address;
    return options;
}

bool loopback(std::string const& address) {
    return boost::asio::ip::make_address(address).is_loopback();
}

/// As it stands in a URL.
std::string in_url(std::string const& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

/// Descriptors for the connections that limits.hpp allows, as far as the system lets us; some stay for the databases.
std::size_t connections_that_fit() {
    constexpr rlim_t kept_back = 64;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 256;
    }
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, limits::http_connections + kept_back);
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
    static_cast<void>(::getrlimit(RLIMIT_NOFILE, &limit));
    rlim_t const usable = limit.rlim_cur > 2 * kept_back ? limit.rlim_cur - kept_back : kept_back;
    return std::min<std::size_t>(limits::http_connections, usable);
}

/// TLS where there are files for it; errc::usage where the network could listen.
Result<void> encrypt(Arguments const& arguments, ServerOptions& options) {
    if (!arguments.tls.certificate.empty()) {
        options.tls = arguments.tls;
    }
    if (!loopback(options.address) && !options.tls && !arguments.insecure) {
        return fail(
            errc::usage,
            "plain HTTP beyond this machine would show tokens and numbers to the network; give --tls-cert and --tls-key, "
            "put a TLS proxy in front of a loopback address, or say --insecure-http");
    }
    return {};
}

void reload_webhooks(App& app, std::string const& file) {
    auto webhooks = providers::read_webhooks(file);
    if (!webhooks) {
        app.log("the webhooks are not taken, those before stay in use: " + webhooks.error().detail);
        return;
    }
    app.log("the webhooks were read again: " + std::to_string(webhooks->size()));
    app.use(std::move(*webhooks));
}

Result<App::Options> options_of_app(Arguments const& arguments, Context& context) {
    App::Options options;
    options.version = CL_VERSION;
    options.revision = source_revision;
    if (!arguments.webhooks.empty()) {
        CL_TRY_ASSIGN(options.webhooks, providers::read_webhooks(arguments.webhooks));
    }
    options.confirmations = std::filesystem::path(arguments.data) / "confirmations";
    options.rate = arguments.rate;
    options.audit = {arguments.log_addresses, random_hash(context.random)};
    if (arguments.log_requests) {
        options.request_log = [&context](std::string_view members) { context.log.request(members); };
    }
    return options;
}

/// The lock keeps a second server out. Where somebody removed it, the first one still answers.
Result<void> served_by_nobody(service::DataDir const& dir) {
    if (!service::LockFile::holder(dir.lock()) && net::SocketClient::connect(dir.admin_socket())) {
        return fail(errc::store_locked,
                    "a server answers on admin.sock in this data directory, although its file lock is gone; stop it first");
    }
    return {};
}

Result<service::Options> service_options(Arguments const& arguments) {
    service::Options options;
    options.accept_clock = arguments.accept_clock;
    options.accept_rollback = arguments.accept_rollback;
    options.new_origin = arguments.new_origin;
    if (arguments.verify_every == "never") {
        return options;
    }
    auto const every = parse_duration(arguments.verify_every);
    if (!every || *every == 0) {
        return fail(errc::usage, "--verify-every must be a number with s, m, h or d, like 24h, or never");
    }
    options.verify_every = *every;
    return options;
}

int serve(Arguments const& arguments, Context& context) {
    static_cast<void>(std::signal(SIGHUP, SIG_IGN));  // until the server takes it, there is nothing to reload
    auto options = parse_listen(arguments.listen);
    if (!options) {
        return report(options.error());
    }
    if (auto const safe = encrypt(arguments, *options); !safe) {
        return report(safe.error());
    }
    if (arguments.log_format == "json") {
        context.log.use_json();
    }
    auto const app_options = options_of_app(arguments, context);
    if (!app_options) {
        return report(app_options.error());
    }
    options->connections = connections_that_fit();
    options->admin_socket = service::DataDir{arguments.data}.admin_socket();
    auto const opening = service_options(arguments);
    if (!opening) {
        return report(opening.error());
    }
    if (auto const free = served_by_nobody(service::DataDir{arguments.data}); !free) {
        return report(free.error());
    }
    auto const environment = context.environment();
    auto const service = service::Service::open(arguments.data, environment, *opening);
    if (!service) {
        return report(service.error());
    }
    App app(**service, context.clock, environment.log, *app_options);
    if (!arguments.webhooks.empty()) {
        options->on_reload = [&app, file = arguments.webhooks] { reload_webhooks(app, file); };
    }
    auto const server = Server::listen(app, *options);
    if (!server) {
        (*service)->stop();
        return report(server.error());
    }
    context.log.say("serving " + (*service)->origin() + (options->tls ? " on https://" : " on http://") +
                    in_url(options->address) + ":" + std::to_string((*server)->port()));
    notify_manager("READY=1");
    (*server)->run();
    notify_manager("STOPPING=1");
    // The writer finishes what it accepted before the server, to which it answers, goes away.
    (*service)->stop();
    app.stop();
    context.log.say("stopped");
    return 0;
}

void add_tls(CLI::App& command, TlsFiles& files) {
    CLI::Option* const certificate =
        command
            .add_option("--tls-cert", files.certificate,
                        "Serve HTTPS with this certificate and its chain, PEM; read again at SIGHUP")
            ->type_name("FILE");
    CLI::Option* const key =
        command.add_option("--tls-key", files.key, "Its private key, PEM, readable by its owner alone")->type_name("FILE");
    certificate->needs(key);
    key->needs(certificate);
    CLI::Option* const authorities =
        command
            .add_option("--tls-client-ca", files.client_ca, "Ask clients for a certificate of one of these authorities, PEM")
            ->type_name("FILE")
            ->needs(certificate);
    command
        .add_flag("--tls-client-optional", files.client_optional,
                  "Take clients without a certificate too, but none with a wrong one")
        ->needs(authorities);
}

}  // namespace

void add_serve(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand("serve", "Serve a data directory over HTTP until SIGTERM or Ctrl-C");
    command->add_option("--data", arguments->data, "The data directory")->required();
    command->add_option("--listen", arguments->listen, "ADDRESS:PORT; port 0 takes a free one")->capture_default_str();
    CLI::Option* const origin =
        command->add_option("--new-origin", arguments->new_origin, "With --accept-rollback: a name that this ledger never had");
    command
        ->add_flag("--accept-rollback", arguments->accept_rollback,
                   "Start although the ledger is behind, beside or without its head file; becomes an entry")
        ->needs(origin);
    command->add_flag("--accept-clock", arguments->accept_clock,
                      "Write although the clock is behind the last entry by more than a minute");
    command->add_flag("--insecure-http", arguments->insecure, "Allow plain HTTP on an address that is not loopback");
    add_tls(*command, arguments->tls);
    command->add_option("--config", arguments->config, "A TOML file of these options; the command line goes before it")
        ->type_name("FILE");
    command
        ->add_option("--webhooks", arguments->webhooks,
                     "Which providers' webhooks are taken: docs/webhooks.md; read again at SIGHUP")
        ->type_name("FILE");
    command->add_option("--rate", arguments->rate.per_second, "Requests a second of each token in the long run; 0 = no limit")
        ->check(CLI::Range(std::size_t{0}, RateLimit::most))
        ->capture_default_str();
    command->add_option("--burst", arguments->rate.burst, "Requests of each token at once")
        ->check(CLI::Range(std::size_t{1}, RateLimit::most))
        ->capture_default_str();
    command->add_flag("--log-addresses", arguments->log_addresses,
                      "Name the addresses from which requests without a valid token come; otherwise a digest tells them apart");
    command
        ->add_option("--verify-every", arguments->verify_every,
                     "How long after each end the whole log is verified again, beside the work: 24h, 90m, or never")
        ->type_name("TIME")
        ->capture_default_str();
    command->add_option("--log-format", arguments->log_format, "text, or json: an object a line")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->add_flag("--log-requests", arguments->log_requests,
                      "A line for each request: route, status, token's id, time taken; never a path, a number or a text");
    command->callback([arguments, &context] { context.exit_code = serve(*arguments, context); });
}

}  // namespace cl::api::app
