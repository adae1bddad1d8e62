// Requests over HTTP that no browser sends.

const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;

const post = (body: string, headers = `Content-Length: ${body.length}\r\n`) =>
	`POST /api/v1/setup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

export const requests: readonly string[] = [
	get('/../../../../etc/passwd'),
	get('/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd'),
	get('/..%2f..%2f..%2f..%2fetc%2fpasswd'),
	get('/assets/..%5c..%5c..%5cetc%5cpasswd'),
	get('/%00/etc/passwd'),
	get('/%'),
	get('//etc/passwd'),
	get('http://elsewhere/etc/passwd'),
	get('file:///etc/passwd'),
	get('*'),
	get('/sync/../../etc/passwd'),
	get(`/${'a/'.repeat(3_000)}`),
	get('/api/v1/spaces/%2e%2e%2f%2e%2e/members'),
	get('/api/v1/spaces/a%0d%0aSet-Cookie:%20x=1/members'),
	get('/', 'X-Split: a\r\n b\r\nSet-Cookie: x\r\n'),
	get('/', 'Host: y\r\nHost: z\r\n'),
	get('/', 'Content-Length: 5\r\nContent-Length: 6\r\n'),
	get('/', 'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n'),
	get('/', `X-Giant: ${'x'.repeat(100_000)}\r\n`),
	get('/', Array.from({ length: 200 }, (_, index) => `X-${index}: 1\r\n`).join('')),
	get('/', 'Authorization: Bearer \xff\xfe\r\n'),
	get('/', 'Range: bytes=0-,0-,0-,0-\r\n'),
	'BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n',
	'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
	'GET /\r\n\r\n',
	`${'\x16\x03\x01'.repeat(40)}\r\n\r\n`,
	post(deep(100_000)),
	post(`{"token":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`),
	post('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'),
	post('x'.repeat(5 * 1024 * 1024)),
	post('{', 'Transfer-Encoding: chunked\r\n'.concat('Connection: close\r\n')),
	post('zz\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked\r\n'),
	post('\xff\xfe\x00', 'Content-Length: 3\r\n')
];
