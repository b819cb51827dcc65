import { Refusal } from './refusal';

/**
 * A changelog in the form of Keep a Changelog 1.1.0, as text, of which only the lines that a release concerns are touched: a parser
 * that writes the whole file anew would also change how it is laid out.
 */
const UNRELEASED = /^## \[Unreleased\][ \t]*$/im;
const SECTION_END = /^(## |\[[^\]]+\]: )/m;
const COMPARE = /^\[Unreleased\]: (\S+\/compare\/)(\S+)\.\.\.HEAD[ \t]*$/im;

const headingOf = (version: string) =>
	new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\](?: - (\\S+))?[ \\t]*$`, 'm');

/** The text below a heading, up to the next section or the links at the end. */
function sectionBelow(changelog: string, heading: RegExp): string | undefined {
	const found = heading.exec(changelog);
	if (found === null) return undefined;
	const rest = changelog.slice(found.index + found[0].length);
	const end = SECTION_END.exec(rest);
	return (end === null ? rest : rest.slice(0, end.index)).trim();
}

/**
 * The notes of what is not released yet.
 * @throws Refusal where there is no such section, or nothing but headings in it
 */
export function unreleasedNotes(changelog: string): string {
	const notes = sectionBelow(changelog, UNRELEASED);
	if (notes === undefined) throw new Refusal('CHANGELOG.md has no section "## [Unreleased]".');
	const hasText = notes.split('\n').some((line) => line.trim() !== '' && !line.startsWith('#'));
	if (!hasText)
		throw new Refusal('Nothing is written under "## [Unreleased]" in CHANGELOG.md: say there what is new.');
	return notes;
}

/**
 * Makes what is unreleased the section of a version, below a fresh, empty Unreleased; where there is a link that compares with the
 * newest code, it is moved on and the version gets its own.
 * @param date year, month and day, as 2026-01-31
 * @throws Refusal where nothing is unreleased, or the version has a section already
 */
export function withRelease(changelog: string, version: string, date: string): string {
	unreleasedNotes(changelog);
	if (headingOf(version).test(changelog))
		throw new Refusal(`CHANGELOG.md has a section for ${version} already.`);
	return changelog
		.replace(UNRELEASED, `## [Unreleased]\n\n## [${version}] - ${date}`)
		.replace(
			COMPARE,
			(_, compare: string, previous: string) =>
				`[Unreleased]: ${compare}v${version}...HEAD\n[${version}]: ${compare}${previous}...v${version}`,
		);
}

/** The date of a version's section; undefined where it has none, or no section. */
export function releaseDate(changelog: string, version: string): string | undefined {
	const date = headingOf(version).exec(changelog)?.[1];
	return date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined;
}
