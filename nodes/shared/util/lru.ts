/** A map that holds at most `most` entries and drops the one that was used longest ago. */
export class LruMap<Value> {
	private readonly entries = new Map<string, Value>();

	constructor(private readonly most: number) {}

	/** The value of the key, which counts as a use; undefined where there is none. */
	get(key: string): Value | undefined {
		const value = this.entries.get(key);
		if (value !== undefined) this.set(key, value);
		return value;
	}

	set(key: string, value: Value): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.most) break;
			this.entries.delete(oldest);
		}
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}
