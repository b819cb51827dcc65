/** The stack's servers on 127.0.0.1. */
export const PORTS = [
	'gunicorn',
	// nginx with all defaults: 1 MB at most.
	'nginx',
	// nginx for large photos; nothing listens behind `/gone`.
	'nginxLarge',
	// They wait a second for an answer.
	'nginxHasty',
	'haproxyHasty',
	// nginx that lets 10 requests a second through.
	'limited',
	'haproxy',
] as const;

/** Their ports. */
export type Ports = Record<(typeof PORTS)[number], number>;

/** nginx's configuration. */
export const NGINX = (state: string, ports: Ports): string => `
pid ${state}/nginx.pid;
error_log ${state}/nginx-error.log;
worker_processes 1;
events { worker_connections 256; }
http {
	access_log ${state}/nginx-access.log;
	${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${state}/nginx/${kind};`).join('\n\t')}
	limit_req_zone $binary_remote_addr zone=some:1m rate=10r/s;
	proxy_set_header Host $host;
	upstream django { server 127.0.0.1:${ports.gunicorn}; }
	server { listen 127.0.0.1:${ports.nginx}; location / { proxy_pass http://django; } }
	server {
		listen 127.0.0.1:${ports.nginxLarge};
		client_max_body_size 20m;
		location / { proxy_pass http://django; }
		location /gone/ { proxy_pass http://127.0.0.1:1/; }
	}
	server {
		listen 127.0.0.1:${ports.nginxHasty};
		location / { proxy_pass http://django; proxy_read_timeout 1s; }
	}
	server {
		listen 127.0.0.1:${ports.limited};
		location / { limit_req zone=some burst=3 nodelay; proxy_pass http://django; }
	}
}
`;

/** HAProxy's configuration. */
export const HAPROXY = (ports: Ports): string => `
defaults
	mode http
	timeout connect 2s
	timeout client 60s
	timeout server 60s
listen django
	bind 127.0.0.1:${ports.haproxy}
	server django 127.0.0.1:${ports.gunicorn}
listen hasty
	bind 127.0.0.1:${ports.haproxyHasty}
	timeout server 1s
	server django 127.0.0.1:${ports.gunicorn}
`;
