/**
 * The age in full years on a day, both yyyy-mm-dd; negative before the birth. Whoever was born on 29 February is a year older on
 * 1 March of a year without that day.
 */
export function ageOn(dateOfBirth: string, today: string): number {
	const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
	return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
