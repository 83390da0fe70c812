// Waiting lines, one for each account, served in turns of a bounded cost, so that nobody's bulk stands before another's request. Within
// an account the order of arrival is kept: a change that was posted before an opt-out must not be recorded after it.
//
// Threads: belongs to who holds it; its users lock around it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace cl::service {

template <class T>
class FairLines {
public:
    /// `turn`: the cost that one account may use before the next has its turn; at least 1.
    explicit FairLines(std::size_t turn) : turn_(turn), credit_(turn) {}

    /// What is first in the line whose turn it is. `granted` of its `cost` is within the turn: a user who can stop there puts it back.
    struct Turn {
        std::string account;
        T what;
        std::size_t cost = 1;
        std::size_t granted = 1;
    };

    /// `cost` is at least 1.
    void push_back(std::string const& account, T what, std::size_t cost) {
        line_of(account).push_back(Waiting{std::move(what), cost});
    }
    /// To the front of its account's line: it was not finished.
    void put_back(Turn&& turn) { line_of(turn.account).push_front(Waiting{std::move(turn.what), turn.cost}); }
    /// Nothing if nobody waits.
    [[nodiscard]] std::optional<Turn> pop() {
        if (ring_.empty()) return std::nullopt;
        Line& line = ring_.front();
        Waiting first = std::move(line.waiting.front());
        line.waiting.pop_front();
        Turn turn{line.account, std::move(first.what), first.cost, std::min(first.cost, credit_)};
        credit_ -= turn.granted;
        if (line.waiting.empty()) {
            lines_.erase(line.account);
            ring_.pop_front();
            credit_ = turn_;
        } else if (credit_ == 0) {
            ring_.splice(ring_.end(), ring_, ring_.begin());
            credit_ = turn_;
        }
        return turn;
    }
    [[nodiscard]] bool empty() const noexcept { return ring_.empty(); }

private:
    struct Waiting {
        T what;
        std::size_t cost;
    };
    struct Line {
        std::string account;
        std::deque<Waiting> waiting;
    };

    std::deque<Waiting>& line_of(std::string const& account) {
        auto const found = lines_.find(account);
        if (found != lines_.end()) return found->second->waiting;
        ring_.push_back(Line{account, {}});
        lines_.emplace(account, std::prev(ring_.end()));
        return ring_.back().waiting;
    }

    std::size_t turn_;
    std::size_t credit_;    ///< what is left of the turn of the line in front
    std::list<Line> ring_;  ///< the line in front has its turn; none is empty
    std::unordered_map<std::string, typename std::list<Line>::iterator> lines_;
};

}  // namespace cl::service
