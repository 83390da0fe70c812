"""A relay that programs other than the harness's client are led through, so that what they are answered is held against the document too:
browsers, curl, the commands that speak to the admin socket. It passes bytes on as they come, both ways, and judges a connection's exchanges
when the connection is over.

    recorder.py PORT      relays a free port, which it prints, to that one; at SIGTERM it judges, says what is wrong and exits with 1 if
                          anything is"""
import http.client
import io
import os
import signal
import socket
import sys
import threading
import time

import contract
from harness import Answer, parsed_answer


class _Kept(io.BytesIO):
    """Bytes of which several answers are read, one behind the other."""

    def makefile(self, _mode):
        return self

    def close(self):
        pass


def exchanges(asked, answered):
    """(method, target, header, body, answer) of each request whose answer is whole."""
    asked, answered = io.BytesIO(asked), _Kept(answered)
    while line := asked.readline():
        words = line.decode("latin-1").split(" ")
        if len(words) != 3:
            return  # no request: the tests of malformed ones hold its answer against the catalogue of problems
        method, target = words[:2]
        headers = http.client.parse_headers(asked)
        body = _body(asked, headers)
        response = http.client.HTTPResponse(answered, method=method)
        response.begin()
        answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        yield method, target, headers, body, answer


def _body(asked, headers):
    if "chunked" not in headers.get("Transfer-Encoding", ""):
        return asked.read(int(headers.get("Content-Length", 0))) or None
    body = b""
    while size := int(asked.readline() or b"0", 16):
        body += asked.read(size)
        asked.readline()
    asked.readline()
    return body


def faults_of(asked, answered):
    """Of bytes that a test sent by itself: what the document does not say of the exchanges; of what is no request, the catalogue of problems."""
    if not answered.startswith(b"HTTP/1."):
        return []  # closed without a word
    try:
        return [fault for one in exchanges(asked, answered) if (fault := contract.judge(*one))]
    except (ValueError, http.client.HTTPException):
        parsed = parsed_answer(answered)
        return contract.problem_faults(parsed) if parsed.status >= 400 else ["accepted, and is no request"]


class Recorder:
    """Listens on a port of its own, or at `path`, and passes on to `upstream`: a port, or the path of a socket, where somebody may begin
    to listen within so many seconds of `patience`."""

    def __init__(self, upstream, path=None, patience=0):
        self.upstream, self.patience, self.faults, self.judged, self.unfinished = upstream, patience, [], 0, 0
        self.listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
        self.listening.bind(str(path) if path else ("127.0.0.1", 0))
        if path:
            os.chmod(path, 0o600)
        self.listening.listen(128)
        self.port = None if path else self.listening.getsockname()[1]
        self.connections, self.lock = [], threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            if server := self._reach():
                _Connection(self, client, server)
            else:
                client.close()  # nobody is there: whoever asks is told so

    def _reach(self):
        deadline = time.monotonic() + self.patience
        while True:
            by_port = isinstance(self.upstream, int)
            server = socket.socket(socket.AF_INET if by_port else socket.AF_UNIX)
            try:
                server.connect(("127.0.0.1", self.upstream) if by_port else str(self.upstream))
                return server
            except OSError:
                server.close()
            if time.monotonic() >= deadline:
                return None
            time.sleep(0.05)

    def stop(self):
        """What was wrong in any exchange. Connections that are still open are cut."""
        self.listening.close()
        with self.lock:
            left = list(self.connections)
        for one in left:
            one.cut()
        return self.faults


class _Connection:
    def __init__(self, recorder, client, server):
        self.recorder, self.sockets, self.heard = recorder, (client, server), ([], [])
        with recorder.lock:
            recorder.connections.append(self)
        self.pumps = [threading.Thread(target=self._pump, args=(side,), daemon=True) for side in (0, 1)]
        self.done = threading.Thread(target=self._finish, daemon=True)
        for one in (*self.pumps, self.done):
            one.start()

    def _pump(self, side):
        try:
            while piece := self.sockets[side].recv(65_536):
                self.heard[side].append(piece)
                self.sockets[1 - side].sendall(piece)
            self.sockets[1 - side].shutdown(socket.SHUT_WR)
        except OSError:
            self.cut(wait=False)

    def _finish(self):
        for pump in self.pumps:
            pump.join()
        for one in self.sockets:
            one.close()
        self._judge(b"".join(self.heard[0]), b"".join(self.heard[1]))
        with self.recorder.lock:
            self.recorder.connections.remove(self)

    def _judge(self, asked, answered):
        try:
            for exchange in exchanges(asked, answered):
                fault = contract.judge(*exchange)
                with self.recorder.lock:
                    self.recorder.judged += 1
                    self.recorder.faults += [fault] if fault else []
        except (http.client.HTTPException, ConnectionError):
            with self.recorder.lock:
                self.recorder.unfinished += 1  # cut in the middle of an answer, or before one

    def cut(self, wait=True):
        for one in self.sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # closed before
        if wait:
            self.done.join()


def at_admin_socket(server):
    """Between the commands and a server that runs: the socket is moved aside, and a recorder takes its place."""
    place, aside = server.data / "admin.sock", server.folder / "admin.aside"
    os.rename(place, aside)
    return Recorder(aside, path=place)


def main():
    recorder = Recorder(int(sys.argv[1]))
    print(recorder.port, flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    faults = recorder.stop()
    print(f"{recorder.judged} exchanges held against the OpenAPI document, {recorder.unfinished} were not finished", file=sys.stderr)
    for fault in faults:
        print("the OpenAPI document does not say: " + fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
