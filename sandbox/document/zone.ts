import type { Details, FieldName } from 'mrz';
import type { DocumentType } from '../api/paths';

/** The machine-readable zone of a document (ICAO 9303). */
export interface Zone {
	/** True if the zone has every check digit of its format and all are correct. */
	valid: boolean;
	/** Words are separated by spaces. Empty if unreadable. */
	lastName: string;
	firstName: string;
	documentNumber: string;
	/** Code of three letters, `UTO` for the specimens' Utopia. Empty if unreadable. */
	nationality: string;
	/** `F`, `M` or `X`; empty if unreadable. */
	sex: string;
	/** yymmdd, an unknown part as `<<`; undefined if not a date. */
	birth: string | undefined;
	expiry: string | undefined;
}

interface Format {
	lines: number;
	length: number;
	/** Start of its first line. */
	start: RegExp;
	checkDigits: FieldName[];
}

const shared: FieldName[] = [
	'documentNumberCheckDigit',
	'birthDateCheckDigit',
	'expirationDateCheckDigit',
	'compositeCheckDigit',
];
const formats: Record<DocumentType, Format> = {
	passport: { lines: 2, length: 44, start: /^P/, checkDigits: [...shared, 'personalNumberCheckDigit'] },
	card: { lines: 3, length: 30, start: /^[ACI]/, checkDigits: shared },
};

const sexes: Record<string, string> = { female: 'F', male: 'M', nonspecified: 'X' };

/** Finds a passport's TD3 zone, or a card's TD1 zone, in recognized text; undefined if there is none. */
export async function readZone(text: string, type: DocumentType): Promise<Zone | undefined> {
	const { lines: count, length, start, checkDigits } = formats[type];
	const all = text.split('\n').map((line) => line.replace(/\s/g, ''));
	const lines = all.filter((line) => line.length === length && /^[A-Z0-9<]+$/.test(line)).slice(-count);
	if (lines.length < count || !start.test(lines[0]!)) return undefined;
	// Loaded here: jest runs an ES module only if its configuration transforms it.
	const { parse } = await import('mrz');
	const { details, fields } = parse(lines, { autocorrect: true });
	const names = type === 'passport' ? lines[0]!.slice(5) : lines[2]!;
	const hasGivenNames = names.replace(/<+$/, '').includes('<<');
	const isCorrect = (digit: FieldName) => details.some(({ field, valid }) => field === digit && valid);
	return {
		// `valid` of mrz is false for unknown states, such as UTO.
		valid: checkDigits.every(isCorrect),
		lastName: fields.lastName ?? '',
		// mrz returns a name without a second part in both fields.
		firstName: hasGivenNames ? (fields.firstName ?? '') : '',
		documentNumber: fields.documentNumber ?? '',
		nationality: rawText(details, 'nationality'),
		sex: sexes[fields.sex ?? ''] ?? '',
		birth: fields.birthDate ?? undefined,
		expiry: fields.expirationDate ?? undefined,
	};
}

// For an unknown state, mrz returns no value, only the text of the range.
function rawText(details: Details[], field: FieldName): string {
	const range = details.find((detail) => detail.field === field)?.ranges[0] as { raw?: string } | undefined;
	return (range?.raw ?? '').replace(/<+$/, '');
}
