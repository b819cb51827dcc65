#!/usr/bin/env bash
# A server that refuses an upload before it reads it (Django REST Framework's 401 and 429) behind nginx or HAProxy.
#
# Expected: the client gets the 401, since gunicorn sends it whole and the proxy is there to hand it on.
# Seen with gunicorn 20.1.0 (sync workers), nginx 1.22.1 and HAProxy 2.6.12 of Debian 12, 5 MB, 20 uploads each:
#     gunicorn alone   401 x 20
#     nginx            401 x 4    502 x 16
#     HAProxy          401 x 18   no answer x 2
# gunicorn closes the connection with data unread, so the kernel resets it, and the reset overtakes the answer: nginx fails to
# write (104: Connection reset by peer) and answers 502. An expired token looks like a server that is down, and a client
# cannot tell from a 502 that nothing was accepted. HAProxy's losses are too few to be checked here.
set -euo pipefail
folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"

apt-get download -qq python3-gunicorn python3-pkg-resources nginx haproxy liblua5.3-0 2>/dev/null
for package in ./*.deb; do dpkg-deb -x "$package" root; done
version() { dpkg-deb -f ./"$1"_*.deb Version; }
[[ $(version python3-gunicorn) == 20.1.0-* && $(version nginx) == 1.22.1-* && $(version haproxy) == 2.6.12-* ]]
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu)

cat > refuse.py <<'PY'
def app(environ, start_response):
    start_response('401 Unauthorized', [('Content-Type', 'application/json'), ('Content-Length', '16')])
    return [b'{"detail":"No."}']
PY
read -r server nginx haproxy < <(/usr/bin/python3 -c '
import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(s.getsockname()[1] for s in sockets))')
mkdir temp
cat > nginx.conf <<NGINX
pid $folder/nginx.pid;
error_log $folder/nginx-error.log;
events { }
http {
	access_log off;
	client_body_temp_path $folder/temp/a; proxy_temp_path $folder/temp/b; fastcgi_temp_path $folder/temp/c;
	uwsgi_temp_path $folder/temp/d; scgi_temp_path $folder/temp/e;
	server { listen 127.0.0.1:$nginx; client_max_body_size 20m; location / { proxy_pass http://127.0.0.1:$server; } }
}
NGINX
cat > haproxy.cfg <<HAPROXY
defaults
	mode http
	timeout connect 5s
	timeout client 20s
	timeout server 20s
listen refuse
	bind 127.0.0.1:$haproxy
	server gunicorn 127.0.0.1:$server
HAPROXY
/usr/bin/python3 -m gunicorn refuse:app --bind "127.0.0.1:$server" --workers 3 2>gunicorn.log & pids+=($!)
root/usr/sbin/nginx -e "$folder/nginx-error.log" -c "$folder/nginx.conf" -g 'daemon off;' & pids+=($!)
root/usr/sbin/haproxy -f haproxy.cfg 2>haproxy.log & pids+=($!)
for port in $server $nginx $haproxy; do
	until curl -s -o answer "http://127.0.0.1:$port/"; do sleep 0.1; done
done

head -c 5000000 /dev/zero > upload
answers() { # answers PORT: the statuses of 20 uploads
	for _ in $(seq 20); do
		curl -s -o answer -w '%{http_code}\n' -H 'Expect:' -H 'Content-Type: image/jpeg' --data-binary @upload "http://127.0.0.1:$1/" || true
	done
}
for front in server nginx haproxy; do
	answers "${!front}" | sort | uniq -c | sed "s/^/$front: /" | tee "$front.txt"
done
grep -q ' 502$' nginx.txt || { echo 'CHANGED: nginx handed on every refusal'; exit 1; }
grep -q '104: Connection reset by peer' nginx-error.log || { echo 'CHANGED: nginx was not reset'; exit 1; }
echo 'As described: nginx turns a refusal into a 502'
