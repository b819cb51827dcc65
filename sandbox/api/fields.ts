import { readUuid } from '../uuid';
import { badFields } from './apiError';
import type { Form, UploadedFile } from './form';

// The default of Django's FileField.
const maxFilename = 100;

/** Reads the fields of a form one after the other; `done` throws one 400 with the messages of all invalid fields. */
export class Fields {
	private readonly errors: Record<string, string[]> = {};

	constructor(private readonly form: Form) {}

	/** Reads a required text that is not blank; trimmed. */
	text(name: string, maxLength = Infinity): string {
		const value = this.form.values.get(name);
		if (value === undefined) return this.wrong(name, 'This field is required.');
		if (value === null) return this.wrong(name, 'This field may not be null.');
		if (typeof value === 'number') return String(value);
		if (typeof value !== 'string') return this.wrong(name, 'Not a valid string.');
		const text = value.trim();
		if (text === '') return this.wrong(name, 'This field may not be blank.');
		if (text.includes('\0')) return this.wrong(name, 'Null characters are not allowed.');
		if (text.length <= maxLength) return text;
		return this.wrong(name, `Ensure this field has no more than ${maxLength} characters.`);
	}

	/** Reads a required UUID of any version; in lower case with dashes. */
	uuid(name: string): string {
		const value = this.form.values.get(name);
		if (value === undefined) return this.wrong(name, 'This field is required.');
		return readUuid(String(value)) ?? this.wrong(name, 'Must be a valid UUID.');
	}

	/** Reads a required, existing day as `yyyy-mm-dd`. */
	date(name: string): string {
		const value = this.form.values.get(name);
		if (value === undefined) return this.wrong(name, 'This field is required.');
		const text = String(value);
		if (!/^\d{4}-\d\d?-\d\d?$/.test(text)) {
			return this.wrong(name, 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.');
		}
		const padded = text.replace(/-(?=\d(?:-|$))/g, '-0');
		const day = new Date(`${padded}T00:00:00Z`);
		return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(padded)
			? padded
			: this.wrong(name, 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.');
	}

	/** Reads a boolean in any spelling that Django REST Framework accepts, as it was sent; undefined if absent. */
	boolean(name: string, { required }: { required: boolean }): string | undefined {
		const value = this.form.values.get(name);
		if (value === undefined) return required ? this.wrong(name, 'This field is required.') : undefined;
		const text = String(value);
		return /^(t|true|y|yes|on|1|f|false|n|no|off|0)$/i.test(text)
			? text
			: this.wrong(name, 'Must be a valid boolean.');
	}

	/** Reads a required file with a name and content. */
	file(name: string): UploadedFile {
		const file = this.form.files.get(name);
		const none = { bytes: Buffer.alloc(0), filename: '' };
		if (!file) {
			this.wrong(
				name,
				this.form.values.has(name)
					? 'The submitted data was not a file. Check the encoding type on the form.'
					: 'No file was submitted.',
			);
			return none;
		}
		if (file.filename === '') this.wrong(name, 'No filename could be determined.');
		else if (file.bytes.length === 0) this.wrong(name, 'The submitted file is empty.');
		else if (file.filename.length > maxFilename) {
			const { length } = file.filename;
			this.wrong(name, `Ensure this filename has at most ${maxFilename} characters (it has ${length}).`);
		}
		return file;
	}

	/** Throws a 400 if any field was invalid. */
	done(): void {
		if (Object.keys(this.errors).length > 0) throw badFields(this.errors);
	}

	private wrong(name: string, message: string): string {
		this.errors[name] = [message];
		return '';
	}
}
