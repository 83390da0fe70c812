#include "api/handlers/streamed.hpp"

#include <utility>

namespace cl::api::handlers {

Result<BodySource::Piece> StreamedBody::step(service::Queries& queries) {
    if (!hold_->grow(step_bytes_)) {
        return fail(errc::busy, {});
    }
    Piece piece;
    CL_TRY_ASSIGN(bool const more, make_(queries, piece.bytes));
    piece.last = !more;
    return piece;
}

void StreamedBody::next(std::function<void(Result<Piece>)> done) {
    bool const taken = app_.readers().submit([self = shared_from_this(), done](Result<service::Queries*> queries) {
        Result<Piece> piece = queries ? self->step(**queries) : Result<Piece>(queries.error());
        if (!piece && piece.error().code != errc::busy) {
            (void)self->app_.failure(self->what_, piece.error());  // the log says what it was: the status has gone out
        }
        done(std::move(piece));
    });
    if (!taken) {
        done(fail(errc::busy, {}));
    }
}

}  // namespace cl::api::handlers
