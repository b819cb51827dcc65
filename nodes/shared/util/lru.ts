/** A map of at most `max` entries, which drops the least recently used one. */
export class LruMap<Value> {
	private readonly entries = new Map<string, Value>();

	constructor(private readonly max: number) {}

	/** Returns the key's value, which counts as a use; undefined if the key is unknown. */
	get(key: string): Value | undefined {
		const value = this.entries.get(key);
		if (value !== undefined) this.set(key, value);
		return value;
	}

	set(key: string, value: Value): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.max) break;
			this.entries.delete(oldest);
		}
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}
