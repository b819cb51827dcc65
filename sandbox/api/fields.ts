import { readUuid } from '../uuid';
import { badFields } from './apiError';
import type { Form, UploadedFile } from './form';

// The default of Django's FileField.
const maxFilename = 100;

/** Reads the fields of a form one after the other; `done` throws one 400 with the messages of all that are wrong. */
export class Fields {
	private readonly errors: Record<string, string[]> = {};

	constructor(private readonly form: Form) {}

	/** A text that must be there and not blank, without the blanks around it. */
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

	/** A UUID of any version that must be there; given back in lower case with dashes. */
	uuid(name: string): string {
		const value = this.form.values.get(name);
		if (value === undefined) return this.wrong(name, 'This field is required.');
		return readUuid(String(value)) ?? this.wrong(name, 'Must be a valid UUID.');
	}

	/** A day as `yyyy-mm-dd` that must be there and exist. */
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

	/** A boolean in any of the spellings that Django REST Framework takes, as it was sent; undefined where it was not. */
	boolean(name: string, { required }: { required: boolean }): string | undefined {
		const value = this.form.values.get(name);
		if (value === undefined) return required ? this.wrong(name, 'This field is required.') : undefined;
		const text = String(value);
		return /^(t|true|y|yes|on|1|f|false|n|no|off|0)$/i.test(text)
			? text
			: this.wrong(name, 'Must be a valid boolean.');
	}

	/** A file that must be there, named and not empty. */
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

	/** Throws a 400 where any field was wrong. */
	done(): void {
		if (Object.keys(this.errors).length > 0) throw badFields(this.errors);
	}

	private wrong(name: string, message: string): string {
		this.errors[name] = [message];
		return '';
	}
}
