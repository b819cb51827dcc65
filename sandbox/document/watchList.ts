/**
 * The background check: a name and a date of birth against a list of invented persons. Progeny documents only the answer without
 * a hit; hits have the shape of ComplyAdvantage's, whose words the documented answer uses.
 */

type RiskLevel = 'unknown' | 'low' | 'medium' | 'high';

interface Listed {
	name: string;
	/** yyyy-mm-dd. */
	birthDate: string;
	/** The reason for the listing. */
	types: string[];
	risk: RiskLevel;
}

/** Invented persons, with names for "no one" and "anonymous". */
export const watchList: readonly Listed[] = [
	{ name: 'VERA NEMO', birthDate: '1969-07-03', types: ['sanction'], risk: 'high' },
	{ name: 'ULISES NADIE', birthDate: '1958-11-23', types: ['pep-class-1'], risk: 'medium' },
	{ name: 'ANONYMA NIEMAND', birthDate: '1983-02-28', types: ['adverse-media'], risk: 'low' },
];

const risks: RiskLevel[] = ['unknown', 'low', 'medium', 'high'];

/** `background_check` of a finished task. */
export interface BackgroundCheckBlock {
	potential_match: boolean;
	risk_level: RiskLevel;
	total_matches: number;
	hits: object[];
}

/**
 * Finds listed persons with this name: the same words in any order and case. With another date of birth it is still a hit, with the risk
 * level `low`. `birthDate` is `yyyy-mm-dd`, undefined if unknown.
 */
export function backgroundCheck(fullName: string, birthDate: string | undefined): BackgroundCheckBlock {
	const named = watchList.filter(({ name }) => nameWords(name) === nameWords(fullName));
	const hits = named.map((listed) => {
		const isBirthday = listed.birthDate === birthDate;
		return { risk: isBirthday ? listed.risk : 'low', hit: hitOf(listed, isBirthday) };
	});
	return {
		potential_match: hits.length > 0,
		risk_level: risks[Math.max(0, ...hits.map(({ risk }) => risks.indexOf(risk)))]!,
		total_matches: hits.length,
		hits: hits.map(({ hit }) => hit),
	};
}

function nameWords(name: string): string {
	return (name.toUpperCase().match(/\p{L}+/gu) ?? []).sort().join(' ');
}

function hitOf({ name, birthDate, types }: Listed, isBirthday: boolean) {
	return {
		doc: {
			name,
			types,
			sources: ['progeny-sandbox-list'],
			fields: [{ name: 'Date of Birth', source: 'progeny-sandbox-list', value: birthDate }],
			aka: [],
		},
		match_types: ['name_exact', ...(isBirthday ? ['year_of_birth'] : [])],
		score: isBirthday ? 1.7 : 0.9,
	};
}
