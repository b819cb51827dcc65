import { withRelease } from './changelog';

/** The files that a release rewrites, all of the root folder. */
export const FILES = ['package.json', 'package-lock.json', 'CHANGELOG.md', 'README.md'] as const;

/** What stands in each of them. */
export type Texts = Record<(typeof FILES)[number], string>;

interface Manifest {
	name: string;
	version: string;
}

interface Lock extends Manifest {
	packages: { '': Manifest };
}

const json = (content: unknown) => `${JSON.stringify(content, null, '\t')}\n`;

/**
 * The files as they are after a release: the version in package.json, its lock file and the tarball names of the README; the
 * changelog dated.
 * @throws Refusal for a changelog that cannot be dated
 */
export function released(texts: Texts, version: string, date: string): Texts {
	const manifest = JSON.parse(texts['package.json']) as Manifest;
	const lock = JSON.parse(texts['package-lock.json']) as Lock;
	const tarball = (of: string) => `${manifest.name}-${of}.tgz`;
	return {
		'package.json': json({ ...manifest, version }),
		'package-lock.json': json({
			...lock,
			version,
			packages: { ...lock.packages, '': { ...lock.packages[''], version } },
		}),
		'CHANGELOG.md': withRelease(texts['CHANGELOG.md'], version, date),
		'README.md': texts['README.md'].replaceAll(tarball(manifest.version), tarball(version)),
	};
}
