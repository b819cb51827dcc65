/**
 * The two halves of n8n's scanner, called as its analyzePackageByName does for a published package; that one accepts only names in the
 * registry. The scanner ignores inline comments that switch rules off.
 */
import {
	analyzePackage,
	findPackageRoot,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { resolve, sep } from 'node:path';

/** The scanned files of a tarball; the scanner does not export them. */
const PACKED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/**
 * Scans a package as n8n does before it verifies it.
 *
 * @param {{ name: string, source: string, packed: string }} folders the package's name, the folder of its repository and that of
 *   its unpacked tarball, both absolute
 * @returns {Promise<Array<{ half: string, findings: string }>>} each half's objections, file by file; '' if none
 */
export async function scanPackage({ name, source, packed }) {
	const root = findPackageRoot(source, name);
	const sourceFindings =
		root !== null && resolve(root) === source
			? await findingsIn(source, SOURCE_FILE_PATTERNS)
			: `n8n would use ${root ?? 'nothing'} as the package's folder in the repository.`;
	return [
		{ half: 'Source', findings: sourceFindings },
		{ half: 'Packed tarball', findings: await findingsIn(packed, PACKED_FILE_PATTERNS) },
	];
}

/** Fails for a folder without files, which n8n's scanner passes with a message. */
async function findingsIn(folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	if (passed && message === undefined) return '';
	return (details ?? message).replaceAll(folder + sep, '').trim();
}
