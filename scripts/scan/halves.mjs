/**
 * The two halves of n8n's scanner, each called as its analyzePackageByName calls it for a published package; that one takes names in
 * the registry only. Inline comments that switch rules off do not count in it.
 */
import {
	analyzePackage,
	findPackageRoot,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { resolve, sep } from 'node:path';

/** What of a tarball is looked at; the scanner has it in place, not as an export. */
const PACKED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/**
 * Scans a package as n8n does before it verifies it.
 *
 * @param {{ name: string, source: string, packed: string }} folders the package's name, the folder of its repository and that of
 *   its unpacked tarball, both absolute
 * @returns {Promise<Array<{ half: string, findings: string }>>} what each half objects to, file by file; '' where it is nothing
 */
export async function scanPackage({ name, source, packed }) {
	const root = findPackageRoot(source, name);
	const sourceFindings =
		root !== null && resolve(root) === source
			? await findingsIn(source, SOURCE_FILE_PATTERNS)
			: `n8n would take ${root ?? 'nothing'} for the package's folder in the repository.`;
	return [
		{ half: 'Source', findings: sourceFindings },
		{ half: 'Packed tarball', findings: await findingsIn(packed, PACKED_FILE_PATTERNS) },
	];
}

/** A folder without a single file passes n8n's scanner, with a message; here it does not. */
async function findingsIn(folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	if (passed && message === undefined) return '';
	return (details ?? message).replaceAll(folder + sep, '').trim();
}
