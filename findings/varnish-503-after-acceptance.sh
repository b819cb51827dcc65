#!/usr/bin/env bash
# Varnish 7.1.1 (Debian 12) before a server that accepts an upload and then closes the connection without an answer.
#
# Expected: 502 or 504, as nginx and HAProxy answer then. "503 Service Unavailable" with "Retry-After: 5" reads as: nothing was
# handed on, send it again in five seconds.
# Seen: 503 with "Retry-After: 5", although the server has accepted the upload. The answer is the same, byte for byte but for its
# number (XID), if no server listens at all, so neither status nor header nor page tell whether to send it again.
set -euo pipefail
folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"

apt-get download -qq varnish libvarnishapi3 libjemalloc2 2>/dev/null
for package in ./*.deb; do dpkg-deb -x "$package" root; done
version=$(dpkg-deb -f ./varnish_*.deb Version)
echo "Varnish $version"
[[ $version == 7.1.1-* ]]
libraries=$(echo "$folder/root/usr/lib"/*-linux-gnu)
export LD_LIBRARY_PATH=$libraries:$libraries/varnish

read -r server nobody varnish varnish_before_nobody < <(/usr/bin/python3 -c '
import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
print(*(s.getsockname()[1] for s in sockets))')
cat > accept.py <<'PY'
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Server(BaseHTTPRequestHandler):
    accepted = 0

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(Server.accepted).encode())

    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        Server.accepted += 1
        self.close_connection = True

    def log_message(self, *_):
        pass

HTTPServer(('127.0.0.1', int(sys.argv[1])), Server).serve_forever()
PY
/usr/bin/python3 accept.py "$server" & pids+=($!)
start() { root/usr/sbin/varnishd -F -j none -s malloc,20m -a "127.0.0.1:$1" -b "127.0.0.1:$2" -n "$folder/$1" >"$1.log" 2>&1 & pids+=($!); }
start "$varnish" "$server"
start "$varnish_before_nobody" "$nobody"
for port in "$server" "$varnish" "$varnish_before_nobody"; do
	until curl -s -o answer "http://127.0.0.1:$port/"; do sleep 0.1; done
done

head -c 50000 /dev/zero > photo
upload() { curl -s -D - --max-time 20 -F image=@photo "http://127.0.0.1:$1/" | tr -d '\r' | grep -E '^(HTTP|Server|Retry-After)|<h1>|XID' | sed 's/XID: .*/XID: n/'; }
accepted=$(upload "$varnish")
refused=$(upload "$varnish_before_nobody")
count=$(curl -s "http://127.0.0.1:$server/")
echo "accepted by the server ($count upload): "$accepted
echo "no server listens:                  "$refused
[[ $count == 1 && $accepted == *' 503 '*'Retry-After: 5'* && $accepted == "$refused" ]] || { echo 'changed'; exit 1; }
echo 'as seen: 503 with Retry-After, whether the upload was accepted or not'
