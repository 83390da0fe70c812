// A request body that takes memory as it arrives: Beast's string_body reserves the announced length at once, so that silent connections
// would hold what they never send.
//
// Threads: as the connection.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/optional.hpp>

#include <cstdint>
#include <string>

namespace cl::api::net {

/// A Body of Beast, for parsers.
struct ArrivingBody {
    using value_type = std::string;

    static std::uint64_t size(value_type const& body) { return body.size(); }

    class reader {
    public:
        template <bool is_request, class Fields>
        reader(boost::beast::http::header<is_request, Fields>&, value_type& body) : body_(body) {}

        void init(boost::optional<std::uint64_t> const&, boost::beast::error_code& error) { error = {}; }
        template <class Buffers>
        std::size_t put(Buffers const& buffers, boost::beast::error_code& error) {
            error = {};
            std::size_t const before = body_.size();
            for (auto const buffer : boost::beast::buffers_range_ref(buffers)) {
                body_.append(static_cast<char const*>(buffer.data()), buffer.size());
            }
            return body_.size() - before;
        }
        void finish(boost::beast::error_code& error) { error = {}; }

    private:
        value_type& body_;
    };
};

using Parser = boost::beast::http::request_parser<ArrivingBody>;

}  // namespace cl::api::net
