#include "api/net/outbox.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/chunk_encode.hpp>

#include <utility>

namespace cl::api::net {

namespace asio = boost::asio;
namespace beast = boost::beast;

void Outbox::push_head(std::string bytes) {
    add(std::move(bytes));
}

void Outbox::push(std::string bytes) {
    if (bytes.empty()) {
        return;  // an empty chunk would end the body
    }
    sent_ += bytes.size();
    if (chunked_) {
        bytes = beast::buffers_to_string(beast::http::make_chunk(asio::const_buffer(bytes.data(), bytes.size())));
    }
    add(std::move(bytes));
}

void Outbox::push_end() {
    if (chunked_) {
        add(beast::buffers_to_string(beast::http::make_chunk_last()));
    }
}

void Outbox::add(std::string bytes) {
    if (failed_) {
        return;
    }
    held_ += bytes.size();
    pieces_.push_back(std::move(bytes));
    pump();
}

void Outbox::pump() {
    if (writing_ || pieces_.empty()) {
        return;
    }
    writing_ = true;
    under_way_ = std::move(pieces_.front());
    pieces_.pop_front();
    auto written = [self = shared_from_this()](beast::error_code error, std::size_t) {
        self->writing_ = false;
        self->held_ -= self->under_way_.size();
        std::string().swap(self->under_way_);
        if (error) {
            self->failed_ = true;
            self->pieces_.clear();
            self->held_ = 0;
        }
        self->pump();
        self->changed_();
    };
    asio::async_write(stream_, asio::buffer(under_way_), std::move(written));
}

}  // namespace cl::api::net
