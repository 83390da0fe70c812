// A line that writes over itself on stderr, a few times a second, where somebody is watching.
//
// Threads: one at a time.
#pragma once

#include "ledger/core/clock.hpp"

#include <cstdio>
#include <string>

namespace cl::verify {

class Progress {
public:
    explicit Progress(Clock const& clock) : clock_(clock) {}
    /// Whether stderr is a terminal: nobody reads progress in a log.
    [[nodiscard]] static bool watched();

    /// Shows what `sentence()` makes, unless the last one was shown a moment ago.
    template <class Sentence>
    void show(Sentence sentence) {
        Millis const now = clock_.steady();
        if (now - shown_at_ < 200) {
            return;
        }
        shown_at_ = now;
        shown_ = true;
        std::fprintf(stderr, "\r%s\033[K", sentence().c_str());
    }
    void clear() const {
        if (shown_) {
            std::fputs("\r\033[K", stderr);
        }
    }

private:
    Clock const& clock_;
    Millis shown_at_ = 0;
    bool shown_ = false;
};

}  // namespace cl::verify
