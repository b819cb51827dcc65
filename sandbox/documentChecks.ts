import { specOf, type DocumentType, type SandboxService } from './api/paths';
import { backgroundCheck } from './document/watchList';
import { documentBlock, portraitOf, type DocumentBlock } from './document/documentBlock';
import type { DocumentReader, Reading } from './document/reader';
import type { FaceEngine } from './face/engine';
import { judge } from './face/judge';
import type { SeenFace } from './face/sighting';
import type { Settings } from './options';
import { dataAnswer, faceErrors, type FinishedAnswer } from './tasks/answers';

/** Uploaded files by their fields. */
export type Files = Record<string, Buffer>;

type Issues = Record<string, Record<string, string>>;

/** One step's part of the answer. */
interface Part {
	data: Record<string, unknown>;
	issues: Issues;
}

// Progeny documents no code for an unreadable document; the second one is the sandbox's own.
const readingErrors = {
	FAILED_TO_READ_IMAGE: faceErrors.FAILED_TO_READ_IMAGE,
	DOCUMENT_NOT_FOUND: 'No machine-readable zone found',
};

/** The fields of the pages with the portrait and with the machine-readable zone. */
const pages: Record<DocumentType, { portrait: string; zone: string }> = {
	passport: { portrait: 'passport_image', zone: 'passport_image' },
	card: { portrait: 'front_id', zone: 'back_id' },
};

/** The document services, computed from the pictures. */
export class DocumentChecks {
	private portraits = 0;

	constructor(
		private readonly engine: FaceEngine,
		private readonly reader: DocumentReader,
		private readonly settings: Settings,
	) {}

	/** Returns the finished task: the document, and with a selfie among the files also whether it shows the holder, live. */
	async check(service: SandboxService, files: Files, extend: boolean): Promise<FinishedAnswer> {
		const { document: type, backgroundCheck: wantsBackground } = specOf(service);
		const { portrait, zone } = pages[type!];
		const [reading, face] = await Promise.all([
			this.reader.read(files[zone]!, type!),
			this.findPortrait(files[portrait]!),
		]);
		const document = this.documentPart(service, reading, face);
		const holder = files.selfie_image ? await this.holderPart(files.selfie_image, face) : none;
		const read = document.data.document as DocumentBlock | undefined;
		const issues = { ...document.issues, ...holder.issues };
		const hasIssues = Object.keys(issues).length > 0;
		const data = {
			...document.data,
			...holder.data,
			...(wantsBackground && read && { background_check: backgroundOf(read) }),
			...(hasIssues && { issues }),
			...(extend && {
				extend_data: { ocr_card: { provider: 'sandbox', portraitFound: face !== undefined } },
			}),
		};
		return dataAnswer(data, hasIssues ? 400 : 200);
	}

	private async findPortrait(picture: Buffer): Promise<SeenFace | undefined> {
		const { faces } = await this.engine.look(picture);
		return faces.find(({ confidence }) => confidence >= this.settings.thresholds.detection);
	}

	private documentPart(service: SandboxService, reading: Reading, face: SeenFace | undefined): Part {
		if ('error' in reading) {
			const { error } = reading;
			return { data: {}, issues: { document: { [error]: readingErrors[error] } } };
		}
		const portrait = face && portraitOf(service, String(++this.portraits).padStart(10, '0'));
		return { data: { document: documentBlock(reading.zone, new Date(), portrait) }, issues: {} };
	}

	/** Returns `compare` and `liveness`, as the plain booleans of Progeny's passport sample. */
	private async holderPart(selfie: Buffer, portrait: SeenFace | undefined): Promise<Part> {
		const sighting = await this.engine.look(selfie, portrait?.embedding);
		const judged = judge(sighting, this.settings);
		const notFound = { FACE_NOT_FOUND: faceErrors.FACE_NOT_FOUND };
		const issues: Issues = portrait ? {} : { compare: notFound };
		if ('code' in judged) {
			issues.liveness = { [judged.code]: faceErrors[judged.code] };
			return { data: { compare: false, liveness: false }, issues };
		}
		const { similarity = 0 } = sighting;
		const compare = portrait !== undefined && similarity >= this.settings.thresholds.match;
		return { data: { compare, liveness: judged.live }, issues };
	}
}

const none: Part = { data: {}, issues: {} };

function backgroundOf({ firstName, lastName, dateOfBirth }: DocumentBlock) {
	const padded = dateOfBirth.replace(/-(?=\d(?:-|$))/g, '-0');
	return backgroundCheck(`${firstName} ${lastName}`, padded);
}
