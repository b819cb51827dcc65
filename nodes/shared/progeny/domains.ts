/**
 * True if a URL's host is in a credential's list of allowed domains, as n8n itself decides it (n8n-workflow 1.120 and 2.41,
 * isDomainAllowed): the host itself, or any name below `*.example.com`; case and a final dot do not count.
 */
export function isHostAllowed(url: string, allowedDomains: string): boolean {
	const normal = (name: string) => name.trim().toLowerCase().replace(/\.$/, '');
	const host = normal(new URL(url).hostname);
	return allowedDomains
		.split(',')
		.map(normal)
		.filter((domain) => domain !== '' && domain !== '*.')
		.some((domain) => (domain.startsWith('*.') ? host.endsWith(domain.slice(1)) : host === domain));
}
