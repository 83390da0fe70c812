// Append to receipt on one connection, against the disk's own pair of fdatasyncs, in turn within one run: an append that opens something
// syncs two files (vault, then ledger), so that is the limit it is compared with.
//   bench_append PORT TOKEN_FILE ACCOUNT DIRECTORY [APPENDS]     DIRECTORY lies on the disk of the data directory
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace {

using Microseconds = std::vector<double>;

double timed(auto const& work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

double percentile(Microseconds& values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// One connection that stays open.
class Connection {
public:
    explicit Connection(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int const on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        good_ = ::connect(fd_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    }
    ~Connection() { ::close(fd_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// True if the answer is 201 with a receipt.
    bool exchange(std::string const& request) {
        good_ = good_ && ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
        std::string reply;
        std::size_t wanted = 0;
        while (good_ && (wanted == 0 || reply.size() < wanted)) {
            std::array<char, 16'384> buffer{};
            ssize_t const got = ::recv(fd_, buffer.data(), buffer.size(), 0);
            good_ = got > 0;
            reply.append(buffer.data(), good_ ? static_cast<std::size_t>(got) : 0);
            auto const end = reply.find("\r\n\r\n");
            auto const length = reply.find("Content-Length: ");
            if (wanted == 0 && end != std::string::npos && length < end) {
                wanted = end + 4 + std::stoul(reply.substr(length + 16));
            }
        }
        good_ = good_ && reply.starts_with("HTTP/1.1 201") && reply.find("\"receipt\"") != std::string::npos;
        return good_;
    }

private:
    int fd_;
    bool good_ = false;
};

/// Two files that grow by one WAL frame each and are synced, as a commit of vault and ledger does at the least.
class Pair {
public:
    explicit Pair(std::string const& directory) {
        for (std::size_t i = 0; i < fds_.size(); ++i) {
            names_[i] = directory + "/bench-pair-" + std::to_string(i);
            fds_[i] = ::open(names_[i].c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
        }
    }
    ~Pair() {
        for (std::size_t i = 0; i < fds_.size(); ++i) {
            ::close(fds_[i]);
            ::unlink(names_[i].c_str());
        }
    }
    Pair(Pair const&) = delete;
    Pair& operator=(Pair const&) = delete;

    void sync() {
        static std::array<char, 8'192> const page{};
        for (int const fd : fds_) {
            if (::write(fd, page.data(), page.size()) != static_cast<ssize_t>(page.size()) || ::fdatasync(fd) != 0) {
                std::perror("bench_append");
            }
        }
    }

private:
    std::array<std::string, 2> names_;
    std::array<int, 2> fds_{};
};

std::string change(std::string const& account, std::string const& token, std::uint64_t run, int i) {
    char phone[32];
    std::snprintf(phone, sizeof phone, "+1%03d55501%02d", 200 + (i / 100) % 800, i % 100);
    std::string const body = R"({"kind":"opt_in.agent","phone":")" + std::string(phone) +
                             R"(","actor":{"kind":"agent","id":"agent-1"},)" + R"("source":{"platform":"bench","record":"b-)" +
                             std::to_string(run) + "-" + std::to_string(i) + R"("},"data":{"note":"asked at the counter"}})";
    return "POST /v1/accounts/" + account + "/changes HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void print(char const* what, Microseconds& values) {
    std::printf("%-34s p50 %8.0f us   p90 %8.0f us   p99 %8.0f us\n", what, percentile(values, 0.5), percentile(values, 0.9),
                percentile(values, 0.99));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        std::cerr << "usage: bench_append PORT TOKEN_FILE ACCOUNT DIRECTORY [APPENDS]\n";
        return 2;
    }
    std::string token;
    std::ifstream(argv[2]) >> token;
    int const appends = argc > 5 ? std::stoi(argv[5]) : 2'000;
    Connection connection(static_cast<std::uint16_t>(std::stoi(argv[1])));
    Pair pair(argv[4]);
    std::uint64_t const run = std::random_device{}();
    Microseconds append_us;
    Microseconds pair_us;
    constexpr int warm_up = 100;
    constexpr int turn = 20;
    for (int i = 0; i < appends + warm_up; ++i) {
        std::string const request = change(argv[3], token, run, i);
        bool good = false;
        double const took = timed([&] { good = connection.exchange(request); });
        if (!good) {
            std::cerr << "bench_append: an append failed\n";
            return 3;
        }
        if (i >= warm_up) {
            append_us.push_back(took);
        }
        if (i >= warm_up && i % turn == 0) {
            for (int k = 0; k < turn; ++k) {
                pair_us.push_back(timed([&] { pair.sync(); }));
            }
        }
    }
    print("append to receipt, one connection", append_us);
    print("two appends of 8 KiB + fdatasync", pair_us);
    std::printf("ratio of the medians               %.2f\n", percentile(append_us, 0.5) / percentile(pair_us, 0.5));
    return 0;
}
